"""The form for a funding request: kept while it is typed, saved as a draft, submitted whole."""

import json
from dataclasses import replace

import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.funding_draft import FundingDraft, NeedFacts
from ctai.domain.funding_history import FundingView
from ctai.domain.roles import Action, Role, Viewer, Visibility
from ctai.ui import (
    choice,
    funding_entry,
    funding_fields,
    funding_tests,
    half_typed,
    notices,
    presses,
)
from ctai.ui.funding_entry import TYPED
from ctai.ui.language import t
from ctai.ui.store import funding as reads
from ctai.ui.writes import funding as writes

_BASE = "base"
_VERSION = "version"


def new(viewer: Viewer, asked_need: int | None) -> None:
    """Show the form for a new request, for the need that the URL names."""
    if not viewer.may(Action.FILE_FUNDING):
        st.info(
            t(
                "Desk officers and focal points write funding requests. "
                "To read one, open it from the pipeline."
            )
        )
        return
    needs = {str(need.need_id): need for need in reads.pickable(viewer)}
    if not needs:
        st.info(
            t(
                "No unmet need is open to you, and a funding request answers one. "
                "Record the need first."
            )
        )
        return
    _form(viewer, _beginning(viewer, needs.get(str(asked_need))), needs, None)


def _beginning(viewer: Viewer, need: NeedFacts | None) -> FundingDraft:
    own = viewer.entity if viewer.role is Role.FOCAL_POINT else None
    draft = FundingDraft("", own or "")
    if need is None:
        return draft
    is_restricted = need.visibility is Visibility.RESTRICTED
    level = Visibility.RESTRICTED if is_restricted else draft.visibility
    return replace(draft, needs=(need.need_id,), visibility=level)


def change(viewer: Viewer, found: FundingView) -> None:
    """Show the form of a draft or a returned request."""
    needs = {str(need.need_id): need for need in (*found.needs, *reads.pickable(viewer))}
    _form(viewer, found.draft, needs, found)


def _form(
    viewer: Viewer, draft: FundingDraft, needs: dict[str, NeedFacts], found: FundingView | None
) -> None:
    form = _name(draft, found)
    values = funding_entry.values_of(draft)
    version = str(found.version) if found else ""
    base = json.dumps(values, sort_keys=True, ensure_ascii=False)
    half_typed.begin(viewer, form, {**values, _VERSION: version, _BASE: base})
    funding_fields.what_for(viewer, form, needs)
    funding_fields.plan(form)
    funding_fields.money(form)
    funding_fields.risks(form)
    numbers = tuple(int(n) for n in st.session_state[half_typed.key(form, "needs")])
    funding_tests.show(reads.tests_of(viewer, numbers))
    is_changed = _typed(form) != st.session_state[half_typed.key(form, _BASE)]
    if is_changed:
        half_typed.keep(viewer, form, [*TYPED, _VERSION, _BASE])
    with st.container(horizontal=True):
        sent = presses.button(
            t("Submit for review"), "funding_submit", icon=":material/send:", type="primary"
        )
        saved = presses.button(t("Save as a draft"), "funding_save", icon=":material/save:")
        if is_changed:
            st.button(
                t("Forget what I typed"),
                type="tertiary",
                icon=":material/restart_alt:",
                on_click=half_typed.end,
                args=(viewer, form),
                key="funding_forget",
            )
    if sent or saved:
        _store(viewer, form, found.number if found else None, sending=sent)


def _name(draft: FundingDraft, found: FundingView | None) -> str:
    if found is not None:
        return f"funding:{found.number}"
    return f"funding:need-{draft.needs[0]}" if draft.needs else "funding:new"


def _typed(form: str) -> str:
    values = {name: st.session_state.get(half_typed.key(form, name)) for name in TYPED}
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def _store(viewer: Viewer, form: str, number: int | None, *, sending: bool) -> None:
    """Save or submit, or say every reason why not; what was typed stays where it is."""
    draft, faults = funding_entry.written(form)
    faults += reads.faults(viewer, draft, number, sending=sending)
    if faults:
        notices.refused(faults)
        return
    text = str(st.session_state[half_typed.key(form, _VERSION)])
    version = int(text) if text else None
    try:
        write = writes.submit if sending else writes.save
        stored = write(viewer, draft, number, version)
    except Refused as refusal:
        notices.refused(refusal.faults)
        newest = reads.version(viewer, number) if number else None
        st.session_state[half_typed.key(form, _VERSION)] = "" if newest is None else str(newest)
        return
    half_typed.end(viewer, form)
    choice.put("need", [])
    choice.put("funding", [str(stored)])
    notices.later(t("Submitted for review.") if sending else t("Saved as a draft."))
    st.rerun()
