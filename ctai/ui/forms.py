"""The entry form: three fields are enough, the rest is offered; what was typed is never lost."""

from dataclasses import replace

import streamlit as st

from ctai.domain.activities import ActivityDraft
from ctai.domain.faults import Refused
from ctai.domain.roles import Viewer
from ctai.ui import entry_fields, labels, notices, store, writes
from ctai.ui.entry_draft import BASE, EMPTY, SEED, fill, written
from ctai.ui.language import t

_ANYWAY = "entry_anyway"


def activity(viewer: Viewer, activity_id: int | None) -> int | None:
    """Show the form for a new activity, or to amend one; give its number once it is stored."""
    _seed(viewer, activity_id)
    if activity_id is None:
        _beginnings(viewer)
    # Not st.form: it keeps what is typed in the browser until it is sent, and leaving the page
    # would lose it.
    entry_fields.needed(viewer)
    with st.expander(t("More, as far as you know it"), expanded=activity_id is not None):
        entry_fields.offered(viewer)
    submitted = st.button(t("Save"), type="primary", icon=":material/save:", key="entry_save")
    if submitted or st.session_state.pop(_ANYWAY, False):
        return _try(viewer, activity_id, is_sure=not submitted)
    return None


def _seed(viewer: Viewer, activity_id: int | None) -> None:
    """Fill the form from the record once, so that a rerun keeps what was typed over it."""
    seed = f"{activity_id}"
    if st.session_state.get(SEED) == seed:
        return
    found = EMPTY if activity_id is None else store.draft(viewer, activity_id)
    if found is None:
        st.error(t("There is no such activity, or it is not open to you."))
        st.stop()
    version = None if activity_id is None else store.version(viewer, activity_id)
    fill(viewer, found, version, seed)


def _beginnings(viewer: Viewer) -> None:
    """Offer to begin from the author's last record, or from nothing."""
    last = store.last_entered(viewer)
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
            t("Empty the form"),
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=fill,
            args=(viewer, EMPTY, None, "None"),
        )


def _copy_last(viewer: Viewer, last: int) -> None:
    found = store.draft(viewer, last)
    if found is not None:
        copied = replace(found, texts={}, sources=(), source_key=None)
        fill(viewer, copied, None, "None")


def _try(viewer: Viewer, activity_id: int | None, *, is_sure: bool) -> int | None:
    """Save, or say every reason why not; ask first when there may be such a record already."""
    draft, faults = written()
    faults += store.faults(viewer, draft, activity_id)
    if faults:
        notices.refused(faults)
        return None
    if activity_id is None and not is_sure and _has_twins(viewer, draft):
        return None
    _, version = st.session_state[BASE]
    try:
        number = writes.save(viewer, draft, activity_id, version)
    except Refused as refusal:
        notices.refused(refusal.faults)
        st.session_state[BASE] = (
            draft,
            None if activity_id is None else store.version(viewer, activity_id),
        )
        return None
    st.session_state.pop(SEED, None)
    notices.later(t("Saved."))
    return number


def _has_twins(viewer: Viewer, draft: ActivityDraft) -> bool:
    title = next(text.title for text in draft.texts.values() if text.title)
    twins = store.twins(viewer, title, draft.iso3s)
    if not twins:
        return False
    st.warning(t("This may be recorded already. Look at these first:"), icon=":material/warning:")
    for twin in twins:
        st.page_link(
            "pages/activities.py",
            label=labels.plain(twin.title),
            icon=":material/open_in_new:",
            query_params={**st.query_params.to_dict(), "activity": str(twin.activity_id)},
        )
    st.button(t("It is another one: save it"), on_click=_save_anyway, key="entry_anyway_button")
    return True


def _save_anyway() -> None:
    st.session_state[_ANYWAY] = True
