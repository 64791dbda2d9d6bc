"""The second half of the way: from a plan and the money to what the State says a year later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session

from ctai.domain.funding_draft import FundingDraft
from ctai.domain.ladder import Fit, MetAnswer
from ctai.domain.money import BudgetKind
from ctai.domain.need_moves import Move
from ctai.domain.needs import NeedState
from ctai.domain.plans import ItemState
from ctai.domain.roles import Viewer, Visibility
from ctai.models.needs import Need
from ctai.queries import need_drafts
from ctai.services import (
    file_funding,
    fund,
    record_flow,
    report_funding,
    review_funding,
)
from ctai.services.check_need import check_need
from ctai.services.decide_proposal import accept
from ctai.services.link_activity import link_activity
from ctai.services.move_need import move_need
from ctai.services.propose import submit
from tests.drafts import activity
from tests.funding_drafts import YES, flow, funding
from tests.whole_way import the_plan
from tests.whole_way.case import (
    AS,
    COLLEAGUE,
    COURSE,
    DESK,
    DONOR,
    ELSEWHERE,
    FOCAL,
    READER,
    READERS,
    STATE,
    Case,
    Write,
)


def asked(case: Case, risks: str = "Officers move; two are trained for each post.") -> FundingDraft:
    """Give the request for the need's money."""
    whole = funding((case["need"],), COURSE, visibility=Visibility.PUBLIC, total="140000")
    return replace(whole, risks=risks)


def the_money_is_asked_too_early(case: Case) -> None:
    """While a test has no answer, a request for the money is kept as a draft and not sent."""
    reason = "whether donors are likely to fund it in time"
    case.refuses(reason, lambda s: file_funding.submit(s, FOCAL, asked(case)))
    case.numbers["funding"] = case.writes(lambda s: file_funding.start(s, FOCAL, asked(case)))
    case.refuses(reason, lambda s: file_funding.submit(s, FOCAL, asked(case), case["funding"]))


def the_money_is_asked(case: Case) -> None:
    """The desk mends the draft and the focal point sends it: neither of them reviews it."""
    mended = asked(case, "Officers move; three are trained for each post.")
    case.writes(lambda s: file_funding.save(s, DESK, case["funding"], mended))
    case.writes(lambda s: file_funding.submit(s, FOCAL, mended, case["funding"]))
    own = "nobody reviews what they wrote"
    for author in (DESK, FOCAL):
        case.refuses(own, _by(case, review_funding.take_up, author))
    case.refuses("not yours", _by(case, review_funding.take_up, FOCAL))
    case.refuses("no such funding request", _by(case, review_funding.take_up, STATE))


def _by(case: Case, move: Callable[[Session, Viewer, int], object], who: Viewer) -> Write[object]:
    return lambda session: move(session, who, case["funding"])


def the_request_is_returned(case: Case) -> None:
    """A colleague takes it up and sends it back; its author sends it again."""
    case.writes(_by(case, review_funding.take_up, COLLEAGUE))
    number, comment = case["funding"], "Say who trains."
    case.refuses(
        "without an answer", lambda s: review_funding.endorse(s, COLLEAGUE, number, {}, "")
    )
    case.writes(lambda s: review_funding.send_back(s, COLLEAGUE, number, {}, comment))
    case.writes(lambda s: file_funding.submit(s, FOCAL, asked(case, "UNODC trains."), number))


def the_request_is_endorsed(case: Case) -> None:
    """The second round ends well, by somebody who wrote nothing of it."""
    case.writes(_by(case, review_funding.take_up, COLLEAGUE))
    number = case["funding"]
    case.refuses(
        "nobody reviews what they wrote",
        lambda s: review_funding.endorse(s, DESK, number, YES, ""),
    )
    case.writes(lambda s: review_funding.endorse(s, COLLEAGUE, number, YES, ""))
    case.refuses("No offer is recorded", _by(case, fund.offer, COLLEAGUE))


def the_money_is_pledged(case: Case) -> None:
    """A pledge makes it offered, and secures nothing."""
    _receives(case, BudgetKind.PLEDGE, 140_000)
    case.writes(_by(case, fund.offer, COLLEAGUE))
    case.refuses("a pledge secures nothing", _by(case, fund.fund, COLLEAGUE))


def the_money_is_committed(case: Case) -> None:
    """A commitment makes it funded; no more is committed than was asked."""
    _exceeds(case, BudgetKind.COMMITMENT, 140_001)
    _receives(case, BudgetKind.COMMITMENT, 90_000)
    case.writes(_by(case, fund.fund, COLLEAGUE))


def _receives(case: Case, kind: BudgetKind, amount: int) -> None:
    money = flow(kind, amount, "DNK")
    case.writes(lambda s: record_flow.record_flow(s, COLLEAGUE, case["funding"], money))


def _exceeds(case: Case, kind: BudgetKind, amount: int) -> None:
    money = flow(kind, amount, "DNK")
    record = record_flow.record_flow
    case.refuses("more than the", lambda s: record(s, COLLEAGUE, case["funding"], money))
    case.refuses("not yours", lambda s: record(s, FOCAL, case["funding"], money))


def an_activity_is_entered(case: Case) -> None:
    """What UNODC's focal point enters waits, counts for nothing, and is not theirs to accept."""
    draft = replace(
        activity(COURSE, ("BFA",), ("UNODC",), ("III.8",), visibility=Visibility.UN_SYSTEM),
        status_as_of=case.day.isoformat(),
    )
    elsewhere = replace(draft, participants=activity(entities=("CTED",)).participants)
    case.refuses("You may enter records of", lambda s: submit(s, FOCAL, elsewhere))
    outcome = case.writes(lambda s: submit(s, FOCAL, draft))
    assert outcome.waits
    assert outcome.proposal_id is not None
    case.numbers["proposal"] = number = outcome.proposal_id
    assert [one.username for one in READERS if case.queue(one) == [COURSE]] == ["dora", "fred"]
    assert not [one for one in (STATE, DONOR, READER, ELSEWHERE) if case.queue(one)]
    case.refuses("Nobody decides on their own", lambda s: accept(s, FOCAL, number))
    case.refuses("no such change", lambda s: accept(s, ELSEWHERE, number))


def the_activity_is_accepted(case: Case) -> None:
    """The desk accepts it, once."""
    number = case["proposal"]
    case.numbers["activity"] = case.writes(lambda s: accept(s, DESK, number))
    case.refuses("accepted already", lambda s: accept(s, DESK, number))
    assert not [one for one in READERS if case.queue(one)]


def the_activity_answers_the_need(case: Case) -> None:
    """It is linked to the need, which is being answered; it can't be answered unsaid."""
    addressed = Move(NeedState.ADDRESSED, answered_on=case.day.isoformat())
    case.refuses("Say first that the need is being answered", lambda s: _move(s, case, addressed))
    link = case["activity"], Fit.ANSWERS, "The investigators of the brigade", None, case.day
    case.refuses("not yours", lambda s: link_activity(s, FOCAL, case["need"], *link))
    case.writes(lambda s: link_activity(s, DESK, case["need"], *link))
    case.writes(lambda s: _move(s, case, Move(NeedState.BEING_ANSWERED)))


def _move(session: Session, case: Case, move: Move) -> None:
    row = session.get_one(Need, case["need"])
    move_need(session, DESK, case["need"], move, row.version, case.day)


def the_money_is_paid_and_spent(case: Case) -> None:
    """No more is paid than was committed, no more is spent than was paid."""
    _exceeds(case, BudgetKind.DISBURSEMENT, 90_001)
    _receives(case, BudgetKind.DISBURSEMENT, 90_000)
    _exceeds(case, BudgetKind.EXPENDITURE, 90_001)
    _receives(case, BudgetKind.EXPENDITURE, 90_000)
    the_plan.tells(case, ItemState.ONGOING)


def the_need_is_addressed(case: Case) -> None:
    """The need is answered, and nothing more is asked for it."""
    case.refuses("Only an answered need is checked", lambda s: _check(s, case, DESK, case.day))
    day = case.day.isoformat()
    case.writes(lambda s: _move(s, case, Move(NeedState.ADDRESSED, answered_on=day)))
    case.refuses("nothing is left to fund", lambda s: file_funding.submit(s, FOCAL, asked(case)))


def _check(session: Session, case: Case, who: Viewer, day: date) -> None:
    row = session.get_one(Need, case["need"])
    check_need(session, who, case["need"], MetAnswer.MET, "", AS, row.version, day)


def the_request_is_reported_and_closed(case: Case) -> None:
    """The focal point reports; who wrote in it, or reports on it, does not close it."""
    number = case["funding"]
    case.refuses("can't take that step", _by(case, report_funding.close, COLLEAGUE))
    case.refuses("Say what was achieved", lambda s: report_funding.report(s, FOCAL, number, " "))
    case.writes(lambda s: report_funding.report(s, FOCAL, number, "Twelve trained"))
    for author in (DESK, FOCAL):
        case.refuses("nobody reviews what they wrote", _by(case, report_funding.close, author))
    case.writes(_by(case, report_funding.close, COLLEAGUE))
    case.refuses("can't take that step", _by(case, fund.fund, COLLEAGUE))


def the_need_is_opened_to_all(case: Case) -> None:
    """From now on its State and the donors see it; of the days before, they see no more."""
    case.writes(lambda s: _set_level(s, case, Visibility.PUBLIC))


def _set_level(session: Session, case: Case, level: Visibility) -> None:
    draft = need_drafts.draft_of(session, DESK, case["need"])
    assert draft is not None
    row = session.get_one(Need, case["need"])
    submit(session, DESK, replace(draft, visibility=level), case["need"], row.version)


def the_state_is_asked_a_year_later(case: Case) -> None:
    """Nobody says whether the need was met before twelve months are over; then its State does."""
    due = case.due
    assert due is not None
    assert 365 <= (due - case.day).days <= 366
    early = due - timedelta(days=1)
    case.refuses("twelve months after the answer", lambda s: _check(s, case, STATE, early))
    case.day = due
    case.refuses("not yours", lambda s: _check(s, case, FOCAL, due))
    case.writes(lambda s: _check(s, case, STATE, due))
    case.refuses("answered this already", lambda s: _check(s, case, DESK, due))
    assert case.due is None


def the_need_is_restricted(case: Case) -> None:
    """What is restricted today is restricted in every day gone by."""
    case.writes(lambda s: _set_level(s, case, Visibility.RESTRICTED))
