"""Stacked bars: parts with their mark and number on them, and the sum at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import altair as alt
import pandas as pd

from ctai.figures import signs, style
from ctai.i18n import translate
from ctai.i18n.numbers import number

BAR_PX: Final = 34
DRAWN: Final = ["row", "key", "start", "end", "label", "ink", "row_label", "told", "n"]
"""All that travels to the browser."""


@dataclass(frozen=True)
class Kind:
    """A kind of part: its code, its words in the key, the mark before its number, its paint."""

    code: str
    label: str
    mark: str
    paint: signs.Paint


def stack(
    counts: Mapping[tuple[str, str], int],
    rows: style.Labels,
    kinds: Sequence[Kind],
    lang: str,
    count_title: str,
    *,
    dark: bool,
) -> style.Figure:
    """Draw a bar per row, of parts in the order of their kinds; counts are by row and kind."""
    parts = _parts(counts, rows, kinds, lang)
    if parts.empty:
        return style.empty(lang, dark=dark)
    room = [0, int(parts["end"].max()) * 1.08]  # for the sums
    scale = alt.Scale(domain=room, nice=False, reverse=style.is_rtl(lang))
    x = alt.X("start:Q", axis=None, scale=scale)
    y = style.rows_of(rows, "row", lang, 0.3)
    base = alt.Chart(parts).encode(y=y, tooltip=_tooltips(lang, count_title))
    chart = style.layers(
        base.mark_bar().encode(x=x, x2="end:Q", fill=_fill(parts, kinds, lang)),
        _part_labels(base),
        _sums(parts, x, y, lang, dark),
    )
    return style.dressed(chart, lang, len(rows) * BAR_PX, dark=dark)


def _fill(parts: pd.DataFrame, kinds: Sequence[Kind], lang: str) -> alt.Fill:
    present = {kind.code: kind.label for kind in kinds if kind.code in set(parts["key"])}
    scale = alt.Scale(
        domain=[kind.code for kind in kinds], range=[kind.paint.fill for kind in kinds]
    )
    return alt.Fill("key:N", scale=scale, legend=style.legend(present, lang))


def _parts(
    counts: Mapping[tuple[str, str], int], rows: style.Labels, kinds: Sequence[Kind], lang: str
) -> pd.DataFrame:
    parts = []
    for row, words in rows:
        start = 0
        for kind in kinds:
            if n := counts.get((row, kind.code), 0):
                text = number(lang, n)
                told = (f"{kind.mark} {text}", kind.paint.text, words, kind.label, text)
                parts.append((row, kind.code, start, start + n, *told))
                start += n
    return pd.DataFrame(parts, columns=DRAWN)


def _part_labels(base: alt.Chart) -> alt.Chart:
    """The mark and number in the middle of each part that has room for them."""
    middle = "(scale('x', datum.start) + scale('x', datum.end)) / 2"
    room = "abs(scale('x', datum.end) - scale('x', datum.start)) > 6.5 * length(datum.label)"
    written: alt.Chart = base.mark_text(
        aria=False,
        fontSize=12,
        x=alt.ExprRef(middle),
        opacity=alt.ExprRef(f"{room} ? 1 : 0"),
    ).encode(text="label:N", color=alt.Color("ink:N", scale=None, legend=None))
    return written


def _sums(parts: pd.DataFrame, x: alt.X, y: alt.Y, lang: str, dark: bool) -> alt.Chart:
    sums = parts.groupby("row", as_index=False, sort=False)["end"].max()
    sums["label"] = [number(lang, int(n)) for n in sums["end"]]
    return ends(alt.Chart(sums).encode(y=y), x, lang, dark, weight="bold")


def ends(
    base: alt.Chart, x: alt.X, lang: str, dark: bool, weight: Literal["normal", "bold"] = "normal"
) -> alt.Chart:
    """The number at the end of a bar."""
    rtl = style.is_rtl(lang)
    ends: alt.Chart = (
        base.transform_calculate(start="datum.end")
        .mark_text(
            align="right" if rtl else "left",
            dx=-5 if rtl else 5,
            fontSize=12,
            fontWeight=weight,
            color=signs.ink(dark=dark),
        )
        .encode(x=x, text="label:N")
    )
    return ends


def _tooltips(lang: str, count_title: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("row_label:N", title=translate(lang, "Row")),
        alt.Tooltip("told:N", title=translate(lang, "Part")),
        alt.Tooltip("n:N", title=count_title),
    ]
