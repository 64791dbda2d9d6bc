"""Style: what every chart has in common, in both directions of writing and on every width."""

import json
import math
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from ctai.domain.activities import Status
from ctai.domain.strategy import Pillar, by_code
from ctai.figures import signs
from ctai.i18n import direction, translate
from ctai.i18n.names import pillar_name, term

Figure = alt.Chart | alt.LayerChart
Side = Literal["left", "right"]
Labels = Sequence[tuple[str, str]]
"""Codes with the words that stand for them, in the order in which they are drawn."""

ROW_PX: Final = 28
WIDEST_LABEL_PX: Final = 260
NARROW_LABEL_PX: Final = 118
NARROW_LETTERS: Final = 21
NARROW_PX: Final = 560
KEY_PX: Final = 205  # the least room for the words of a key
LETTER_PX: Final = 5.7  # an average letter at 12 px
PILLAR_ROW: Final = "pillar:"
_IN_BOLD = f"indexof(datum.value, {PILLAR_ROW!r}) === 0"


def layers(*charts: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """The charts over each other, the first at the bottom."""
    return alt.LayerChart(layer=list(charts))


def is_rtl(lang: str) -> bool:
    """Whether the language is written from right to left."""
    return direction(lang) == "rtl"


def dressed(chart: Figure, lang: str, height_px: int, *, dark: bool) -> Figure:
    """The chart in the house's style: as wide as its place, on the page's own ground.

    Right to left it is drawn on a canvas: in SVG the page's direction would turn every
    text-anchor round and write the labels over the marks.
    """
    if is_rtl(lang):
        chart = chart.properties(usermeta={"embedOptions": {"renderer": "canvas"}})
    framed: Figure = chart.properties(
        width="container",
        height=height_px,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    ).configure(
        background="transparent",
        padding=4,
        view=alt.ViewConfig(stroke=None),
        # Streamlit's own label grey has a contrast of 3.7 only.
        legend=alt.LegendConfig(
            labelColor=signs.ink(dark=dark),
            layout=alt.ExprRef(f"{{top: {{anchor: '{'end' if is_rtl(lang) else 'start'}'}}}}"),
        ),
        axis=alt.AxisConfig(
            labelColor=signs.ink(dark=dark),
            domain=False,
            ticks=False,
            grid=False,
            labelOverlap=False,
        ),
    )
    return framed


def empty(lang: str, *, dark: bool, select: alt.Parameter | None = None) -> Figure:
    """A sentence in place of a chart without data; it keeps the selection that the page names."""
    words = pd.DataFrame({"words": [translate(lang, "There is nothing to draw for this choice.")]})
    chart = (
        alt.Chart(words)
        .mark_text(fontSize=13, color=signs.quiet(dark=dark))
        .encode(text=alt.Text("words:N"), tooltip=alt.value(None))
    )
    return dressed(chart if select is None else chart.add_params(select), lang, 60, dark=dark)


def one_of(name: str, fields: Sequence[str]) -> alt.Parameter:
    """A selection of one mark by a click, told by these fields; a click elsewhere clears it."""
    return alt.selection_point(
        name=name, fields=list(fields), on="click", toggle=False, empty=False
    )


def row_axis(labels: Labels, lang: str) -> alt.Axis:
    """The axis of rows: words begin on one line, on the side where reading begins.

    Long words take two lines; what still is too long is cut, and whole in the tooltips. Pillars'
    own rows are set bold.
    """
    side: Side = "right" if is_rtl(lang) else "left"
    longest = max((len(words) for _, words in labels), default=0)
    room = min(WIDEST_LABEL_PX, math.ceil(longest * LETTER_PX) + 8)
    narrow = f"containerSize()[0] < {NARROW_PX}"
    limit = alt.ExprRef(f"{narrow} ? {min(room, NARROW_LABEL_PX)} : {room}")
    wide_lines = {code: two_lines(words, int(room / LETTER_PX), lang) for code, words in labels}
    narrow_lines = {code: two_lines(words, NARROW_LETTERS, lang) for code, words in labels}
    lines = f"({narrow} ? {lookup(narrow_lines)} : {lookup(wide_lines)})[datum.value]"
    return alt.Axis(
        title=None,
        orient=side,
        labelExpr=lines,
        labelAlign=side,
        labelBaseline="middle",
        labelOffset=alt.ExprRef(f"length({lines}) > 1 ? ({narrow} ? -5.5 : -6) : 0"),
        labelPadding=limit,
        labelLimit=limit,
        labelFontSize=alt.ExprRef(f"{narrow} ? 10 : 12"),
        labelLineHeight=alt.ExprRef(f"{narrow} ? 11 : 12"),
        labelOverlap=False,
        labelFontWeight={"condition": {"test": _IN_BOLD, "value": "bold"}, "value": "normal"},
    )


def two_lines(words: str, letters: int, lang: str) -> list[str]:
    """The words in at most two lines of so many letters, cut with an ellipsis.

    On a page that runs from right to left, a line without a letter that does keeps its own
    direction (Unicode Standard Annex 9, first strong isolate): titles may be in any language.
    """
    lines = textwrap.wrap(words, letters, max_lines=2, placeholder="…") or [""]
    if not is_rtl(lang):
        return lines
    return [line if _runs_left(line) else f"\u2068{line}\u2069" for line in lines]


def _runs_left(line: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in line)


def column_axis(
    labels: Labels, room: str = "bandwidth('x')", codes: Labels | None = None, **options: Any
) -> alt.Axis:
    """The axis of columns, on top: words on one line, in short lines, or the code alone.

    `room` is the Vega expression of a column's width. `codes` gives what stands for a value where
    a column is narrow, by default the value itself.
    """
    whole = dict(labels)
    lines = {code: textwrap.wrap(words, 14) or [words] for code, words in labels}
    tall = max((len(parts) for parts in lines.values()), default=1)
    # Vega hangs all lines from the first: shorter labels need empty ones to stand at the bottom.
    level = {code: [" "] * (tall - len(parts)) + parts for code, parts in lines.items()}
    one_line = max((len(words) for words in whole.values()), default=0) * LETTER_PX + 10
    wrapped = max((len(part) for parts in lines.values() for part in parts), default=0)
    fits, folds = f"{room} >= {one_line:.0f}", f"{room} >= {wrapped * LETTER_PX + 6:.0f}"
    short = lookup(dict(codes or [(code, code) for code, _ in labels]))
    return alt.Axis(
        title=None,
        orient="top",
        labelAngle=0,
        labelExpr=f"({fits} ? {lookup(whole)} : {folds} ? {lookup(level)} : {short})[datum.value]",
        labelPadding=alt.ExprRef(f"{fits} || !({folds}) ? 6 : {6 + 13 * (tall - 1)}"),
        labelLineHeight=13,
        labelFontSize=alt.ExprRef(f"{room} < 32 ? 10 : 12"),
        labelLimit=WIDEST_LABEL_PX,
        labelFlush=False,
        labelOverlap=False,
        **options,
    )


def legend(labels: Mapping[str, str], lang: str, columns: int = 3) -> alt.Legend:
    """The key above a chart, from the side where reading begins; a column in a narrow place."""
    narrow = f"containerSize()[0] < {NARROW_PX}"
    codes = list(labels)
    mirrored = [
        code for row in range(0, len(codes), columns) for code in codes[row : row + columns][::-1]
    ]
    rtl = is_rtl(lang)
    return alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        columns=alt.ExprRef(f"{narrow} ? 1 : {columns}"),
        values=alt.ExprRef(f"{narrow} ? {json.dumps(codes)} : {json.dumps(mirrored)}")
        if rtl
        else codes,
        labelExpr=f"{lookup(labels)}[datum.value]",
        labelAlign="right" if rtl else "left",
        labelOffset=alt.ExprRef("-20") if rtl else 6,  # the schema, not Vega, forbids less than 0
        labelLimit=alt.ExprRef(f"{narrow} ? max({KEY_PX}, containerSize()[0] - 150) : 300"),
        labelFontSize=alt.ExprRef(f"{narrow} ? 11 : 12"),
        columnPadding=18,
        rowPadding=4,
        padding=0,
        offset=10,
        symbolType="square",
        symbolSize=130,
        symbolStrokeWidth=1.5,
    )


def grid(
    rows: Labels, columns: Labels, row_field: str, column_field: str, lang: str
) -> tuple[alt.X, alt.Y]:
    """The two axes of a table of cells: the first column stands where reading begins."""
    x = alt.X(
        f"{column_field}:N",
        axis=column_axis(columns),
        scale=alt.Scale(
            domain=[code for code, _ in columns],
            reverse=is_rtl(lang),
            paddingInner=0.03,
            paddingOuter=0,
        ),
    )
    return x, rows_of(rows, row_field, lang, 0.08)


def rows_of(rows: Labels, field: str, lang: str, gap: float) -> alt.Y:
    """The axis of rows, with this share of each row left free."""
    scale = alt.Scale(domain=[code for code, _ in rows], paddingInner=gap, paddingOuter=gap / 2)
    return alt.Y(f"{field}:N", scale=scale, axis=row_axis(rows, lang))


def targets(
    base: alt.Chart, select: alt.Parameter, tooltips: list[alt.Tooltip], *, dark: bool
) -> alt.Chart:
    """What a pointer meets: one clear rectangle per cell, over all that is drawn in it."""
    clear = base.mark_rect(fill="transparent", cursor="pointer", strokeWidth=2.5)
    met: alt.Chart = clear.add_params(select).encode(
        stroke=alt.condition(select, alt.value(signs.ink(dark=dark)), alt.value("transparent")),
        tooltip=tooltips,
    )
    return met


def under_pillars(rows: Labels, lang: str) -> list[tuple[str, str]]:
    """The rows with a row for each pillar before its measures; other rows stay as they are."""
    found: list[tuple[str, str]] = []
    last: Pillar | None = None
    for code, words in rows:
        pillar = by_code()[code].pillar if code in by_code() else None
        if pillar is not None and pillar is not last:
            found.append((f"{PILLAR_ROW}{pillar}", pillar_label(lang, pillar)))
        last = pillar
        found.append((code, words))
    return found


def pillar_label(lang: str, pillar: str) -> str:
    """A pillar's numeral and short name."""
    return f"{pillar} · {pillar_name(lang, pillar)}"


def status_label(lang: str, status: str) -> str:
    """A status in the mapping's own words."""
    if status == Status.UNKNOWN:
        return translate(lang, "Status not known")
    return term(lang, f"status.{status}")


def lookup(words: Mapping[str, Any]) -> str:
    """An object of a Vega expression; escaped to ASCII, so that no word can end its quotes."""
    return json.dumps(dict(words))


def first_of(selection: Mapping[str, object], name: str) -> Mapping[str, object]:
    """The one mark that Streamlit reports as selected; nothing where there is none.

    The browser sends it: any other shape counts as nothing.
    """
    picked = selection.get(name)
    if not isinstance(picked, Sequence) or isinstance(picked, str) or not picked:
        return {}
    first = picked[0]
    return first if isinstance(first, Mapping) else {}


def texts(frame: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Only these columns, so that nothing else travels to the browser."""
    return frame.loc[:, list(columns)].reset_index(drop=True)
