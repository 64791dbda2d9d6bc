"""Tables: the twin of every picture, right to left where the language is, with its file."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ctai.i18n import direction, tongues
from ctai.ui import downloads, labels
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

TYPED = ("title", "what", "request")
"""Columns of what somebody typed, which nobody has translated."""

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
    frame = _as_given(frame, [name for name in TYPED if name in headings])
    shown = _shown(frame, headings, links, right, amounts)
    picked = None
    if key is None:
        st.dataframe(frame[shown["column_order"]], alt=alt, **shown)
    else:
        event = st.dataframe(
            frame[shown["column_order"]],
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


def _as_given(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Show what somebody typed in its own language and direction; say so where that is another."""
    stated = frame["language"].fillna("") if "language" in frame else [""] * len(frame)
    told = {name: [*map(_given, frame[name], stated)] for name in columns}
    if any(is_foreign for given in told.values() for _, is_foreign in given):
        st.caption(t(tongues.AS_GIVEN))
    return frame.assign(
        **{name: pd.Series([text for text, _ in told[name]], frame.index) for name in columns}
    )


def _given(text: object, stated: str) -> tuple[object, bool]:
    """Write a cell as it was given, and tell whether it is not in the visitor's language."""
    if not isinstance(text, str):
        return text, False
    return labels.given(text, stated), tongues.is_foreign(current(), text, stated)


def _shown(
    frame: pd.DataFrame,
    headings: Mapping[str, str],
    links: tuple[str, ...] = (),
    right: tuple[str, ...] = (),
    amounts: tuple[str, ...] = (),
) -> dict[str, Any]:
    return {
        "hide_index": True,
        "column_order": list(headings) if direction(current()) == "ltr" else list(headings)[::-1],
        "column_config": _columns(headings, links, right, amounts),
        "height": "content" if len(frame) <= MOST_WHOLE else TALLEST_PX,
        "placeholder": "–",
    }


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
    key: str | None = None,
) -> int | None:
    """Fold a picture's table under it, with its file; with `key` give the row that was picked."""
    with st.expander(title, icon=":material/table:"):
        return show(frame, headings, alt=title, file=file, filters=filters, right=right, key=key)


def twin_of_cells(
    title: str,
    frame: pd.DataFrame,
    headings: Mapping[str, str],
    *,
    file: str,
    filters: Mapping[str, str],
    key: str,
) -> tuple[int, str] | None:
    """Fold a picture's table under it, and give the row and the column of the cell picked."""
    with st.expander(title, icon=":material/table:"):
        if frame.empty:
            show(frame, headings, alt=title)
            return None
        shown = _shown(frame, headings)
        event = st.dataframe(
            frame[shown["column_order"]],
            alt=title,
            key=key,
            on_select="rerun",
            selection_mode="single-cell",
            **shown,
        )
        downloads.link(file, filters)
    cells = [(row, str(name)) for row, name in event.selection.cells if row < len(frame)]
    return cells[0] if cells else None
