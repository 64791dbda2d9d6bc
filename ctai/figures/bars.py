"""Bars: open needs by age, states by pillar, and statuses by pillar, with their numbers on them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from ctai.domain.activities import Status
from ctai.domain.gaps import CellState
from ctai.domain.strategy import Pillar, by_code
from ctai.figures import signs, style
from ctai.i18n import translate
from ctai.i18n.names import term
from ctai.i18n.numbers import number

BAR_PX: Final = 34
STACK_DRAWN: Final = ["row", "key", "start", "end", "label", "ink", "row_label", "told", "n"]
STATUS_DRAWN: Final = ["row", "start", "end", "label", "status_label", "pillar_label"]
"""All that travels to the browser."""

_BAR_SHARE = 0.66  # of a column; the rest is room for the number


def needs_by_age(frame: pd.DataFrame, lang: str, *, dark: bool = False) -> style.Figure:
    """Draw open needs by the age of their evidence, stacked by pillar.

    `frame` has age_class, age_label, pillar and needs, one row per class and pillar, classes in
    the order in which they are to stand.
    """
    rows = _classes(frame)
    counts = {(str(r["age_class"]), str(r["pillar"])): int(r["needs"]) for r in _records(frame)}
    paints = {str(pillar): paint for pillar, paint in signs.PILLARS.items()}
    labels = {code: style.pillar_label(lang, code) for code in paints}
    marks = {code: f"{code} ·" for code in paints}
    return _stack(counts, rows, paints, labels, marks, lang, translate(lang, "Open needs"), dark)


def needs_by_age_summary(frame: pd.DataFrame, lang: str) -> str:
    """Say how many needs are open, and how old most of them are."""
    total = int(frame["needs"].sum())
    if not total:
        return translate(lang, "Open needs by age: none is recorded for this choice.")
    by_class = frame.groupby("age_label", sort=False)["needs"].sum()
    return translate(
        lang,
        "{n} open needs by the age of their evidence; the largest group is “{label}”, with {most}.",
        n=number(lang, total),
        label=str(by_class.idxmax()),
        most=number(lang, int(by_class.max())),
    )


def states_by_pillar(
    gaps: pd.DataFrame, lang: str, *, countries: int | None = None, dark: bool = False
) -> style.Figure:
    """Draw how many cells of each pillar have which state.

    `gaps` is what `domain.gaps.gaps` gives by measure or by pillar. Cells of which nothing is
    known have no row there: they are counted for so many countries, by default those in `gaps`.
    """
    counts = state_counts(gaps, countries)
    rows = [(str(p), style.pillar_label(lang, p)) for p in Pillar] if counts else []
    paints = {str(state): sign.paint(dark=dark) for state, sign in signs.STATES.items()}
    labels = {
        str(state): f"{sign.symbol} {translate(lang, sign.label)}"
        for state, sign in signs.STATES.items()
    }
    marks = {str(state): sign.symbol for state, sign in signs.STATES.items()}
    return _stack(counts, rows, paints, labels, marks, lang, translate(lang, "Cells"), dark)


def states_summary(gaps: pd.DataFrame, lang: str, *, countries: int | None = None) -> str:
    """Say how many cells have a need that nothing answers, and in which pillar most are."""
    counts = state_counts(gaps, countries)
    nothing = {p: counts.get((p, CellState.NOTHING_YET), 0) for p in Pillar}
    if not counts:
        return translate(lang, "States by pillar: nothing is recorded for this choice.")
    worst = max(nothing, key=lambda pillar: nothing[pillar])
    return translate(
        lang,
        "Of {all} cells, {nothing} have a need and nothing yet, {most} of them in pillar {pillar}; "
        "{unknown} are not assessed.",
        all=number(lang, sum(counts.values())),
        nothing=number(lang, sum(nothing.values())),
        most=number(lang, nothing[worst]),
        pillar=str(worst),
        unknown=number(lang, sum(counts.get((p, CellState.NOT_ASSESSED), 0) for p in Pillar)),
    )


def state_counts(gaps: pd.DataFrame, countries: int | None = None) -> dict[tuple[str, str], int]:
    """Count cells by pillar and state, those of which nothing is known included.

    Raises ValueError for groups that span pillars, such as themes.
    """
    groups = [str(group) for group in gaps["group"]]
    pillars = [_pillar_of(group) for group in groups]
    counts = dict(Counter(zip(pillars, gaps["state"].astype(str), strict=True)))
    by_measure = any(group in by_code() for group in groups)
    width = int(gaps["iso3"].nunique()) if countries is None else countries
    for pillar in Pillar:
        size = sum(m.national and m.pillar is pillar for m in by_code().values())
        cells = width * (size if by_measure else 1)
        missing = cells - pillars.count(str(pillar))
        if missing > 0:
            unknown = (str(pillar), str(CellState.NOT_ASSESSED))
            counts[unknown] = counts.get(unknown, 0) + missing
    return counts


def statuses(counts: pd.DataFrame, lang: str, *, dark: bool = False) -> style.Figure:
    """Draw undertakings by status (rows) and pillar (columns) as a table of bars.

    `counts` has status, pillar and undertakings (`queries.partners.mapping`).
    """
    if counts.empty:
        return style.empty(lang, dark=dark)
    present = [status for status in signs.STATUSES if status in set(counts["status"])]
    rows = [(str(status), _status(status, lang)) for status in present]
    cells = _status_cells(counts, present, lang)
    places = [(str(place), pillar) for place, pillar in enumerate(Pillar)]
    x = alt.X(
        "start:Q",
        scale=alt.Scale(domain=[0, len(Pillar)], nice=False, reverse=style.is_rtl(lang)),
        axis=style.column_axis(
            [(place, style.pillar_label(lang, pillar)) for place, pillar in places],
            f"(width / {len(Pillar)})",
            [(place, str(pillar)) for place, pillar in places],
            values=list(range(len(Pillar))),
            labelAlign="right" if style.is_rtl(lang) else "left",
        ),
    )
    y = alt.Y(
        "row:N",
        scale=alt.Scale(domain=present, paddingInner=0.45, paddingOuter=0.2),
        axis=style.row_axis(rows, lang),
    )
    base = alt.Chart(cells).encode(y=y, tooltip=_status_tooltips(lang))
    chart = style.layers(_status_bars(base, x, present, dark), _ends(base, x, lang, dark))
    return style.dressed(chart, lang, len(rows) * BAR_PX)


def statuses_summary(counts: pd.DataFrame, lang: str) -> str:
    """Say how many undertakings have which status."""
    if counts.empty:
        return translate(lang, "Undertakings by status: none is recorded for this choice.")
    by_status = counts.groupby("status")["undertakings"].sum()
    return translate(
        lang,
        "{n} undertakings by status and pillar: {completed} completed, {ongoing} ongoing, "
        "{planned} planned, {requested} requested.",
        n=number(lang, int(by_status.sum())),
        **{
            str(status): number(lang, int(by_status.get(status, 0)))
            for status in (Status.COMPLETED, Status.ONGOING, Status.PLANNED, Status.REQUESTED)
        },
    )


def _records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _classes(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list({str(r["age_class"]): str(r["age_label"]) for r in _records(frame)}.items())


def _pillar_of(group: str) -> str:
    if group in by_code():
        return str(by_code()[group].pillar)
    if group in set(Pillar):
        return group
    raise ValueError(f"{group} is not in one pillar: give gaps by measure or by pillar")


def _stack(
    counts: Mapping[tuple[str, str], int],
    rows: style.Labels,
    paints: Mapping[str, signs.Paint],
    labels: Mapping[str, str],
    marks: Mapping[str, str],
    lang: str,
    count_title: str,
    dark: bool,
) -> style.Figure:
    """Stacked bars with each part's mark and number on it, and the sum at the end."""
    parts = _parts(counts, rows, paints, labels, marks, lang)
    if parts.empty:
        return style.empty(lang, dark=dark)
    largest = int(parts["end"].max())
    x = alt.X(
        "start:Q",
        axis=None,
        scale=alt.Scale(domain=[0, largest * 1.08], nice=False, reverse=style.is_rtl(lang)),
    )
    y = alt.Y(
        "row:N",
        scale=alt.Scale(domain=[code for code, _ in rows], paddingInner=0.3, paddingOuter=0.1),
        axis=style.row_axis(rows, lang),
    )
    present = {key: label for key, label in labels.items() if key in set(parts["key"])}
    scale = alt.Scale(domain=list(paints), range=[paint.fill for paint in paints.values()])
    base = alt.Chart(parts).encode(y=y, tooltip=_stack_tooltips(lang, count_title))
    chart = style.layers(
        base.mark_bar().encode(
            x=x, x2="end:Q", fill=alt.Fill("key:N", scale=scale, legend=style.legend(present, lang))
        ),
        _part_labels(base),
        _sums(parts, x, y, lang, dark),
    )
    return style.dressed(chart, lang, len(rows) * BAR_PX)


def _parts(
    counts: Mapping[tuple[str, str], int],
    rows: style.Labels,
    paints: Mapping[str, signs.Paint],
    labels: Mapping[str, str],
    marks: Mapping[str, str],
    lang: str,
) -> pd.DataFrame:
    parts = []
    for row, row_label in rows:
        start = 0
        for key, paint in paints.items():
            if n := counts.get((row, key), 0):
                text = number(lang, n)
                label = f"{marks[key]} {text}"
                told = (row_label, labels[key], text)
                parts.append((row, key, start, start + n, label, paint.text, *told))
                start += n
    return pd.DataFrame(parts, columns=STACK_DRAWN)


def _part_labels(base: alt.Chart) -> alt.Chart:
    """The mark and number in the middle of each part that has room for them."""
    middle = "(scale('x', datum.start) + scale('x', datum.end)) / 2"
    room = "abs(scale('x', datum.end) - scale('x', datum.start)) > 9 * length(datum.label)"
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
    return _ends(alt.Chart(sums).encode(y=y), x, lang, dark, weight="bold")


def _ends(
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


def _status(code: str, lang: str) -> str:
    if code == Status.UNKNOWN:
        return translate(lang, "Status not known")
    return term(lang, f"status.{code}")


def _status_cells(counts: pd.DataFrame, present: list[Status], lang: str) -> pd.DataFrame:
    by_cell = counts.groupby(["status", "pillar"])["undertakings"].sum()
    largest = max(int(by_cell.max()), 1)
    cells = []
    for status in present:
        for place, pillar in enumerate(Pillar):
            n = int(by_cell.get((str(status), str(pillar)), 0))
            if n:
                end = place + _BAR_SHARE * n / largest
                told = (_status(status, lang), style.pillar_label(lang, pillar))
                cells.append((str(status), place, end, number(lang, n), *told))
    return pd.DataFrame(cells, columns=STATUS_DRAWN)


def _status_bars(base: alt.Chart, x: alt.X, present: list[Status], dark: bool) -> alt.Chart:
    kinds = {status: signs.STATUSES[status] for status in present}
    lines = [sign.colour(dark=dark) for sign in kinds.values()]
    fills = [sign.colour(dark=dark) if sign.filled else "transparent" for sign in kinds.values()]
    dashes = [list(sign.dash) for sign in kinds.values()]
    drawn: alt.Chart = base.mark_bar(strokeWidth=1.5).encode(
        x=x,
        x2="end:Q",
        fill=alt.Fill("row:N", scale=alt.Scale(domain=present, range=fills), legend=None),
        stroke=alt.Stroke("row:N", scale=alt.Scale(domain=present, range=lines), legend=None),
        strokeDash=alt.StrokeDash(
            "row:N", scale=alt.Scale(domain=present, range=dashes), legend=None
        ),
    )
    return drawn


def _stack_tooltips(lang: str, count_title: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("row_label:N", title=translate(lang, "Row")),
        alt.Tooltip("told:N", title=translate(lang, "Part")),
        alt.Tooltip("n:N", title=count_title),
    ]


def _status_tooltips(lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("status_label:N", title=translate(lang, "Status")),
        alt.Tooltip("pillar_label:N", title=translate(lang, "Pillar")),
        alt.Tooltip("label:N", title=translate(lang, "Undertakings")),
    ]
