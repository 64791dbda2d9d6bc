"""A need on the screen: what is lacking and since when, its evidence, and what became of it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ctai.domain.kinds import RecordKind
from ctai.domain.needs import UNMET_STATES
from ctai.domain.roles import Action, Viewer
from ctai.domain.strategy import by_code
from ctai.i18n import numbers
from ctai.ui import (
    answer_links,
    choice,
    climb_forms,
    headline,
    labels,
    ladder_labels,
    need_amend,
    need_forms,
    record_history,
    record_links,
    rungs,
    steps,
    store,
    waiting_changes,
)
from ctai.ui.language import current, t
from ctai.ui.store import ladder as reads
from ctai.ui.store import need_drafts
from ctai.ui.store.ladder import NeedStanding


def show(viewer: Viewer, head: DeltaGenerator, number: int) -> None:
    """Show a need whole; to a State, also one of which it sees no more than the question."""
    found = reads.need(viewer, number)
    if found is None:
        _only_asked(viewer, head, number)
        return
    headline.page(head, labels.titled(found.need.title, found.need.language), _answer(found))
    notice = st.container()
    with notice:
        steps.begin(viewer, _forms(number))
    _back()
    _buttons(viewer, number)
    _facts(found)
    need_forms.checks(viewer, found)
    rungs.ladder(viewer, found)
    if found.standing is None:
        _asked_outside(viewer, found)
    answer_links.answers(viewer, found)
    need_forms.move(viewer, found)
    with notice:
        steps.end(viewer, _forms(number))
    _history(viewer, number)


def _answer(found: NeedStanding) -> str:
    """Say how the need stands, how long it has waited, and what it waits for."""
    state = labels.need_state(found.need.state)
    now = found.standing
    if now is None or found.state not in UNMET_STATES:
        return t("{state}. {age}", state=state, age=_age(found))
    why = ladder_labels.said(now.reached.why[0])
    return t("{state}. {age} {why}", state=state, age=_age(found), why=why)


def _age(found: NeedStanding) -> str:
    since = found.need.evidence_date
    if since is None:
        return t("Nobody knows since when.")
    age = labels.age_since(since, store.today())
    if found.state in UNMET_STATES:
        return t("It has waited for {age}.", age=age)
    return t("It was found {age} ago.", age=age)


def _back() -> None:
    st.button(
        t("All unmet needs"),
        icon=":material/arrow_back:" if current() != "ar" else ":material/arrow_forward:",
        type="tertiary",
        on_click=choice.put,
        args=("need", []),
    )


def _buttons(viewer: Viewer, number: int) -> None:
    """Let those amend the need whose it is, unless a change of their entity waits."""
    draft = need_drafts.need(viewer, number)
    with st.container(horizontal=True, vertical_alignment="center"):
        is_held = waiting_changes.hold(viewer, RecordKind.NEED, number)
        if draft is not None and not is_held and need_drafts.may_amend(viewer, draft):
            st.button(t("Amend"), icon=":material/edit:", on_click=record_links.amend)
        waiting_changes.show(viewer, RecordKind.NEED, number)


def amend(viewer: Viewer, head: DeltaGenerator, number: int | None) -> None:
    """Show the form that amends a need, above the need as it stands; None for one yet to be."""
    need_amend.show(viewer, head, number)
    if number is None:
        return
    found = reads.need(viewer, number)
    if found is not None:
        with st.expander(t("The record as it stands now"), icon=":material/visibility:"):
            _facts(found)
    record_links.back_button()


def _facts(found: NeedStanding) -> None:
    need = found.need
    cost = t("not known")
    if need.estimated_cost is not None and need.cost_currency:
        cost = numbers.money(current(), need.estimated_cost, need.cost_currency)
    pairs = {
        t("Countries"): labels.joined(labels.country(iso3) for iso3 in found.countries),
        t("Measure"): labels.measure(need.measure),
        t("Severity"): labels.severity(need.severity),
        t("Age"): labels.age_since(need.evidence_date, store.today()),
        t("Wanted by"): labels.when(need.wanted_by),
        t("Estimated cost"): labels.plain(cost),
        t("Number"): labels.plain(need.code),
        t("Who may see it"): labels.visibility(need.visibility),
    }
    if need.for_whom:
        pairs[t("For whom")] = labels.plain(need.for_whom)
    if need.answered_on:
        pairs[t("Answered on")] = labels.when(need.answered_on)
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.markdown("  \n".join(f"**{label}**: {text}" for label, text in pairs.items()))
        if not by_code()[need.measure].national:
            st.caption(
                t(
                    "This measure is the United Nations' own to carry out: the need stands in the "
                    "lists, and not in the gap matrix, which is of States' measures."
                )
            )
    with right:
        _evidence(found)


def _evidence(found: NeedStanding) -> None:
    need = found.need
    st.markdown(
        t(
            "{kind} by {body}: {title}. Reference: {reference}. Dated: {date}.",
            kind=labels.evidence_kind(need.evidence_kind),
            body=labels.plain(need.evidence_body),
            title=labels.plain(need.evidence_title or t("no title given")),
            reference=labels.plain(need.evidence_ref or t("none given")),
            date=labels.when(need.evidence_date),
        )
    )
    st.markdown(
        t(
            "{state}, as of {date}. {disclosed}. {basis}.",
            state=labels.need_state(need.state),
            date=labels.when(need.state_as_of),
            disclosed=labels.disclosure(need.disclosed),
            basis=labels.basis(need.basis),
        )
    )
    for source in found.sources:
        st.markdown(f"<{source.url}>")
    if need.note:
        st.caption(t("Note of the record: {note}", note=labels.plain(need.note)))


def _only_asked(viewer: Viewer, head: DeltaGenerator, number: int) -> None:
    """Let a State answer about a need that it does not see here, or say that there is none."""
    asked = [w for w in reads.waiting(viewer) if w.need_id == number and w.iso3 is not None]
    if not asked:
        headline.page(head, t("What does this need wait for?"), t("Nothing is shown."))
        st.warning(t("There is no such need, or it is not open to you."))
        _back()
        return
    headline.page(
        head,
        labels.titled(asked[0].title, asked[0].language),
        t("You are asked whether this need may be shared outside the United Nations."),
    )
    _back()
    notice = st.container()
    with notice:
        steps.begin(viewer, _forms(number))
    st.markdown(labels.measure(asked[0].measure))
    for question in asked:
        due = labels.when(question.due_on.isoformat())
        st.markdown(t("No objection until {due} is taken as consent.", due=due))
        climb_forms.answer_for_state(viewer, question.number, question.iso3 or "")
    with notice:
        steps.end(viewer, _forms(number))


def _forms(number: int) -> str:
    return f"need:{number}"


def _asked_outside(viewer: Viewer, found: NeedStanding) -> None:
    """Show those outside the United Nations what they were asked themselves."""
    rungs.consents(viewer, found)
    rungs.offers(viewer, found)


def _history(viewer: Viewer, number: int) -> None:
    if not viewer.may(Action.SEE_HISTORY):
        return
    record_history.fold(RecordKind.NEED, reads.history(viewer, number), t("History of the need"))
