"""The pipeline on the screen: its filters, its board, its table, and its sums as a chart."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from ctai.domain.funding import FundingState
from ctai.domain.pipeline import (
    OPEN_STATES,
    Asking,
    Narrowing,
    days_in_state,
    money,
    narrowed,
)
from ctai.domain.pipeline_sums import total
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.i18n import mark
from ctai.ui import choice, kept, labels, pipeline_labels, store, tables
from ctai.ui.language import current, t, tn
from ctai.ui.store import pipeline as reads

FILTERS = ("country", "pillar", "entity")

BOARD, TABLE = "board", "table"
_VIEWS = {BOARD: mark("Board"), TABLE: mark("Table")}

MOST_CARDS = 4
"""Cards of a state that are shown; the table has them all."""

COLUMNS: tuple[tuple[FundingState, ...], ...] = (
    (FundingState.DRAFT, FundingState.RETURNED),
    (FundingState.SUBMITTED, FundingState.UNDER_REVIEW),
    (FundingState.ENDORSED, FundingState.OFFERED),
    (FundingState.FUNDED, FundingState.REPORTED),
    (FundingState.CLOSED, FundingState.DECLINED, FundingState.WITHDRAWN),
)
"""The board's columns, each with its states one below the other: all eleven side by side would
leave a card the width of two words."""


def narrowing(viewer: Viewer, scope: Scope) -> Narrowing:
    """Show the filters that only the pipeline has, and give all that it is narrowed to."""
    every = reads.askings(viewer)
    donors = sorted({donor for asking in every for donor in asking.donors})
    found = [state for state in FundingState if any(one.state is state for one in every)]
    states = [state.value for state in found]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover(t("Donor and state"), icon=":material/filter_list:"):
            choice.many(t("Donor"), "donor", donors, labels.entity)
            choice.many(t("State"), "funding_state", states, pipeline_labels.state)
        _chips("donor", donors, labels.entity)
        _chips("funding_state", states, pipeline_labels.state)
    return Narrowing(
        scope.country,
        scope.pillar,
        scope.entity,
        tuple(code for code in choice.chosen("donor") if code in donors),
        tuple(code for code in choice.chosen("funding_state") if code in states),
    )


def _chips(name: str, known: Sequence[str], label_of: Callable[[str], str]) -> None:
    for code in choice.chosen(name):
        if code in known:
            st.button(
                label_of(code),
                key=f"chip_{name}_{code}_{current()}",
                icon=":material/cancel:",
                icon_position="right",
                help=t("Remove this filter"),
                on_click=_remove,
                args=(name, code),
            )


def _remove(name: str, code: str) -> None:
    choice.put(name, [other for other in choice.chosen(name) if other != code])


def params(scope: Scope, narrowed_to: Narrowing) -> dict[str, str]:
    """Write what is chosen as a file's parameters."""
    own = {
        "donor": ",".join(narrowed_to.donors),
        "funding_state": ",".join(narrowed_to.states),
    }
    return {**scope.params, **{name: text for name, text in own.items() if text}}


def askings(viewer: Viewer, narrowed_to: Narrowing) -> tuple[Asking, ...]:
    """Give the requests that pass every filter."""
    return narrowed(reads.askings(viewer), narrowed_to)


def answer(found: Sequence[Asking], narrowed_to: Narrowing) -> str:
    """Say what open requests ask, what of it is secured, and what is only promised."""
    waiting = [one for one in found if one.state in OPEN_STATES]
    if not found:
        if narrowed_to == Narrowing():
            return t("No funding request that you may see is on record yet.")
        return t("No funding request fits the filter.")
    if not waiting:
        return t("No request is open; those on record are drafts, funded or ended.")
    sums = total(waiting)
    return tn(
        "{n} open request asks {asked}, of which {secured} is secured; {pledged} is pledged.",
        "{n} open requests ask {asked}, of which {secured} is secured; {pledged} is pledged.",
        len(waiting),
        asked=pipeline_labels.told_short(sums.ask_usd),
        secured=pipeline_labels.told_short(sums.money.committed),
        pledged=pipeline_labels.told_short(sums.money.pledged),
    )


def requests(found: Sequence[Asking], filters: dict[str, str]) -> None:
    """Show the requests by state, as a board of cards or as a table."""
    if not found:
        st.caption(
            t(
                "A funding request begins at a need that United Nations resources and donors can't "
                "meet in time. Remove a filter, or wait for the first to be endorsed."
            )
        )
        return
    st.header(t("Requests by state"), anchor=False)
    shown = choice.one(t("Show as"), "view", list(_VIEWS), lambda code: t(_VIEWS[code]), tabs=True)
    if shown == BOARD:
        board(found, store.today())
    else:
        table(found, filters)


def board(found: Sequence[Asking], today: date) -> None:
    """Show quiet cards under their states; a column whose states are all empty is left out."""
    present = {asking.state for asking in found}
    columns = [states for states in COLUMNS if present & set(states)]
    for place, states in zip(st.columns(len(columns)), columns, strict=True):
        with place:
            for state in states:
                if state in present:
                    _lane(state, [one for one in found if one.state is state], today)


def _lane(state: FundingState, found: Sequence[Asking], today: date) -> None:
    st.markdown(
        t(
            "**{state}** :gray[{n}]",
            state=pipeline_labels.state(state),
            n=labels.number(len(found)),
        )
    )
    longest = sorted(found, key=lambda one: (-days_in_state(one, today), one.code))
    for asking in longest[:MOST_CARDS]:
        _card(asking, today)
    if len(found) > MOST_CARDS:
        more = len(found) - MOST_CARDS
        st.caption(tn("{n} more stands in the table.", "{n} more stand in the table.", more))


def _card(asking: Asking, today: date) -> None:
    with st.container(border=True, gap="xsmall"):
        title(asking)
        st.caption(
            t(
                "{entity} · {countries}",
                entity=labels.plain(asking.entity),
                countries=pipeline_labels.countries(asking),
            )
        )
        st.markdown(f"**{labels.plain(pipeline_labels.asked(asking))}**")
        st.caption(t("In this state for {age}", age=labels.age(days_in_state(asking, today))))


def title(asking: Asking) -> None:
    """Write a request's title whole, with its code under it, which leads to the request."""
    st.markdown(labels.plain(asking.title))
    st.page_link(
        "pages/funding_request.py",
        label=labels.plain(asking.code),
        icon=":material/open_in_new:",
        query_params={"funding": str(asking.request_id), "lang": current()},
    )


def table(found: Sequence[Asking], filters: dict[str, str]) -> None:
    """List the requests with their money."""
    today = store.today()
    given = tuple(found)
    tables.show(
        kept.worked_out("pipeline_table", lambda: _worded(given, today), given),
        {
            "request": t("Request"),
            "country": t("Countries"),
            "state": t("State"),
            "wait": t("Age"),
            "asked": t("Asked"),
            "pledged": t("Pledged"),
            "secured": t("Secured"),
            "paid": t("Paid out"),
            "spent": t("Spent"),
        },
        alt=t("Funding requests with their money"),
        file="funding",
        filters=filters,
        right=("asked", "pledged", "secured", "paid", "spent"),
    )


def _worded(found: Sequence[Asking], today: date) -> pd.DataFrame:
    sums = [money(asking.flows) for asking in found]
    return pd.DataFrame(
        {
            "request": [asking.title for asking in found],
            "country": [pipeline_labels.countries(asking) for asking in found],
            "state": [pipeline_labels.state(asking.state) for asking in found],
            "wait": [labels.age(days_in_state(asking, today)) for asking in found],
            "asked": [pipeline_labels.short_dollars(asking.ask_usd) for asking in found],
            "pledged": [pipeline_labels.short_dollars(each.pledged) for each in sums],
            "secured": [pipeline_labels.short_dollars(each.committed) for each in sums],
            "paid": [pipeline_labels.short_dollars(each.disbursed) for each in sums],
            "spent": [pipeline_labels.short_dollars(each.spent) for each in sums],
        }
    )
