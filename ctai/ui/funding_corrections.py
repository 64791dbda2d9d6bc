"""The form that corrects an entry of money: another takes it back, and both stay on record."""

import streamlit as st

from ctai.domain.corrections import shortfalls
from ctai.domain.faults import Refused
from ctai.domain.funding_history import FundingView, RecordedFlow, standing_entries
from ctai.domain.roles import Action, Viewer
from ctai.ui import funding_fields, funding_labels, half_typed, labels, notices
from ctai.ui.half_typed import typed
from ctai.ui.language import t
from ctai.ui.writes import funding as writes

_FIELDS: dict[str, object] = {"entry": None, "why": ""}


def correct(viewer: Viewer, found: FundingView) -> None:
    """Let those who record money take back an entry that was wrong."""
    entries = {str(one.number): one for one in standing_entries(found.flows)}
    if not entries or not viewer.may_touch(Action.RECORD_MONEY, *found.owners):
        return
    form = f"funding_correction:{found.number}"
    with st.expander(t("Correct an entry"), icon=":material/undo:"):
        st.caption(
            t(
                "An entry is never deleted: a second one takes it back, and both stay on record. "
                "Then record the money as it was."
            )
        )
        half_typed.begin(viewer, form, _FIELDS)
        left, right = st.columns(2)
        with left:
            funding_fields.pick(
                form,
                "entry",
                t("Entry that is wrong"),
                list(entries),
                lambda number: _told(entries[number]),
            )
        with right:
            funding_fields.line(form, "why", t("Why it is wrong"), t("Such as: a zero too many"))
        if typed(form, "entry") or typed(form, "why"):
            half_typed.keep(viewer, form, list(_FIELDS))
        _foretold(found, entries.get(typed(form, "entry")))
        st.button(
            t("Correct this entry"),
            on_click=_correct,
            args=(viewer, form, found.number),
            key="funding_correct",
        )


def _told(one: RecordedFlow) -> str:
    return t(
        "{n}: {kind} of {donor}, {amount}, {date}",
        n=labels.number(one.number),
        kind=labels.budget_kind(one.flow.kind),
        donor=one.flow.donor,
        amount=funding_labels.money(one.flow.amount, one.flow.currency),
        date=labels.when(one.flow.happened),
    )


def _foretold(found: FundingView, wrong: RecordedFlow | None) -> None:
    """Say beforehand that what is left would no longer bear out the request's state."""
    if wrong is None:
        return
    flows = [one.flow for one in standing_entries(found.flows) if one is not wrong]
    if [*shortfalls(flows, found.state)] and not [*shortfalls(found.standing, found.state)]:
        st.warning(
            t(
                "The request is “{state}”: without this entry the money on record no longer bears "
                "that out, until it is recorded anew.",
                state=funding_labels.state(found.state),
            )
        )


def _correct(viewer: Viewer, form: str, request_id: int) -> None:
    number = typed(form, "entry")
    if not number:
        st.warning(t("Choose the entry that is wrong."))
        return
    try:
        writes.correct(viewer, request_id, int(number), typed(form, "why"))
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    half_typed.end(viewer, form)
    notices.later(t("Taken back: both entries stay on record."))
