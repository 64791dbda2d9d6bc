"""Reporting: which entity has told us something in which quarter, a sign in each cell."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import altair as alt
import pandas as pd

from ctai.domain.gaps import CellState
from ctai.domain.reporting import QuarterState
from ctai.figures import signs, style
from ctai.i18n import translate, upkeep
from ctai.i18n.numbers import number

SELECTION: Final = "cell"
CELL_FIELDS: Final = ("entity", "quarter")
DRAWN: Final = [
    *CELL_FIELDS,
    "state",
    "symbol",
    "ink",
    "entity_label",
    "quarter_label",
    "state_label",
    "records",
]
"""All that travels to the browser."""

ROOM: Final = "\u00a0\u00a0"
"""Behind each label: acronyms are wider than the letters by which room is reckoned."""

SYMBOLS: Final[Mapping[QuarterState, str]] = MappingProxyType(
    {
        QuarterState.REPORTED: "✓",
        QuarterState.NOTHING_TO_REPORT: "–",
        QuarterState.SILENT: "●",
        QuarterState.RUNNING: "…",
        QuarterState.NOT_ASKED: "?",
    }
)
_LIKE: Final[Mapping[QuarterState, CellState]] = MappingProxyType(
    {
        QuarterState.REPORTED: CellState.ANSWERED,
        QuarterState.NOTHING_TO_REPORT: CellState.NO_NEED,
        QuarterState.SILENT: CellState.NOTHING_YET,
        QuarterState.RUNNING: CellState.ACTIVITY_ONLY,
        QuarterState.NOT_ASKED: CellState.NOT_ASSESSED,
    }
)
"""The matrix's colours: what asks most of a reader looks alike on both."""


def state_label(lang: str, code: str) -> str:
    """Name what is known of a quarter, with its sign."""
    return f"{SYMBOLS[QuarterState(code)]} {upkeep.quarter_state(lang, code)}"


def paint(state: QuarterState, *, dark: bool = False) -> signs.Paint:
    """The paint of what is known of a quarter."""
    return signs.STATES[_LIKE[state]].paint(dark=dark)


def matrix(found: pd.DataFrame, rows: style.Labels, lang: str, *, dark: bool) -> style.Figure:
    """Draw these entities' quarters, oldest first where reading begins.

    `found` has entity, quarter, state and records; `rows` gives entities with their labels, in
    order. The selection `cell` names entity and quarter.
    """
    select = style.one_of(SELECTION, CELL_FIELDS)
    if not rows or found.empty:
        return style.empty(lang, dark=dark, select=select)
    quarters = sorted(found["quarter"].unique())
    columns = [(code, upkeep.quarter(lang, code)) for code in quarters]
    cells = _cells(found, rows, lang, dark)
    short = [(code, code[2:]) for code in quarters]
    x = alt.X(
        "quarter:N",
        axis=style.column_axis(columns, codes=short),
        scale=alt.Scale(
            domain=quarters, reverse=style.is_rtl(lang), paddingInner=0.03, paddingOuter=0
        ),
    )
    y = style.rows_of([(code, words + ROOM) for code, words in rows], "entity", lang, 0.08)
    base = alt.Chart(cells).encode(x=x, y=y)
    present = [state for state in QuarterState if state.value in set(cells["state"])]
    labels = {state.value: state_label(lang, state) for state in present}
    scale = alt.Scale(
        domain=[state.value for state in QuarterState],
        range=[paint(state, dark=dark).fill for state in QuarterState],
    )
    fill = alt.Fill("state:N", scale=scale, legend=style.legend(labels, lang))
    chart = style.layers(
        base.mark_rect(aria=False).encode(fill=fill),
        base.mark_text(aria=False, fontSize=14).encode(
            text="symbol:N", color=alt.Color("ink:N", scale=None, legend=None)
        ),
        style.targets(base, select, _tooltips(lang), dark=dark),
    )
    return style.dressed(chart, lang, len(rows) * style.ROW_PX, dark=dark)


def picked(selection: Mapping[str, object]) -> tuple[str, str] | None:
    """The entity and quarter of the cell picked, from Streamlit's selection; None without one."""
    cell = style.first_of(selection, SELECTION)
    entity, quarter = cell.get("entity"), cell.get("quarter")
    if not isinstance(entity, str) or not isinstance(quarter, str):
        return None
    return entity, quarter


def summary(found: pd.DataFrame, lang: str) -> str:
    """Say how many quarters of how many entities have which state."""
    if found.empty:
        return translate(lang, "Reporting by quarter: no entity is recorded for this choice.")
    counts = found["state"].value_counts()
    return translate(
        lang,
        "Reporting of {entities} entities over {quarters} quarters: {reported} reported, {nothing} "
        "with nothing to report, {silent} silent, {running} not over, {not_asked} not asked.",
        entities=number(lang, found["entity"].nunique()),
        quarters=number(lang, found["quarter"].nunique()),
        reported=number(lang, int(counts.get(QuarterState.REPORTED, 0))),
        nothing=number(lang, int(counts.get(QuarterState.NOTHING_TO_REPORT, 0))),
        silent=number(lang, int(counts.get(QuarterState.SILENT, 0))),
        running=number(lang, int(counts.get(QuarterState.RUNNING, 0))),
        not_asked=number(lang, int(counts.get(QuarterState.NOT_ASKED, 0))),
    )


def _cells(found: pd.DataFrame, rows: style.Labels, lang: str, dark: bool) -> pd.DataFrame:
    labels = dict(rows)
    inside = found[found["entity"].isin(list(labels))]
    columns = ["entity", "quarter", "state", "records"]
    cells = [
        {
            "entity": entity,
            "quarter": quarter,
            "state": state,
            "symbol": SYMBOLS[QuarterState(state)],
            "ink": paint(QuarterState(state), dark=dark).text,
            "entity_label": labels[entity],
            "quarter_label": upkeep.quarter(lang, quarter),
            "state_label": state_label(lang, state),
            "records": number(lang, records),
        }
        for entity, quarter, state, records in inside[columns].itertuples(index=False)
    ]
    return style.texts(pd.DataFrame(cells), DRAWN)


def _tooltips(lang: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("entity_label:N", title=translate(lang, "Entity")),
        alt.Tooltip("quarter_label:N", title=translate(lang, "Quarter")),
        alt.Tooltip("state_label:N", title=translate(lang, "State")),
        alt.Tooltip("records:N", title=translate(lang, "Records written or confirmed")),
    ]
