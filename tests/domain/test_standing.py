"""The ladder: a rung opens on recorded answers, or when their time has run out, never earlier."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from ctai.domain.funding_tests import (
    contradictions,
    fundable,
    funding_test_faults,
    proposed_tests,
)
from ctai.domain.ladder import (
    Answer,
    ConsentAnswer,
    ConsentStanding,
    Enquiry,
    FundingTest,
    History,
    Rung,
    RungState,
)
from ctai.domain.needs import NeedState
from ctai.domain.standing import standing
from tests.ladder_drafts import (
    CONSENT_DUE,
    DATES,
    DUE,
    HISTORIES,
    LATE,
    MONDAY,
    asked,
    consent,
    judged,
)

SHUT, OPEN, DONE = RungState.SHUT, RungState.OPEN, RungState.DONE
OUT = Rung.OUTSIDE


def states(history: History, today: date = MONDAY) -> tuple[RungState, ...]:
    return tuple(rung.state for rung in standing(history, today).rungs)


def told(history: History, rung: Rung, today: date = MONDAY) -> list[str]:
    return [reason.message for reason in standing(history, today).of(rung).why]


def newest(history: History, rung: Rung) -> dict[str, Enquiry]:
    """Give the answers that count, worked out apart from the rule."""
    found: dict[str, Enquiry] = {}
    for enquiry in sorted(history.enquiries, key=lambda e: e.round):
        if enquiry.rung is rung:
            found[enquiry.entity] = enquiry
    return found


# --- laws ----------------------------------------------------------------------------------------


@given(HISTORIES, DATES)
def test_the_second_rung_never_opens_before_the_first_is_answered(
    history: History, today: date
) -> None:
    now = standing(history, today)
    asked_first = [*newest(history, Rung.UN_CAPACITY).values()]
    is_settled = bool(asked_first) and all(
        e.answer is not None or today > e.due_on for e in asked_first
    )
    is_able = any(e.answer is Answer.CAN for e in asked_first)
    assert (now.of(Rung.OUTSIDE).state is not SHUT) == (is_settled and not is_able)


@given(HISTORIES, DATES)
def test_the_third_rung_never_opens_before_outside_help_was_sought_or_refused(
    history: History, today: date
) -> None:
    now = standing(history, today)
    if now.of(Rung.FUNDING).state is SHUT:
        return
    assert now.of(Rung.OUTSIDE).state is DONE
    if now.consent is ConsentStanding.REFUSED:
        return
    assert now.consent is ConsentStanding.GIVEN
    outside = [*newest(history, OUT).values()]
    assert outside
    for enquiry in outside:
        assert enquiry.answer is not Answer.OFFERS
        assert enquiry.answer is not None or today > enquiry.due_on


@given(HISTORIES, DATES)
def test_no_rung_is_open_above_a_shut_one(history: History, today: date) -> None:
    first, second, third = states(history, today)
    assert first is not SHUT
    assert not (second is SHUT and third is not SHUT)
    assert not (second is OPEN and third is not SHUT)


@given(HISTORIES, DATES)
def test_every_rung_says_why_and_what_is_awaited_is_not_overdue(
    history: History, today: date
) -> None:
    now = standing(history, today)
    for rung in now.rungs:
        assert rung.why
        assert all(question.due_on >= today for question in rung.awaited)
    assert all(enquiry.due_on < today for enquiry in now.run_out)
    for reason in (reason for rung in now.rungs for reason in rung.why):
        assert reason.as_fault().in_english()


@given(HISTORIES, DATES)
def test_a_need_is_fundable_only_with_four_met_tests_on_an_open_rung(
    history: History, today: date
) -> None:
    now = standing(history, today)
    is_open = now.of(Rung.FUNDING).state is not SHUT
    newest_tests = {t.test: t.passed for t in sorted(history.tests, key=lambda t: t.number)}
    all_met = all(newest_tests.get(test, False) for test in FundingTest)
    for state in NeedState:
        unmet = state not in (NeedState.ADDRESSED, NeedState.WITHDRAWN)
        assert (not fundable("N-1", state, now)) == (is_open and all_met and unmet)


@given(HISTORIES, DATES)
def test_what_is_proposed_of_a_test_is_never_refused_as_a_contradiction(
    history: History, today: date
) -> None:
    for proposed in proposed_tests(history, today):
        assert not contradictions(history, today, proposed.test, passed=proposed.passed)
        assert proposed.reasons


@given(HISTORIES, DATES)
def test_the_order_in_which_rows_are_read_does_not_matter(history: History, today: date) -> None:
    turned = replace(
        history,
        enquiries=history.enquiries[::-1],
        consents=history.consents[::-1],
        tests=history.tests[::-1],
    )
    assert states(turned, today) == states(history, today)
    assert standing(turned, today).tests == standing(history, today).tests


# --- by hand -------------------------------------------------------------------------------------


def test_a_new_need_stands_on_the_first_rung() -> None:
    history = History(("NGA",))
    assert states(history) == (OPEN, SHUT, SHUT)
    assert standing(history, MONDAY).due is None


def test_while_an_entity_may_answer_nothing_opens() -> None:
    history = History(("NGA",), (asked("UNODC", Answer.CANNOT), asked("CTED")))
    assert states(history, DUE) == (OPEN, SHUT, SHUT)
    assert standing(history, DUE).due == DUE
    assert states(history, LATE) == (DONE, OPEN, SHUT)
    assert [e.entity for e in standing(history, LATE).run_out] == ["CTED"]


def test_an_entity_that_can_keeps_the_rungs_above_shut() -> None:
    history = History(("NGA",), (asked("UNODC", Answer.CAN), asked("CTED", Answer.CANNOT)))
    assert states(history, LATE) == (DONE, SHUT, SHUT)
    assert told(history, OUT) == [
        "It stays shut: the need can be answered within the United Nations, by {entities}."
    ]


def test_an_entity_that_can_with_money_lets_help_from_outside_be_sought() -> None:
    assert states(History(("NGA",), (asked("UNODC", Answer.CAN_WITH_MONEY),))) == (DONE, OPEN, SHUT)


def test_an_entity_asked_again_counts_by_its_new_round() -> None:
    can = asked("UNODC", Answer.CAN)
    again = asked("UNODC", Answer.CANNOT, round=2)
    assert states(History(("NGA",), (can,))) == (DONE, SHUT, SHUT)
    assert states(History(("NGA",), (can, asked("UNODC", round=2)))) == (OPEN, SHUT, SHUT)
    assert states(History(("NGA",), (can, again))) == (DONE, OPEN, SHUT)


UNABLE = (asked("UNODC", Answer.CANNOT),)


def test_no_objection_in_five_working_days_is_consent() -> None:
    history = History(("NGA",), UNABLE, (consent(),))
    assert standing(history, CONSENT_DUE).consent is ConsentStanding.AWAITED
    assert standing(history, CONSENT_DUE).due == CONSENT_DUE
    assert standing(history, CONSENT_DUE + timedelta(days=1)).consent is ConsentStanding.GIVEN


def test_each_country_of_a_need_is_asked() -> None:
    yes = consent("NGA", ConsentAnswer.CONSENTS)
    both = ("BFA", "NGA")
    assert standing(History(both, UNABLE, (yes,)), LATE).consent is ConsentStanding.NOT_ASKED
    given_by_both = (yes, consent("BFA", ConsentAnswer.CONSENTS))
    assert standing(History(both, UNABLE, given_by_both), MONDAY).consent is ConsentStanding.GIVEN
    one_objects = (yes, consent("BFA", ConsentAnswer.OBJECTS))
    assert standing(History(both, UNABLE, one_objects), LATE).consent is ConsentStanding.REFUSED


def test_an_objection_closes_outside_help_and_opens_the_third_rung_with_that_reason() -> None:
    history = History(("NGA",), UNABLE, (consent("NGA", ConsentAnswer.OBJECTS),))
    assert states(history) == (DONE, DONE, OPEN)
    assert told(history, OUT)[0] == (
        "Sharing was refused by {countries}: help from outside is closed."
    )
    (donors,) = [
        p for p in proposed_tests(history, MONDAY) if p.test is FundingTest.DONORS_UNLIKELY
    ]
    assert donors.passed
    assert donors.reasons == standing(history, MONDAY).of(OUT).why


AGREED = (consent("NGA", ConsentAnswer.CONSENTS),)


def outside(*enquiries: tuple[Answer | None, Decimal | None], cost: str | None = None) -> History:
    rows = [
        replace(asked(f"Donor {n}", answer, OUT), amount=amount, currency="USD")
        for n, (answer, amount) in enumerate(enquiries)
    ]
    return History(
        ("NGA",), (*UNABLE, *rows), AGREED, cost_usd=None if cost is None else Decimal(cost)
    )


@pytest.mark.parametrize(
    ("history", "third"),
    [
        (outside(), SHUT),
        (outside((None, None)), SHUT),
        (outside((Answer.DECLINES, None)), OPEN),
        (outside((Answer.SILENT, None), (Answer.DECLINES, None)), OPEN),
        (outside((Answer.OFFERS, None)), SHUT),
        (outside((Answer.OFFERS, None), cost="100"), SHUT),
        (outside((Answer.OFFERS, Decimal(40)), cost="100"), OPEN),
        (outside((Answer.OFFERS, Decimal(40)), (Answer.OFFERS, Decimal(60)), cost="100"), SHUT),
        (outside((Answer.OFFERS, Decimal(40)), (None, None), cost="100"), SHUT),
        (outside((Answer.OFFERS, Decimal(40))), SHUT),
    ],
)
def test_only_offers_that_are_surely_too_little_leave_the_third_rung_open(
    history: History, third: RungState
) -> None:
    assert standing(history, MONDAY).of(Rung.FUNDING).state is third


def test_an_offer_without_a_rate_is_not_called_too_little() -> None:
    history = outside((Answer.OFFERS, Decimal(1)), cost="100")
    in_francs = replace(history.enquiries[1], currency="XOF")
    unrated = replace(history, enquiries=(history.enquiries[0], in_francs))
    assert standing(unrated, MONDAY).of(Rung.FUNDING).state is SHUT


def test_the_newest_answer_to_a_test_counts() -> None:
    history = outside((Answer.DECLINES, None))
    passed = tuple(judged(test, True, number) for number, test in enumerate(FundingTest))
    met = replace(history, tests=passed)
    assert not fundable("N-1", NeedState.OPEN, standing(met, MONDAY))
    failed = replace(met, tests=(*passed, judged(FundingTest.ESSENTIAL, False, 9)))
    (fault,) = fundable("N-1", NeedState.OPEN, standing(failed, MONDAY))
    assert fault.in_english() == "need · Need N-1 was found not to be essential."


def test_every_missing_test_is_named() -> None:
    faults = fundable("N-1", NeedState.OPEN, standing(outside((Answer.DECLINES, None)), MONDAY))
    assert len({fault.message for fault in faults}) == len(FundingTest)


@pytest.mark.parametrize(
    ("history", "test"),
    [
        (History(("NGA",), (asked("UNODC", Answer.CAN),)), FundingTest.NOT_FROM_UN),
        (outside((Answer.OFFERS, None)), FundingTest.DONORS_UNLIKELY),
    ],
)
def test_a_test_that_contradicts_the_answers_is_refused(
    history: History, test: FundingTest
) -> None:
    assert contradictions(history, MONDAY, test, passed=True)
    assert not contradictions(history, MONDAY, test, passed=False)
    (proposed,) = [p for p in proposed_tests(history, MONDAY) if p.test is test]
    assert not proposed.passed


def test_a_test_is_refused_with_every_reason_at_once() -> None:
    history = History(("NGA",), (asked("UNODC", Answer.CAN),))
    faults = funding_test_faults(history, MONDAY, FundingTest.NOT_FROM_UN, True, " ", "")
    assert [fault.column for fault in faults] == ["test", "test", "test", "reason", "answered_as"]
