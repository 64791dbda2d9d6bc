"""The fields of the entry form, three that are needed and the rest that is offered."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from ctai.domain.activities import Status
from ctai.domain.money import CURRENCIES, BudgetKind
from ctai.domain.roles import Viewer, Visibility
from ctai.domain.strategy import by_code
from ctai.i18n import LANGUAGES
from ctai.ui import filters, labels, record_labels, store
from ctai.ui.entry_draft import MONEY_COLUMNS, key, typed
from ctai.ui.language import current, t

_GRIDS = "entry_grids"
"""Counts the grids of money that a visit has begun."""


def needed(viewer: Viewer) -> None:
    primary = typed("language") or current()
    st.text_input(
        record_labels.field(f"title_{primary}"),
        key=key(f"title_{primary}"),
        placeholder=t("What is done, in one line"),
        persist_state="session",
    )
    left, right = st.columns(2)
    with left:
        st.multiselect(
            t("Country, or countries"),
            filters.country_codes(viewer),
            format_func=labels.country,
            key=key("countries"),
            placeholder="",
            select_all=False,
            persist_state="session",
        )
    with right:
        _entity_box(viewer, t("Entity that carries it out"), "entity")
    status, as_of, seen_by = st.columns(3)
    with status:
        _select(t("Status"), "status", list(Status), labels.status)
    with as_of:
        _line(t("Status true as of"), "status_as_of")
    with seen_by:
        _select(t("Who may see it"), "visibility", list(Visibility), labels.visibility)


def _entity_box(viewer: Viewer, label: str, name: str) -> None:
    st.selectbox(
        label,
        list(store.entities(viewer)),
        index=None,
        format_func=labels.entity,
        key=key(name),
        placeholder="",
        persist_state="session",
    )


def offered(viewer: Viewer) -> None:
    _dates()
    _strategy()
    _people(viewer)
    _words()
    _money(viewer)
    _rest()


def _dates() -> None:
    fields = {
        "planned_start": t("Planned start"),
        "planned_end": t("Planned end"),
        "actual_start": t("Actual start"),
        "actual_end": t("Actual end"),
    }
    for column, (name, label) in zip(st.columns(4), fields.items(), strict=True):
        with column:
            _line(label, name)


def _select(label: str, name: str, codes: Sequence[str], label_of: Callable[[str], str]) -> None:
    st.selectbox(
        label, codes, format_func=label_of, key=key(name), placeholder="", persist_state="session"
    )


def _several(label: str, name: str, codes: Sequence[str], label_of: Callable[[str], str]) -> None:
    st.multiselect(
        label,
        codes,
        format_func=label_of,
        key=key(name),
        placeholder="",
        select_all=False,
        persist_state="session",
    )


def _line(label: str, name: str) -> None:
    st.text_input(
        label, key=key(name), placeholder=t("2017, 2017-08 or 2017-08-28"), persist_state="session"
    )


def _strategy() -> None:
    left, right = st.columns(2)
    with left:
        st.selectbox(
            t("Main measure of the Strategy"),
            list(by_code()),
            index=None,
            format_func=labels.measure,
            key=key("measure"),
            placeholder="",
            persist_state="session",
        )
        st.checkbox(
            t("I know that these measures are right"),
            key=key("confirmed"),
            persist_state="session",
        )
    with right:
        _several(t("Other measures"), "other_measures", list(by_code()), labels.measure)


def _people(viewer: Viewer) -> None:
    entities = list(store.entities(viewer))
    left, right = st.columns(2)
    with left:
        _several(t("Also carried out by"), "also", entities, labels.entity)
        _several(t("Funding"), "role_1", entities, labels.entity)
    with right:
        _several(t("Accountable"), "role_2", entities, labels.entity)
        _several(t("Extending"), "role_3", entities, labels.entity)


def _words() -> None:
    primary = typed("language") or current()
    for code in LANGUAGES:
        if code != primary:
            st.text_input(
                record_labels.field(f"title_{code}"),
                key=key(f"title_{code}"),
                placeholder="",
                persist_state="session",
            )
        st.text_area(
            record_labels.field(f"description_{code}"),
            key=key(f"description_{code}"),
            height=68,
            placeholder="",
            persist_state="session",
        )


def _money(viewer: Viewer) -> None:
    grid = str(st.session_state.get(key("grid")))
    if grid not in st.session_state:
        # The grid begins anew, as after leaving the page: from the lines as they stood then, and by
        # another name, since a browser keeps a grid's edits as long as its name. While it lasts,
        # its lines stay what it began with.
        st.session_state[_GRIDS] = st.session_state.get(_GRIDS, 0) + 1
        grid = st.session_state[key("grid")] = f"entry_grid_{st.session_state[_GRIDS]}"
        st.session_state[key("budget_began")] = st.session_state[key("budget")]
    rows = pd.DataFrame(st.session_state[key("budget_began")], columns=MONEY_COLUMNS)
    edited = st.data_editor(
        rows.astype({"several_countries": bool}),
        key=grid,
        num_rows="dynamic",
        hide_index=True,
        alt=t("Budget lines of the activity"),
        column_config={
            "kind": st.column_config.SelectboxColumn(
                t("Kind of amount"), options=list(BudgetKind), format_func=_kind_name
            ),
            "amount": st.column_config.TextColumn(t("Amount")),
            "currency": st.column_config.SelectboxColumn(t("Currency"), options=sorted(CURRENCIES)),
            "several_countries": st.column_config.CheckboxColumn(
                t("Covers several countries"), default=False
            ),
            "donor": st.column_config.SelectboxColumn(
                t("Donor"), options=list(store.entities(viewer))
            ),
        },
    )
    told = edited.astype(object)
    st.session_state[key("budget")] = told.where(told.notna(), None).to_numpy().tolist()


def _kind_name(code: str | float) -> str:
    return labels.budget_kind(str(code))


def _rest() -> None:
    left, right = st.columns(2)
    with left:
        st.text_input(t("Place"), key=key("place"), placeholder="", persist_state="session")
    with right:
        st.text_input(
            t("Number of the programme it is part of"),
            key=key("parent"),
            placeholder="",
            persist_state="session",
        )
        st.text_input(
            t("Countries' shares in per cent, in the order above"),
            key=key("shares"),
            placeholder=t("60, 40; empty if not known"),
            persist_state="session",
        )
    st.text_area(
        t("Sources: one web address a line"),
        key=key("sources"),
        height=68,
        placeholder="",
        persist_state="session",
    )
    st.text_area(t("Note"), key=key("note"), height=68, placeholder="", persist_state="session")
