"""One request on the screen: who asked whom for what, since when it waits, and its needs."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctai.domain.kinds import RecordKind
from ctai.domain.requests import RequestDraft, RequestItem, is_waiting, waiting_days
from ctai.domain.roles import Action, Viewer
from ctai.ui import (
    facts,
    headline,
    labels,
    raised_needs,
    record_labels,
    record_links,
    store,
    waiting_changes,
)
from ctai.ui.language import t
from ctai.ui.store import requests as reads


def show(viewer: Viewer, head: DeltaGenerator, number: int) -> None:
    """Show a request that the URL names, with what the viewer may do."""
    draft = reads.request(viewer, number)
    if draft is None:
        headline.page(head, t("What does the State ask for?"), t("There is nothing to show here."))
        st.warning(t("There is no such request, or it is not open to you."))
        record_links.close_button()
        return
    headline.page(head, labels.titled(draft.what, draft.language), waited(draft))
    _buttons(viewer, number, draft)
    with st.container(border=True):
        told(draft)
    _areas(viewer, number, draft)
    facts.sources(draft.sources)
    facts.history(viewer, RecordKind.REQUEST, number)


def waited(draft: RequestDraft) -> str:
    """Say since when a request waits, or when it was answered."""
    country = labels.country(draft.country)
    days = waiting_days(draft, store.today())
    if days is not None:
        return t(
            "{country} has waited {age} for an answer, since {date}.",
            country=country,
            age=labels.age(days),
            date=labels.when(draft.requested_on),
        )
    if is_waiting(draft):
        return t("{country} waits for an answer; since when is not known.", country=country)
    if draft.answered_on:
        return t(
            "{country} was answered: {date}.", country=country, date=labels.when(draft.answered_on)
        )
    return t(
        "{country} asked; the status is now: {status}.",
        country=country,
        status=labels.status(draft.status),
    )


def _buttons(viewer: Viewer, number: int, draft: RequestDraft) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(labels.status(draft.status), color="blue")
        st.badge(labels.visibility(draft.visibility), color="gray", icon=":material/visibility:")
        is_held = waiting_changes.hold(viewer, RecordKind.REQUEST, number)
        if not is_held and viewer.may_touch(
            Action.AMEND, frozenset({draft.country}), frozenset({draft.addressed_to})
        ):
            st.button(t("Amend"), icon=":material/edit:", on_click=record_links.amend)
        waiting_changes.show(viewer, RecordKind.REQUEST, number)
        record_links.close_button()


def as_it_stands(viewer: Viewer, number: int | None) -> None:
    """Fold away under a form the record that it amends, as it is stored now; nothing for none."""
    if number is None:
        return
    draft = reads.request(viewer, number)
    if draft is not None:
        with st.expander(t("The record as it stands now"), icon=":material/visibility:"):
            told(draft)
    record_links.back_button()


def told(draft: RequestDraft) -> None:
    """Write a request's facts."""
    left, right = st.columns(2)
    with left:
        facts.pairs(
            {
                t("Country"): labels.country(draft.country),
                record_labels.field("authority"): labels.plain(draft.authority),
                record_labels.field("contact_office"): labels.plain(draft.contact_office),
                record_labels.field("addressed_to"): labels.entity(draft.addressed_to),
            }
        )
    with right:
        facts.pairs(
            {
                record_labels.field("requested_on"): labels.when(draft.requested_on),
                record_labels.field("answered_on"): (
                    labels.when(draft.answered_on) if draft.answered_on else t("no answer recorded")
                ),
                record_labels.field("measure"): labels.measure(draft.measure),
            }
        )
    facts.text(record_labels.field("reasons"), draft.reasons)
    facts.text(record_labels.field("national_strategy"), draft.national_strategy)
    facts.text(t("Note"), draft.note)


def _areas(viewer: Viewer, number: int, draft: RequestDraft) -> None:
    st.header(record_labels.field("items"), anchor=False)
    needs = reads.needs_of_request(viewer, number)
    if not draft.items or needs["part_id"].isna().any():
        if not draft.items:
            st.caption(t("The request names no areas; it can become a need as a whole."))
        _area(viewer, number, draft, None, needs)
    for item in draft.items:
        _area(viewer, number, draft, item, needs)


def _area(
    viewer: Viewer,
    number: int,
    draft: RequestDraft,
    item: RequestItem | None,
    needs: pd.DataFrame,
) -> None:
    with st.container(border=True):
        what, measure = (item.what, item.measure) if item else (draft.what, draft.measure)
        st.markdown(labels.plain(what))
        st.caption(labels.measure(measure))
        part = raised_needs.Part(
            raised_needs.origin_of_request(number, item.item_id if item else None),
            what,
            (draft.country,),
            draft.visibility,
            language=draft.language,
        )
        may = viewer.may_touch(
            Action.ENTER, frozenset({draft.country}), frozenset({draft.addressed_to})
        )
        raised_needs.under(viewer, part, needs, may_raise=may)
