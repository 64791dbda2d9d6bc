"""Rungs: the ladder of a need as three steps, each with its state, its reasons and its answers."""

from collections.abc import Callable

import streamlit as st

from ctai.domain.funding_tests import proposed_tests
from ctai.domain.ladder import Consent, Enquiry, FundingTest, Rung, RungState, Standing, Tested
from ctai.domain.needs import UNMET_STATES
from ctai.domain.roles import Action, Viewer
from ctai.i18n import numbers
from ctai.ui import climb_forms, labels, ladder_labels, store
from ctai.ui.language import current, t
from ctai.ui.store.ladder import NeedStanding


def ladder(viewer: Viewer, found: NeedStanding) -> None:
    """Show the three rungs from the lowest to the highest, with what this viewer may do on each."""
    now = found.standing
    if now is None:
        return
    st.header(t("The ladder"), anchor=False)
    for rung, body in _BODIES.items():
        with st.container(border=True):
            _head(now, rung)
            body(viewer, found, now)


def _head(now: Standing, rung: Rung) -> None:
    stands = now.of(rung)
    with st.container(horizontal=True, vertical_alignment="center"):
        name = labels.led(f"{labels.number(int(rung))} · {ladder_labels.rung(rung)}")
        color = "gray" if stands.state is RungState.SHUT else "blue"
        st.markdown(f"**{name}**", width="stretch")
        st.markdown(f":{color}[{ladder_labels.rung_state(stands.state)}]", width="content")
    st.markdown(" ".join(ladder_labels.said(reason) for reason in stands.why))


def may_climb(viewer: Viewer, found: NeedStanding) -> bool:
    """Tell whether a viewer may take this need up the ladder."""
    own = viewer.may_touch(Action.CLIMB, frozenset(found.history.countries), frozenset())
    return own and found.state in UNMET_STATES


def _un_capacity(viewer: Viewer, found: NeedStanding, now: Standing) -> None:
    _enquiries(viewer, found, Rung.UN_CAPACITY)
    if may_climb(viewer, found):
        climb_forms.ask(viewer, found)


def _outside(viewer: Viewer, found: NeedStanding, now: Standing) -> None:
    consents(viewer, found)
    _enquiries(viewer, found, Rung.OUTSIDE)
    if may_climb(viewer, found) and now.of(Rung.OUTSIDE).state is not RungState.SHUT:
        climb_forms.ask_states(viewer, found)
        climb_forms.share(viewer, found)


def _funding(viewer: Viewer, found: NeedStanding, now: Standing) -> None:
    may_judge = may_climb(viewer, found) and now.of(Rung.FUNDING).state is not RungState.SHUT
    proposed = {p.test: p for p in proposed_tests(found.history, store.today())}
    is_shut = now.of(Rung.FUNDING).state is RungState.SHUT
    shown = [test for test in FundingTest if not is_shut or now.test(test) is not None]
    if shown:
        st.markdown("\n".join(_judgement(test, now.test(test)) for test in shown))
    if may_judge:
        answers = {test: now.test(test) for test in FundingTest}
        for test, answer in answers.items():
            if answer is None:
                climb_forms.judge(viewer, found, test, proposed.get(test))
        answered = {test: answer for test, answer in answers.items() if answer is not None}
        climb_forms.judge_anew(viewer, found, answered)


_BODIES: dict[Rung, Callable[[Viewer, NeedStanding, Standing], None]] = {
    Rung.UN_CAPACITY: _un_capacity,
    Rung.OUTSIDE: _outside,
    Rung.FUNDING: _funding,
}


def _judgement(test: FundingTest, answer: Tested | None) -> str:
    if answer is None:
        return t("- {test}: no answer yet", test=ladder_labels.funding_test(test))
    return t(
        "- {test}: **{passed}** · {role}, {date}. {reason}",
        test=ladder_labels.funding_test(test),
        passed=ladder_labels.passed(answer.passed),
        role=labels.plain(answer.answered_as),
        date=labels.when(answer.answered_on.isoformat() if answer.answered_on else None),
        reason=labels.plain(answer.reason),
    )


def _enquiries(viewer: Viewer, found: NeedStanding, rung: Rung) -> None:
    """List who was asked, newest round first, with the form for those whose answer is awaited."""
    asked = [enquiry for enquiry in found.history.enquiries if enquiry.rung is rung]
    asked.sort(key=lambda e: (e.entity, -e.round))
    if asked:
        st.markdown("\n".join(_line(enquiry) for enquiry in asked))
    action = Action.ANSWER_CAPACITY if rung is Rung.UN_CAPACITY else Action.OFFER
    countries = frozenset(found.history.countries)
    for enquiry in asked:
        may_answer = viewer.may_touch(action, countries, frozenset({enquiry.entity}))
        if may_answer and _is_awaited(found, enquiry):
            climb_forms.answer(viewer, enquiry)


def _is_awaited(found: NeedStanding, asked: Enquiry | Consent) -> bool:
    return found.state in UNMET_STATES and asked.is_awaited(store.today())


def offers(viewer: Viewer, found: NeedStanding) -> None:
    """Show a donor what it was asked, with the form to answer."""
    _enquiries(viewer, found, Rung.OUTSIDE)


def _line(enquiry: Enquiry) -> str:
    asked_on, due = enquiry.asked_on.isoformat(), enquiry.due_on.isoformat()
    if enquiry.answer is None:
        text = t(
            "- **{entity}**: asked on {asked}, to answer by {due}",
            entity=labels.plain(ladder_labels.who(enquiry.entity)),
            asked=labels.when(asked_on),
            due=labels.when(due),
        )
    elif not enquiry.answered_as:
        text = t(
            "- **{entity}**: {answer} ({due})",
            entity=labels.plain(ladder_labels.who(enquiry.entity)),
            answer=ladder_labels.answer(enquiry.answer),
            due=labels.when(due),
        )
    else:
        text = t(
            "- **{entity}**: {answer} · {role}, {date}. {reason}",
            entity=labels.plain(ladder_labels.who(enquiry.entity)),
            answer=ladder_labels.answer(enquiry.answer),
            role=labels.plain(enquiry.answered_as),
            date=labels.when(enquiry.answered_on.isoformat() if enquiry.answered_on else None),
            reason=labels.plain(enquiry.reason),
        )
    return f"{text} {_amount(enquiry)}".rstrip()


def _amount(enquiry: Enquiry) -> str:
    if enquiry.amount is None:
        return ""
    amount = numbers.money(current(), enquiry.amount, enquiry.currency)
    usd = enquiry.amount_usd
    if usd is None or enquiry.currency == "USD":
        return labels.plain(amount)
    return labels.plain(
        t(
            "{amount}, which is {usd} at the rate of {date}",
            amount=amount,
            usd=numbers.money(current(), usd, "USD"),
            date=labels.when(enquiry.rate_date),
        )
    )


def consents(viewer: Viewer, found: NeedStanding) -> None:
    """List what States were asked and said, with the form for a State whose answer is awaited."""
    asked = sorted(found.history.consents, key=lambda c: (c.iso3, -c.round))
    if asked:
        st.markdown("\n".join(_consent_line(consent) for consent in asked))
    for consent in asked:
        mine = viewer.may_touch(Action.ANSWER_CONSENT, frozenset({consent.iso3}), frozenset())
        if mine and _is_awaited(found, consent):
            climb_forms.answer_for_state(viewer, consent.number or 0, consent.iso3)


def _consent_line(consent: Consent) -> str:
    country = labels.country(consent.iso3)
    due = labels.when(consent.due_on.isoformat())
    if consent.answer is not None:
        return t(
            "- **{country}**: {answer} · {role}, {date}. {reason}",
            country=country,
            answer=ladder_labels.consent(consent.answer),
            role=labels.plain(consent.answered_as),
            date=labels.when(consent.answered_on.isoformat() if consent.answered_on else None),
            reason=labels.plain(consent.reason),
        ).rstrip()
    if consent.is_awaited(store.today()):
        return t("- **{country}**: may object until {due}", country=country, due=due)
    return t(
        "- **{country}**: did not object until {due}, which is consent", country=country, due=due
    )
