"""Grids: rows of a half-typed form that are edited in place, added and removed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from ctai.i18n import direction
from ctai.ui.half_typed import key
from ctai.ui.language import current

NUMBER = "number"
"""The column that nobody sees: which stored row a row is, None for a new one."""

Row = dict[str, str | None]


@dataclass(frozen=True)
class Column:
    """A column of a grid: of text, or of one of some codes."""

    name: str
    heading: str
    codes: Sequence[str] = ()
    label_of: Callable[[str], str] = str
    width: int | None = None


def rows_from(columns: Iterable[str], given: Iterable[Mapping[str, object]]) -> list[Row]:
    """Write rows as a grid keeps them: texts by column, None where there is nothing."""
    names = [*columns, NUMBER]
    return [{n: None if row.get(n) in (None, "") else str(row[n]) for n in names} for row in given]


def edit(form: str, field: str, columns: Sequence[Column], alt: str) -> None:
    """Show a form's rows to be edited; what they then are stands in the form's field."""
    rows, grid, seed = key(form, field), key(form, f"{field}_grid"), key(form, f"{field}_seed")
    if grid not in st.session_state:
        # Streamlit forgets a grid's edits when its page is left: it goes on from what came of them.
        st.session_state[seed] = st.session_state[rows]
    names = [column.name for column in columns]
    shown = pd.DataFrame(st.session_state[seed], columns=[*names, NUMBER]).astype("string")
    edited = st.data_editor(
        shown,
        key=grid,
        num_rows="dynamic",
        hide_index=True,
        column_order=names if direction(current()) == "ltr" else names[::-1],
        column_config={column.name: _config(column) for column in columns},
        alt=alt,
        placeholder="–",
    )
    told = edited.astype(object).where(edited.notna(), None).to_dict("records")
    found = rows_from(names, [{str(name): text for name, text in row.items()} for row in told])
    st.session_state[rows] = [row for row in found if any(row[name] for name in names)]


def _config(column: Column) -> ColumnConfig:
    if not column.codes:
        return st.column_config.TextColumn(column.heading, width=column.width)
    return st.column_config.SelectboxColumn(
        column.heading,
        options=list(column.codes),
        format_func=lambda code: column.label_of(str(code)),
        width=column.width,
    )


def texts(form: str, field: str) -> list[dict[str, str]]:
    """Give a form's rows, each with a text without outer spaces in every column."""
    rows: list[Row] = st.session_state.get(key(form, field)) or []
    return [{name: (value or "").strip() for name, value in row.items()} for row in rows]


def number_in(row: Mapping[str, str]) -> int | None:
    """Give the number of the stored row that a row is; None for a new one."""
    text = row.get(NUMBER, "")
    return int(text) if text.isdigit() else None
