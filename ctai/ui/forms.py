"""The entry form: three fields are enough, the rest is offered; what was typed is never lost."""

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctai.domain.activities import ActivityDraft
from ctai.domain.faults import Refused
from ctai.domain.roles import Viewer
from ctai.ui import (
    again,
    choice,
    entry_fields,
    half_typed,
    headline,
    notices,
    overlap_labels,
    overlaps,
    presses,
    record_links,
    review_labels,
    store,
    writes,
)
from ctai.ui.entry_draft import EMPTY, FIELDS, FORM, key, values_of, written
from ctai.ui.language import current, t
from ctai.ui.store import overlap, review

_ANYWAY = "entry_anyway"
_COPIED = "entry_copied"
"""Where a visit keeps the record that the next new one begins from."""


@dataclass(frozen=True)
class Start:
    """What a form begins from: a record and its version, or a proposal to be sent again."""

    form: str
    draft: ActivityDraft
    activity_id: int | None = None
    version: int | None = None
    replaces: int | None = None


def page(viewer: Viewer, head: DeltaGenerator) -> None:
    """Show the form that the URL names: a new activity, a record's, or a returned proposal's."""
    start = _start(viewer)
    is_reviewed = review.is_waiting_for_review(viewer)
    if start is None:
        headline.page(head, t("What has changed?"), t("There is nothing to change here."))
        st.error(t("There is no such activity, or it is not open to you."))
        return
    answer = review_labels.when_it_counts(viewer)
    if start.activity_id is None and not is_reviewed:
        answer = t("Title, country and entity are enough.")
    new = start.activity_id is None
    headline.page(head, t("What is being done?") if new else t("What has changed?"), answer)
    again.returned(viewer)
    _begin(viewer, start)
    _form(viewer, start, is_reviewed)


def _start(viewer: Viewer) -> Start | None:
    sent, amended = again.number(), choice.number("activity")
    if sent is not None:
        found = review.taken_up(viewer, sent, ActivityDraft)
        if found is None:
            return None
        draft, number = found
        version = None if number is None else store.version(viewer, number)
        return Start(f"entry:again-{sent}", draft, number, version, sent)
    if amended is None:
        return Start("entry:new", st.session_state.get(_COPIED, EMPTY))
    kept = store.draft(viewer, amended)
    if kept is None:
        return None
    return Start(f"entry:{amended}", kept, amended, store.version(viewer, amended))


def _begin(viewer: Viewer, start: Start) -> None:
    """Fill the form once a visit; again where nothing was typed and the record has moved on."""
    st.session_state[FORM] = start.form
    has_moved = st.session_state.get(key("version"), start.version) != start.version
    if has_moved and half_typed.is_untouched(start.form, FIELDS):
        half_typed.end(viewer, start.form)
    if key("base") not in st.session_state:
        st.session_state[key("base")] = start.draft
    half_typed.begin(viewer, start.form, values_of(viewer, start.draft, start.version))


def _form(viewer: Viewer, start: Start, is_reviewed: bool) -> None:
    _beginnings(viewer, start)
    # Not st.form: it keeps what is typed in the browser until it is sent, and leaving the page
    # would lose it.
    entry_fields.needed(viewer)
    is_open = start.activity_id is not None or start.replaces is not None
    with st.expander(t("More, as far as you know it"), expanded=is_open):
        entry_fields.offered(viewer)
    half_typed.keep(viewer, start.form, FIELDS)
    overlaps.restricted(viewer, tuple(st.session_state.get(key("countries")) or ()))
    submitted = presses.button(
        t("Send for review") if is_reviewed else t("Save"),
        "entry_save",
        icon=":material/send:" if is_reviewed else ":material/save:",
        type="primary",
    )
    if submitted or st.session_state.pop(_ANYWAY, False):
        _try(viewer, start, is_sure=not submitted)


def _beginnings(viewer: Viewer, start: Start) -> None:
    """Offer to begin from the author's last record, or anew."""
    last = store.last_entered(viewer) if start.form == "entry:new" else None
    with st.container(horizontal=True):
        if last is not None:
            st.button(
                t("Start from my last record"),
                icon=":material/content_copy:",
                on_click=_copy_last,
                args=(viewer, last),
                help=t("Copies everything but the title and the sources."),
            )
        st.button(
            t("Empty the form") if start.form == "entry:new" else t("Undo what I typed"),
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=_anew,
            args=(viewer, start.form),
        )


def _anew(viewer: Viewer, form: str) -> None:
    st.session_state.pop(_COPIED, None)
    half_typed.end(viewer, form)


def _copy_last(viewer: Viewer, last: int) -> None:
    found = store.draft(viewer, last)
    if found is not None:
        half_typed.end(viewer, "entry:new")
        st.session_state[_COPIED] = replace(found, texts={}, sources=(), source_key=None)


def _try(viewer: Viewer, start: Start, *, is_sure: bool) -> None:
    """Save, or say every reason why not; ask first when there may be such a record already."""
    draft, faults = written()
    faults += store.faults(viewer, draft, start.activity_id)
    if faults:
        notices.refused(faults)
        return
    if start.activity_id is None and not is_sure and _overlaps(viewer, draft):
        return
    version: int | None = st.session_state[key("version")]
    try:
        outcome = writes.save(viewer, draft, start.activity_id, version, start.replaces)
    except Refused as refusal:
        notices.refused(refusal.faults)
        st.session_state[key("base")] = start.draft
        st.session_state[key("version")] = start.version
        return
    _anew(viewer, start.form)
    record_links.follow(outcome, "activities", "activity")


def _overlaps(viewer: Viewer, draft: ActivityDraft) -> bool:
    """Show what a new activity may repeat or meet, with what speaks for it; tell whether there is
    such a thing."""
    found = overlap.beside(viewer, draft)
    if not found:
        return False
    st.warning(t("This may be recorded already. Look at these first:"), icon=":material/warning:")
    rows = store.activities_named(viewer, tuple(one.other for one in found), current())
    titles = dict(zip(rows["activity_id"], rows["title"], strict=True))
    for one in found:
        overlaps.link(one.other, titles[one.other])
        st.markdown(f"**{overlap_labels.proposed(one.judgement)}**")
        overlaps.reasons(one)
    st.button(t("It is another one: save it"), on_click=_save_anyway, key="entry_anyway_button")
    return True


def _save_anyway() -> None:
    st.session_state[_ANYWAY] = True
