"""Funding requests for tests: one that passes every check, its need, and the ways of its states."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from ctai.domain.funding import FundingState, Reply, ReviewAnswer, ReviewQuestion
from ctai.domain.funding_draft import FundingDraft, NeedFacts, PlannedActivity, PlannedLine
from ctai.domain.funding_money import Flow
from ctai.domain.ladder import Answer, ConsentAnswer, FundingTest, Rung
from ctai.domain.money import BudgetKind
from ctai.domain.needs import NeedState
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.models.ladder import Consent, Enquiry, NeedTest
from ctai.models.needs import NeedCountry
from ctai.services import file_funding, fund, record_flow, report_funding, review_funding
from ctai.services.store_evidence import enter_need
from ctai.services.withdraw_funding import withdraw
from tests.drafts import KNOWN, need

AUTHOR = Viewer("fred", Role.FOCAL_POINT, entity="UNODC")
REVIEWER = Viewer("dora", Role.DESK_OFFICER, frozenset({"NGA"}))
COLLEAGUE = Viewer("dirk", Role.DESK_OFFICER, frozenset({"NGA"}))
NEXT_YEAR = datetime.now(UTC).year + 1
FACTS = NeedFacts(1, "N-1", "Need N-1", ("NGA",), Visibility.PUBLIC, NeedState.OPEN)
YES = {question: Reply(ReviewAnswer.YES) for question in ReviewQuestion}


def funding(
    needs: tuple[int, ...] = (1,),
    title: str = "Border posts in the north",
    *,
    entity: str = "UNODC",
    visibility: Visibility = Visibility.UN_SYSTEM,
    currency: str = "USD",
    rate: str | None = None,
    total: str = "1000",
) -> FundingDraft:
    """Give a request that may be submitted."""
    half = Decimal(total) / 2
    return FundingDraft(
        title=title,
        entity=entity,
        needs=needs,
        objective="Travellers are checked against watch lists.",
        needed_by=f"{NEXT_YEAR}-06",
        activities=(
            PlannedActivity(
                "Train officers",
                f"{NEXT_YEAR}-01",
                f"{NEXT_YEAR}-12",
                (PlannedLine("Trainers", half), PlannedLine("Travel", half)),
            ),
        ),
        total=Decimal(total),
        currency=currency,
        rate_usd=Decimal(rate) if rate else None,
        rate_date="2024-06-28" if rate else None,
        risks="Officers may be moved away; two are trained for each post.",
        visibility=visibility,
    )


def flow(
    kind: BudgetKind,
    amount: str | int = 1000,
    donor: str = "Denmark",
    currency: str = "USD",
    rate: str | None = None,
) -> Flow:
    """Give a donor's money of a day in 2024."""
    day = "2024-06-30" if rate else None
    return Flow(
        kind,
        donor,
        Decimal(amount),
        currency,
        "2024-06-30",
        Decimal(rate) if rate else None,
        day,
    )


def need_with_tests(
    session: Session,
    code: str = "N-1",
    countries: tuple[str, ...] = ("NGA",),
    *,
    visibility: Visibility = Visibility.PUBLIC,
    passed: bool = True,
) -> int:
    """Store a need on its last rung, with an answer to each of the four tests."""
    number = enter_need(session, SYSTEM, need(code, countries, visibility=visibility), KNOWN)
    climb_to_funding(session, number)
    answer_tests(session, number, passed=passed)
    return number


def climb_to_funding(session: Session, number: int) -> None:
    """Bring a need to its last rung: no entity can, and its States won't have it shared."""
    asked, due = ((datetime.now(UTC) - timedelta(days=days)).date().isoformat() for days in (20, 6))
    session.add(
        Enquiry(
            need_id=number,
            rung=int(Rung.UN_CAPACITY),
            entity="CTED",
            asked_by="dora",
            asked_on=asked,
            due_on=due,
            answer=Answer.CANNOT.value,
            reason="No staff",
            answered_on=asked,
            answered_by="dora",
            answered_as="Desk officer",
        )
    )
    states = session.exec(select(col(NeedCountry.iso3)).where(col(NeedCountry.need_id) == number))
    session.add_all(
        Consent(
            need_id=number,
            iso3=iso3,
            asked_by="dora",
            asked_on=asked,
            due_on=due,
            answer=ConsentAnswer.OBJECTS.value,
            reason="Not outside",
            answered_on=asked,
            answered_by="dora",
            answered_as="Desk officer",
        )
        for iso3 in states.all()
    )
    session.flush()


def answer_tests(session: Session, number: int, *, passed: bool = True) -> None:
    """Answer the four tests of a need."""
    session.add_all(
        NeedTest(
            need_id=number,
            test=test.value,
            passed=passed,
            reason="As answered",
            answered_by="dora",
            answered_as="Desk officer",
            answered_at=datetime.now(UTC) - timedelta(days=1),
        )
        for test in FundingTest
    )
    session.flush()


def brought_to(
    session: Session,
    state: FundingState,
    needs: tuple[int, ...],
    *,
    author: Viewer = AUTHOR,
    reviewer: Viewer = REVIEWER,
    draft: FundingDraft | None = None,
) -> int:
    """Store a request and bring it to a state by the shortest way; give its number."""
    number = file_funding.start(session, author, draft or funding(needs))
    for after in WAYS[state]:
        if after is FundingState.SUBMITTED:
            file_funding.submit(session, author, draft or funding(needs), number)
            continue
        if after is FundingState.OFFERED:
            record_flow.record_flow(session, reviewer, number, flow(BudgetKind.PLEDGE, 1))
        if after is FundingState.FUNDED:
            record_flow.record_flow(session, reviewer, number, flow(BudgetKind.COMMITMENT, 500))
        own = after in (FundingState.REPORTED, FundingState.WITHDRAWN)
        MADE[after](session, author if own else reviewer, number, None)
    return number


_S = FundingState
MADE: dict[FundingState, Callable[[Session, Viewer, int, int | None], object]] = {
    _S.SUBMITTED: lambda s, who, n, v: file_funding.submit(s, who, funding(), n, v),
    _S.UNDER_REVIEW: review_funding.take_up,
    _S.RETURNED: lambda s, who, n, v: review_funding.send_back(s, who, n, {}, "Say more", v),
    _S.ENDORSED: lambda s, who, n, v: review_funding.endorse(s, who, n, YES, "", v),
    _S.OFFERED: lambda s, who, n, v: fund.offer(s, who, n, "", v),
    _S.FUNDED: lambda s, who, n, v: fund.fund(s, who, n, "", v),
    _S.DECLINED: lambda s, who, n, v: fund.decline(s, who, n, "No money", v),
    _S.REPORTED: lambda s, who, n, v: report_funding.report(s, who, n, "Done", v),
    _S.CLOSED: lambda s, who, n, v: report_funding.close(s, who, n, "", v),
    _S.WITHDRAWN: lambda s, who, n, v: withdraw(s, who, n, "No longer wanted", v),
}
"""The write that moves a request into each state, with whatever it needs to say."""

_REVIEWED = (_S.SUBMITTED, _S.UNDER_REVIEW)
_OFFERED = (*_REVIEWED, _S.ENDORSED, _S.OFFERED)
WAYS: dict[FundingState, tuple[FundingState, ...]] = {
    _S.DRAFT: (),
    _S.SUBMITTED: (_S.SUBMITTED,),
    _S.UNDER_REVIEW: _REVIEWED,
    _S.RETURNED: (*_REVIEWED, _S.RETURNED),
    _S.ENDORSED: (*_REVIEWED, _S.ENDORSED),
    _S.OFFERED: _OFFERED,
    _S.FUNDED: (*_OFFERED, _S.FUNDED),
    _S.DECLINED: (*_OFFERED, _S.DECLINED),
    _S.REPORTED: (*_OFFERED, _S.FUNDED, _S.REPORTED),
    _S.CLOSED: (*_OFFERED, _S.FUNDED, _S.REPORTED, _S.CLOSED),
    _S.WITHDRAWN: (_S.WITHDRAWN,),
}
"""The shortest way from a draft to each state."""
