"""The first half of the way: from the government's request to the four tests of its need."""

from dataclasses import replace
from decimal import Decimal

from sqlmodel import Session

from ctai.domain.assessments import AssessmentFinding
from ctai.domain.climbing import Offer
from ctai.domain.evidence import Disclosure, Severity
from ctai.domain.ladder import Answer, ConsentAnswer, FundingTest
from ctai.domain.need_moves import Move
from ctai.domain.needs import NeedState
from ctai.domain.requests import RequestItem
from ctai.domain.roles import Visibility
from ctai.services.answer_capacity import answer_capacity
from ctai.services.answer_consent import answer_consent
from ctai.services.answer_test import answer_test
from ctai.services.ask_capacity import ask_capacity
from ctai.services.ask_consent import ask_consent
from ctai.services.move_need import move_need
from ctai.services.propose import submit
from ctai.services.record_offer import record_offer
from ctai.services.share_outside import share_outside
from tests.requests_drafts import (
    details,
    finding_ids,
    item_ids,
    raise_from_finding,
    raise_from_request,
    request_of,
    visit_of,
)
from tests.whole_way.case import (
    AREA,
    AS,
    DESK,
    DONOR,
    ELSEWHERE,
    FINDING,
    FOCAL,
    NEED,
    OTHER_DONOR,
    STATE,
    Case,
)


def the_request_gets_an_area(case: Case) -> None:
    """The request of June 2012 is read again, and an area named in it."""

    def write(session: Session) -> None:
        draft = request_of(session, case["request"], DESK)
        assert (draft.country, draft.requested_on, draft.items) == ("BFA", "2012-06", ())
        wanted = replace(draft, items=(RequestItem("III.8", AREA),))
        submit(session, DESK, wanted, case["request"], 1, "Read again")

    case.writes(write)


def the_assessment_gets_a_finding(case: Case) -> None:
    """The assessment of February 2009 gets a finding that is for the United Nations alone."""

    def write(session: Session) -> None:
        draft = visit_of(session, case["assessment"], DESK)
        assert (draft.lead, draft.newest_date, draft.discoveries) == ("CTED", "2009-02", ())
        found = AssessmentFinding("II.13", FINDING, Severity.HIGH, Disclosure.PARTLY)
        wanted = replace(draft, discoveries=(found,))
        submit(session, DESK, wanted, case["assessment"], 1, "Read again")

    case.writes(write)


def each_becomes_a_need(case: Case) -> None:
    """Both rest on their evidence; the first is kept inside the United Nations for now."""
    asked = details(
        NEED,
        estimated_cost=Decimal(140_000),
        cost_currency="USD",
        cost_rate_usd=None,
        cost_rate_date=None,
        visibility=Visibility.UN_SYSTEM,
    )

    def need(session: Session) -> int:
        (item,) = item_ids(session, case["request"])
        return raise_from_request(session, DESK, case["request"], item, asked)

    def other(session: Session) -> int:
        (found,) = finding_ids(session, case["assessment"])
        return raise_from_finding(session, DESK, case["assessment"], found, details(FINDING))

    case.numbers["need"] = case.writes(need)
    case.numbers["other"] = case.writes(other)
    being_answered = Move(NeedState.BEING_ANSWERED)
    case.refuses(
        "No answer is recorded",
        lambda s: move_need(s, DESK, case["need"], being_answered, 1, case.day),
    )


def entities_are_asked(case: Case) -> None:
    """UNODC and CTED are asked what they can do; nobody outside may be asked before they answer."""
    case.refuses("not yours", lambda s: ask_capacity(s, ELSEWHERE, case["need"], ["UNODC"]))
    asked = ["UNODC", "CTED"]
    case.writes(lambda s: ask_capacity(s, DESK, case["need"], asked, "Who trains?", case.day))
    for_consent = "Help from outside can't be sought yet."
    case.refuses(for_consent, lambda s: ask_consent(s, DESK, case["need"], ["BFA"], case.day))


def entities_answer(case: Case) -> None:
    """UNODC says for itself that it can with money; of CTED, the desk records that it cannot."""
    case.later(1)
    unodc, cted = case.question("UNODC"), case.question("CTED")
    cannot = Answer.CANNOT, "No trainer", AS, case.day
    case.refuses("not yours to answer", lambda s: answer_capacity(s, FOCAL, cted, *cannot))
    with_money = Answer.CAN_WITH_MONEY, "Trainers are there, travel is not paid", AS, case.day
    case.writes(lambda s: answer_capacity(s, FOCAL, unodc, *with_money))
    case.writes(lambda s: answer_capacity(s, DESK, cted, *cannot))
    case.refuses("answered on", lambda s: answer_capacity(s, FOCAL, unodc, *with_money))


def the_state_is_asked(case: Case) -> None:
    """Nothing is shared before the State was asked, nor while it may still object."""
    share = ["DNK"], "140 000 dollars", case.day
    case.refuses("Ask each State first", lambda s: share_outside(s, DESK, case["need"], *share))
    case.writes(lambda s: ask_consent(s, DESK, case["need"], ["BFA"], case.day))
    case.refuses("may still object", lambda s: share_outside(s, DESK, case["need"], *share))


def the_state_consents(case: Case) -> None:
    """The State answers for itself, though it does not see the need here yet."""
    case.later(1)
    number = case.consent()
    consents = ConsentAnswer.CONSENTS, "", AS, case.day
    case.refuses("not yours to answer", lambda s: answer_consent(s, FOCAL, number, *consents))
    case.writes(lambda s: answer_consent(s, STATE, number, *consents))


def the_need_is_shared(case: Case) -> None:
    """Denmark sees the need once it is shared with it, and no other donor does."""
    essential = FundingTest.ESSENTIAL, True, "No case succeeds", AS, None, case.day
    case.refuses("the third rung is shut", lambda s: answer_test(s, DESK, case["need"], *essential))
    share = ["DNK"], "140 000 dollars", case.day
    case.writes(lambda s: share_outside(s, DESK, case["need"], *share))
    case.refuses("the third rung is shut", lambda s: answer_test(s, DESK, case["need"], *essential))


def the_donor_offers_too_little(case: Case) -> None:
    """Denmark offers a seventh of the cost; nobody else answers in its place."""
    case.later(1)
    number = case.question("DNK")
    part = Offer(Decimal(20_000), "USD")
    offers = Answer.OFFERS, "No more before next year", AS, part, case.day
    case.refuses("not yours to answer", lambda s: record_offer(s, OTHER_DONOR, number, *offers))
    case.refuses("not yours to answer", lambda s: record_offer(s, FOCAL, number, *offers))
    case.writes(lambda s: record_offer(s, DONOR, number, *offers))


def three_tests_are_answered(case: Case) -> None:
    """The desk answers all tests but the last."""
    for test in list(FundingTest)[:-1]:
        _answer(case, test)


def the_last_test_is_answered(case: Case) -> None:
    """Donors are unlikely to fund it: then gap-filling funding may be asked."""
    _answer(case, FundingTest.DONORS_UNLIKELY)


def _answer(case: Case, test: FundingTest) -> None:
    said = test, True, "Without investigators no case succeeds", AS, None, case.day
    case.writes(lambda s: answer_test(s, DESK, case["need"], *said))
