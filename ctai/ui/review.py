"""Review on the screen: what waits and since when, one change whole, and what became of others."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctai.domain.faults import Refused
from ctai.domain.proposals import Proposed
from ctai.domain.roles import Action, Viewer
from ctai.ui import (
    choice,
    headline,
    labels,
    notices,
    proposal,
    record_labels,
    review_labels,
    tables,
)
from ctai.ui.language import t, tn
from ctai.ui.store import review as reads
from ctai.ui.writes import review as writes

DECIDED = 50
"""Settled changes that are listed, last decided first: what fits three screens."""
_MANY = "review_many_{}"


def head(viewer: Viewer, top: DeltaGenerator, waiting: pd.DataFrame) -> None:
    """Ask what waits and answer it: for whom, how many, and since when."""
    headline.page(top, t("What waits for review?"), _answer(viewer, waiting))


def _answer(viewer: Viewer, waiting: pd.DataFrame) -> str:
    if not viewer.may(Action.REVIEW_CHANGES) and not reads.is_waiting_for_review(viewer):
        return t("Your entity is trusted: your changes count at once.")
    if waiting.empty:
        return t("Nothing waits.")
    since = labels.moment(waiting["made_at"].iloc[0])
    return tn(
        "{n} change waits for a desk officer, since {moment}.",
        "{n} changes wait for a desk officer, the oldest since {moment}.",
        len(waiting),
        moment=since,
    )


def opened(viewer: Viewer) -> None:
    """Show the change that the URL names."""
    number = choice.number("proposal")
    if number is not None:
        proposal.show(viewer, number)


def listed(viewer: Viewer, waiting: pd.DataFrame) -> None:
    """List what waits, oldest first; a picked row is opened through the URL."""
    st.header(t("Waiting, oldest first"), anchor=False)
    if waiting.empty:
        st.caption(
            t("A focal point's change appears here as soon as it is sent.")
            if viewer.may(Action.REVIEW_CHANGES)
            else t("What you enter or amend appears here until a desk officer decides on it.")
        )
        return
    shown = _worded(waiting).assign(age=[_age(moment) for moment in waiting["made_at"]])
    _pick(
        waiting,
        tables.show(
            shown,
            {
                "age": t("Waits for"),
                "proposed": t("Change"),
                "title": t("Title"),
                "named": t("Countries"),
                "entity": t("Entity"),
                "author": t("Author"),
            },
            alt=t("Changes that wait for review"),
            key=_table_key("waiting"),
        ),
    )
    if viewer.may(Action.REVIEW_CHANGES):
        _confirmations(viewer, waiting)


def _worded(found: pd.DataFrame) -> pd.DataFrame:
    pairs = zip(found["action"], found["kind"], strict=True)
    return found.assign(
        proposed=[
            t("{action}: {kind}", action=review_labels.action(a), kind=record_labels.kind(k))
            for a, k in pairs
        ],
        named=[labels.countries(codes) for codes in found["countries"]],
        outcome=[review_labels.state(code) for code in found["state"]],
    )


def _table_key(name: str) -> str:
    """Name a table with the change that is open: closing it unticks its row."""
    return f"review_{name}_{st.query_params.get('proposal', '')}"


def _pick(found: pd.DataFrame, row: int | None) -> None:
    if row is None:
        return
    number = str(found["proposal_id"].iloc[row])
    if st.query_params.get("proposal") != number:
        st.query_params["proposal"] = number
        st.rerun()


def _age(moment: datetime) -> str:
    """Write how long something has waited, in days."""
    days = (datetime.now(UTC) - moment).days
    return tn("{n} day", "{n} days", days) if days else t("less than a day")


def _confirmations(viewer: Viewer, waiting: pd.DataFrame) -> None:
    """Let several confirmations be accepted at once: nothing but their date is new."""
    others = waiting["author"] != viewer.username
    found = waiting[(waiting["action"] == Proposed.CONFIRM.value) & others]
    if found.empty:
        return
    with st.expander(
        tn("{n} confirmation to accept at once", "{n} confirmations to accept at once", len(found)),
        icon=":material/checklist:",
    ):
        st.caption(t("Each says that a record is still true; nothing but its date changes."))
        for number, title, author in zip(
            found["proposal_id"], found["title"], found["author"], strict=True
        ):
            st.checkbox(
                t("{title}, by {name}", title=labels.plain(title), name=labels.plain(author)),
                key=_MANY.format(number),
            )
        numbers = [int(number) for number in found["proposal_id"]]
        st.button(
            t("Accept those ticked"),
            icon=":material/done_all:",
            on_click=_accept_ticked,
            args=(viewer, numbers),
            key="review_accept_ticked",
        )


def _accept_ticked(viewer: Viewer, numbers: list[int]) -> None:
    ticked = [number for number in numbers if st.session_state.get(_MANY.format(number))]
    if not ticked:
        st.warning(t("Nothing is ticked."))
        return
    count, faults = writes.accept_several(viewer, ticked)
    if faults:
        notices.refused(faults)
    if count:
        notices.later(tn("{n} confirmation accepted.", "{n} confirmations accepted.", count))


def settled(viewer: Viewer) -> None:
    """List what became of earlier changes, with the desks' comments."""
    found = reads.decided(viewer, DECIDED)
    if found.empty:
        return
    st.header(t("What became of earlier changes"), anchor=False)
    shown = _worded(found).assign(
        when=[labels.when(moment.date().isoformat()) for moment in found["decided_at"]],
    )
    row = tables.show(
        shown,
        {
            "outcome": t("Outcome"),
            "proposed": t("Change"),
            "title": t("Title"),
            "author": t("Author"),
            "decided_by": t("Decided by"),
            "when": t("When"),
            "comment": t("Comment"),
        },
        alt=t("Changes that were decided"),
        key=_table_key("settled"),
    )
    _pick(found, row)


def trusted(viewer: Viewer, entities: list[str]) -> None:
    """Let an administrator say whose changes count without review."""
    if not viewer.may(Action.MANAGE_RULES):
        return
    st.header(t("Which entities pass without review?"), anchor=False)
    found = reads.trust(viewer)
    if found.empty:
        st.caption(t("None: every focal point's change waits for a desk officer."))
    for entity, by, since, why in zip(*(found[name] for name in found), strict=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(labels.plain(labels.entity(entity)), width="stretch")
            st.caption(
                t(
                    "since {moment}, by {name}: {why}",
                    moment=labels.moment(since),
                    name=labels.plain(by),
                    why=labels.plain(why or "–"),
                )
            )
            st.button(
                t("Review again"),
                key=f"trust_end_{entity}",
                type="tertiary",
                on_click=_end_trust,
                args=(viewer, entity),
            )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            t("Entity"),
            [entity for entity in entities if entity not in set(found["entity"])],
            index=None,
            format_func=labels.entity,
            key="trust_entity",
            placeholder="",
        )
        st.text_input(t("Why"), key="trust_why", placeholder="")
        st.button(t("Let it pass"), key="trust_add", on_click=_trust, args=(viewer,))


def _trust(viewer: Viewer) -> None:
    entity = st.session_state.get("trust_entity")
    if not entity:
        st.warning(t("Choose an entity first."))
        return
    try:
        writes.trust(viewer, entity, st.session_state.get("trust_why", "").strip())
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    st.session_state["trust_why"] = ""
    notices.later(t("{entity} passes without review from now on.", entity=entity))


def _end_trust(viewer: Viewer, entity: str) -> None:
    try:
        writes.end_trust(viewer, entity)
    except Refused as refusal:
        notices.refused(refusal.faults)
    else:
        notices.later(t("{entity}: changes wait for review again.", entity=entity))
