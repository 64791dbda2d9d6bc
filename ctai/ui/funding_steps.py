"""What its reader may do with a funding request now: move it, review it, record money for it."""

import streamlit as st

from ctai.domain.faults import Fault, Refused
from ctai.domain.funding import (
    MOVES,
    FundingState,
    Replies,
    Reply,
    ReviewAnswer,
    ReviewQuestion,
)
from ctai.domain.funding_history import FundingView, moves_open
from ctai.domain.funding_money import FLOW_STATES, Flow
from ctai.domain.money import CURRENCIES, BudgetKind
from ctai.domain.roles import Action, Viewer
from ctai.ui import (
    funding_entry,
    funding_fields,
    funding_labels,
    half_typed,
    labels,
    notices,
    store,
)
from ctai.ui.half_typed import key, typed
from ctai.ui.language import t
from ctai.ui.writes import funding as writes

_MAIN = {
    FundingState.UNDER_REVIEW,
    FundingState.ENDORSED,
    FundingState.FUNDED,
    FundingState.REPORTED,
    FundingState.CLOSED,
}
"""The step that most people come for; shown first in colour."""


def show(viewer: Viewer, found: FundingView) -> None:
    """Show the steps that the viewer may take now, with a comment for whichever they take."""
    steps = [after for after in moves_open(viewer, found) if after is not FundingState.SUBMITTED]
    _own_writing(viewer, found)
    if not steps:
        return
    form = f"funding_step:{found.number}"
    is_review = FundingState.ENDORSED in steps
    with st.container(border=True):
        st.header(t("Your next step"), anchor=False)
        half_typed.begin(viewer, form, _empty())
        if is_review:
            _questions(form)
        st.text_area(
            t("Comment"),
            key=key(form, "comment"),
            height=80,
            placeholder=t("Needed to return, withdraw, decline or report"),
            persist_state="session",
        )
        if any(st.session_state.get(key(form, field)) for field in _empty()):
            half_typed.keep(viewer, form, list(_empty()))
        with st.container(horizontal=True):
            for after in steps:
                st.button(
                    funding_labels.step(after),
                    icon=funding_labels.STEP_ICONS[after],
                    type="primary" if after in _MAIN else "secondary",
                    on_click=_take,
                    args=(viewer, form, found, after),
                    key=f"funding_{after}",
                )


def _own_writing(viewer: Viewer, found: FundingView) -> None:
    """Say why somebody with the right to review may not review this one."""
    reviews = [move for move in MOVES[found.state].values() if move.is_review]
    may = viewer.may_touch(Action.REVIEW_FUNDING, *found.owners)
    if reviews and may and viewer.username in found.writers:
        st.caption(t("You have written in this request: a colleague has to review it."))


def _empty() -> dict[str, object]:
    fields: dict[str, object] = {"comment": ""}
    for question in ReviewQuestion:
        fields |= {question.value: None, f"{question.value}_why": ""}
    return fields


def _questions(form: str) -> None:
    """Ask the fixed questions of the review, each with room for the reason."""
    for question in ReviewQuestion:
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        with left:
            st.radio(
                funding_labels.question(question),
                list(ReviewAnswer),
                index=None,
                format_func=funding_labels.answer,
                horizontal=True,
                key=key(form, question.value),
                persist_state="session",
            )
        with right:
            st.text_input(
                t("Reason for “{question}”", question=funding_labels.question(question)),
                key=key(form, f"{question.value}_why"),
                placeholder=t("Reason, for “partly” and “no”"),
                label_visibility="collapsed",
                persist_state="session",
            )


def _replies(form: str) -> Replies:
    found: dict[ReviewQuestion, Reply] = {}
    for question in ReviewQuestion:
        answer = typed(form, question.value)
        if answer:
            found[question] = Reply(ReviewAnswer(answer), typed(form, f"{question.value}_why"))
    return found


def _take(viewer: Viewer, form: str, found: FundingView, after: FundingState) -> None:
    try:
        writes.move(
            viewer, after, found.number, typed(form, "comment"), _replies(form), found.version
        )
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    half_typed.end(viewer, form)
    notices.later(t("Done: {state}.", state=funding_labels.state(after)))


def record_money(viewer: Viewer, found: FundingView) -> None:
    """Show the form for a donor's money, where the viewer may record some now."""
    kinds = [kind for kind, states in FLOW_STATES.items() if found.state in states]
    if not kinds or not viewer.may_touch(Action.RECORD_MONEY, *found.owners):
        return
    form = f"funding_flow:{found.number}"
    fields: dict[str, object] = {
        "kind": kinds[0].value,
        "donor": None,
        "amount": "",
        "currency": found.draft.currency,
        "rate_usd": "",
        "rate_date": "",
        "happened": store.today().isoformat(),
        "reference": "",
    }
    with st.expander(t("Record money"), icon=":material/add_card:"):
        half_typed.begin(viewer, form, fields)
        _flow_fields(viewer, form, kinds)
        if typed(form, "amount") or typed(form, "donor"):
            half_typed.keep(viewer, form, list(fields))
        st.button(
            t("Record"),
            type="primary",
            on_click=_record,
            args=(viewer, form, found.number),
            key="funding_record",
        )


def _flow_fields(viewer: Viewer, form: str, kinds: list[BudgetKind]) -> None:
    donors = sorted(store.entities(viewer), key=lambda one: store.entities(viewer)[one] != "donor")
    date_hint = t("2017, 2017-08 or 2017-08-28")
    kind, donor, happened = st.columns(3)
    with kind:
        funding_fields.pick(form, "kind", t("Kind of amount"), kinds, labels.budget_kind)
    with donor:
        funding_fields.pick(form, "donor", t("Donor"), donors, labels.entity)
    with happened:
        funding_fields.line(form, "happened", t("Date"), date_hint)
    amount, currency, rate, day = st.columns(4)
    with amount:
        funding_fields.line(form, "amount", t("Amount"))
    with currency:
        funding_fields.pick(form, "currency", t("Currency"), sorted(CURRENCIES), str)
    with rate:
        funding_fields.line(
            form, "rate_usd", t("US dollars for one unit"), t("1.0835; empty for US dollars")
        )
    with day:
        funding_fields.line(form, "rate_date", t("Rate of"), date_hint)
    funding_fields.line(form, "reference", t("Reference, such as the letter's number"))


def _record(viewer: Viewer, form: str, number: int) -> None:
    faults: list[Fault] = []
    amount = funding_entry.amount(typed(form, "amount"), "amount", faults)
    rate = funding_entry.rate(typed(form, "rate_usd"), faults)
    kind = typed(form, "kind")
    if not typed(form, "amount"):
        faults.append(Fault("The amount is missing.", "amount"))
    if not kind:
        faults.append(Fault("Say what kind of amount it is.", "kind"))
    if faults or amount is None:
        notices.refused(faults)
        return
    flow = Flow(
        BudgetKind(kind),
        typed(form, "donor"),
        amount,
        typed(form, "currency"),
        typed(form, "happened"),
        rate,
        typed(form, "rate_date") or None,
        typed(form, "reference"),
    )
    try:
        writes.record(viewer, number, flow)
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    half_typed.end(viewer, form)
    notices.later(t("Recorded."))
