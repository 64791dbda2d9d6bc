"""The fields of the form for a funding request, in few groups."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from ctai.domain.funding_draft import NeedFacts
from ctai.domain.money import CURRENCIES
from ctai.domain.roles import Viewer, Visibility
from ctai.i18n import direction
from ctai.ui import funding_entry, funding_labels, half_typed, labels, placed, store
from ctai.ui.half_typed import key
from ctai.ui.language import current, t


def what_for(viewer: Viewer, form: str, needs: dict[str, NeedFacts]) -> None:
    """Ask what the money is for, which needs it answers, and who delivers."""
    st.header(t("What and for whom"), anchor=False)
    line(form, "title", t("Title"), t("What the money is for, in one line"))
    name = key(form, "needs")
    placed.put(name, [code for code in st.session_state.get(name) or [] if code in needs])
    st.multiselect(
        t("Needs that it answers"),
        list(needs),
        format_func=lambda code: funding_labels.need(needs[code]),
        key=name,
        placeholder="",
        select_all=False,
        persist_state="session",
    )
    left, middle, right = st.columns(3)
    with left:
        pick(form, "entity", t("Entity that delivers"), list(store.entities(viewer)), labels.entity)
    with middle:
        line(form, "needed_by", t("Money needed by"), t("2017, 2017-08 or 2017-08-28"))
    with right:
        pick(form, "visibility", t("Who may see it"), list(Visibility), labels.visibility)
    text(form, "objective", t("Objective: what will be different"))


def plan(form: str) -> None:
    """Ask for activities with their dates, and for the budget lines of each."""
    st.header(t("Activities and budget"), anchor=False)
    date_help = t("2017, 2017-08 or 2017-08-28")
    config = st.column_config
    _grid(
        form,
        "activities",
        {
            "title": config.TextColumn(t("Activity"), width=420),
            "starts": config.TextColumn(t("Start"), help=date_help, width=110),
            "ends": config.TextColumn(t("End"), help=date_help, width=110),
        },
        (),
        alt=t("Activities of the request, to be edited"),
    )
    st.caption(t("Name each activity first, then choose it for its budget lines."))
    titles = tuple(dict.fromkeys(row[0] for row in funding_entry.rows(form, "activities")))
    _grid(
        form,
        "lines",
        {
            "activity": config.SelectboxColumn(t("For activity"), options=titles, width=240),
            "what": config.TextColumn(t("Budget line"), width=260),
            "amount": config.TextColumn(
                t("Amount"), help=t("In the request's currency."), width=140
            ),
        },
        titles,
        alt=t("Budget lines of the request, to be edited"),
    )


def money(form: str) -> None:
    """Ask for the total beside what the lines add up to, its currency, and the rate."""
    st.header(t("Money"), anchor=False)
    draft, _ = funding_entry.written(form)
    total, currency, rate, day = st.columns(4, vertical_alignment="bottom")
    with total:
        line(form, "total", t("Total asked"))
    with currency:
        pick(form, "currency", t("Currency"), sorted(CURRENCIES), str)
    with rate:
        line(form, "rate_usd", t("US dollars for one unit"), t("1.0835; empty for US dollars"))
    with day:
        line(form, "rate_date", t("Rate of"), t("2017, 2017-08 or 2017-08-28"))
    added = funding_labels.money(draft.lines_total, draft.currency or "USD")
    with st.container(horizontal=True, vertical_alignment="center"):
        if draft.total is not None and draft.total == draft.lines_total:
            st.caption(t("The budget lines add up to the total: {sum}.", sum=added))
        elif draft.lines:
            st.caption(t("The budget lines add up to {sum}.", sum=added), width="content")
            st.button(
                t("Take this sum as the total"),
                type="tertiary",
                on_click=_take_sum,
                args=(form, f"{draft.lines_total:f}"),
            )


def _take_sum(form: str, total: str) -> None:
    st.session_state[key(form, "total")] = total


def risks(form: str) -> None:
    """Ask for the risks, and for who else pays."""
    st.header(t("Risks and co-funding"), anchor=False)
    text(form, "risks", t("Risks, and what is done about them"))
    left, right = st.columns(2)
    with left:
        line(form, "cofunding", t("Co-funding, in the same currency"))
    with right:
        line(form, "cofunding_from", t("Who gives the co-funding"))
    text(form, "note", t("Note, for the United Nations only"))


def line(form: str, field: str, label: str, hint: str = "") -> None:
    """Show a field of one line."""
    st.text_input(label, key=key(form, field), placeholder=hint, persist_state="session")


def text(form: str, field: str, label: str) -> None:
    """Show a field of several lines."""
    st.text_area(label, key=key(form, field), height=90, placeholder="", persist_state="session")


def pick(
    form: str, field: str, label: str, codes: Sequence[str], label_of: Callable[[str], str]
) -> None:
    """Show a field in which one code is chosen; one that is not on the list is let go."""
    if st.session_state.get(key(form, field)) not in codes:
        placed.put(key(form, field), None)
    st.selectbox(
        label,
        codes,
        index=None,
        format_func=label_of,
        key=key(form, field),
        placeholder="",
        persist_state="session",
    )


def _grid(
    form: str, name: str, columns: dict[str, Any], choices: tuple[str, ...], *, alt: str
) -> None:
    """Show rows to edit and keep them as texts.

    An editor counts its edits from the rows that it began with: these stay while it is shown. It
    begins anew where its language or its choices change.
    """
    told = sha256(repr((current(), choices)).encode()).hexdigest()[:12]
    mounted, frame = key(form, f"{name}_{told}"), key(form, f"{name}_base")
    if mounted not in st.session_state or frame not in st.session_state:
        st.session_state[frame] = st.session_state.get(key(form, name)) or []
    order = list(columns) if direction(current()) == "ltr" else list(columns)[::-1]
    edited = st.data_editor(
        pd.DataFrame(st.session_state[frame], columns=list(columns), dtype="str"),
        key=mounted,
        num_rows="dynamic",
        hide_index=True,
        column_order=order,
        column_config=columns,
        alt=alt,
        placeholder="",
    )
    st.session_state[half_typed.key(form, name)] = [
        ["" if pd.isna(cell) else str(cell) for cell in row]
        for row in edited[list(columns)].to_numpy(dtype=object)
    ]
