"""Tables: the twin of every picture, right to left where the language is, with its file."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ctai.i18n import direction
from ctai.ui import downloads
from ctai.ui.language import current, t

WIDTHS = {
    "title": 220,
    "what": 235,
    "reason": 420,
    "country": 108,
    "name": 240,
    "entities": 95,
    "lead": 90,
    "measures": 65,
    "measure": 65,
    "state": 105,
    "carried_by": 75,
    "item_state": 145,
    "severity": 80,
    "dated": 115,
    "fresh": 110,
    "fall": 118,
    "turns": 90,
    "ask": 95,
    "chased": 165,
    "where": 90,
    "held": 165,
    "records": 65,
    "carried": 70,
    "stale": 55,
    "evidence": 190,
    "age": 120,
    "rung_name": 110,
    "due_on": 112,
    "code": 88,
    "request": 170,
    "wait": 75,
    "pledged": 72,
    "secured": 72,
    "paid": 72,
    "spent": 72,
    "when": 175,
    "span": 183,
    "actor": 75,
    "record": 145,
    "value": 125,
    "old": 100,
    "new": 115,
    "why": 75,
    "test": 230,
    "passed": 75,
    "said": 190,
    "by": 130,
    "cost": 120,
    "funded": 80,
    "asked": 80,
    "unfunded": 95,
    "number": 46,
    "issued": 98,
    "by_whom": 72,
    "reader": 118,
    "about": 118,
    "told_of": 98,
    "compared": 98,
    "written": 95,
    "digest": 72,
}
"""Widths in pixels of columns that would else be as wide as their longest cell: a table that fits
needs no scrolling sideways, which in Arabic would begin at the wrong end."""

FIGURES = frozenset({"fall", "full", "left"})
"""Columns of figures that are written as texts, to stand as figures do."""

MOST_WHOLE = 12
"""Rows that are shown whole; a longer table scrolls in its own frame."""
TALLEST_PX = 460


def show(
    frame: pd.DataFrame,
    headings: Mapping[str, str],
    *,
    alt: str,
    file: str = "",
    filters: Mapping[str, str] | None = None,
    links: tuple[str, ...] = (),
    right: tuple[str, ...] = (),
    amounts: tuple[str, ...] = (),
    key: str | None = None,
) -> int | None:
    """Show a frame's columns under their headings; give the position of the row picked, if any.

    `headings` also says which columns are shown and in what order; `links` are web addresses,
    `right` are worded amounts, whose ends stand in line, `amounts` numbers with their thousands
    set apart. With `key` a row can be picked. `file` names the download of the whole table.
    """
    if frame.empty:
        st.caption(t("No record fits. Remove a filter to see more."))
        return None
    order = list(headings) if direction(current()) == "ltr" else list(headings)[::-1]
    shown: dict[str, Any] = {
        "hide_index": True,
        "column_order": order,
        "column_config": _columns(headings, links, right, amounts),
        "height": "content" if len(frame) <= MOST_WHOLE else TALLEST_PX,
        "placeholder": "–",
    }
    picked = None
    if key is None:
        st.dataframe(frame[order], alt=alt, **shown)
    else:
        event = st.dataframe(
            frame[order],
            alt=alt,
            key=key,
            on_select="rerun",
            selection_mode="single-row",
            **shown,
        )
        rows = event.selection.rows
        picked = rows[0] if rows and rows[0] < len(frame) else None
    if file:
        downloads.link(file, filters or {})
    return picked


def _columns(
    headings: Mapping[str, str],
    links: tuple[str, ...],
    right: tuple[str, ...],
    amounts: tuple[str, ...],
) -> dict[str, Any]:
    columns: dict[str, Any] = {
        name: st.column_config.Column(
            heading,
            width=WIDTHS.get(name),
            alignment="right" if name in right or name in FIGURES else None,
        )
        for name, heading in headings.items()
    }
    for name in amounts:
        columns[name] = st.column_config.NumberColumn(
            headings[name], format="localized", width=WIDTHS.get(name)
        )
    for name in links:
        columns[name] = st.column_config.LinkColumn(
            headings[name], display_text=":material/open_in_new:", width=70
        )
    return columns


def twin(
    title: str,
    frame: pd.DataFrame,
    headings: Mapping[str, str],
    *,
    file: str,
    filters: Mapping[str, str],
    right: tuple[str, ...] = (),
) -> None:
    """Fold a picture's table under it, with its file."""
    with st.expander(title, icon=":material/table:"):
        show(frame, headings, alt=title, file=file, filters=filters, right=right)
