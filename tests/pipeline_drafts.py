"""Funding requests for tests of the pipeline, as values and as rows with all that hangs on them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from sqlmodel import Session

from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind, in_usd
from ctai.domain.needs import NeedState, Severity
from ctai.domain.pipeline import AskedNeed, Asking, Flow, Move
from ctai.domain.roles import Visibility
from ctai.models.funding import (
    FundingActivity,
    FundingCountry,
    FundingFlow,
    FundingMove,
    FundingNeed,
    FundingRequest,
)

WRITTEN = datetime(2024, 1, 1, 9, tzinfo=UTC)
SUBMITTED = datetime(2024, 2, 1, 9, tzinfo=UTC)
ENDORSED = datetime(2024, 3, 2, 9, tzinfo=UTC)


def asked_need(
    need_id: int = 1,
    measure: str = "II.13",
    countries: tuple[str | None, ...] = ("NGA",),
    *,
    severity: Severity | None = Severity.HIGH,
    state: NeedState = NeedState.OPEN,
    evidence_date: str | None = "2022-05",
) -> AskedNeed:
    """Give a need that a request is to answer."""
    code = f"N-{need_id}"
    return AskedNeed(
        need_id, code, f"Need {code}", measure, countries, severity, state, evidence_date
    )


def flow(
    kind: BudgetKind,
    amount: str | int,
    donor: str = "Denmark",
    currency: str = "USD",
    rate: str | None = None,
) -> Flow:
    """Give money of a donor; another currency without a rate is not known in US dollars."""
    value = Decimal(amount)
    usd = in_usd(value, currency, Decimal(rate) if rate else None)
    return Flow(kind, donor, value, currency, usd)


def asking(
    request_id: int = 1,
    total: str | int | None = 1000,
    needs: Sequence[AskedNeed] = (asked_need(),),
    *,
    entity: str = "UNODC",
    countries: tuple[str | None, ...] = ("NGA",),
    state: FundingState = FundingState.ENDORSED,
    currency: str = "USD",
    rate: str | None = None,
    ends: str | None = "2025-06",
    flows: Sequence[Flow] = (),
    moves: Sequence[Move] = (Move(FundingState.DRAFT, WRITTEN),),
) -> Asking:
    """Give a funding request."""
    return Asking(
        request_id=request_id,
        code=f"F-{request_id:03d}",
        title=f"Request {request_id}",
        entity=entity,
        countries=countries,
        needs=tuple(needs),
        state=state,
        total=None if total is None else Decimal(total),
        currency=currency,
        rate_usd=Decimal(rate) if rate else None,
        rate_date="2024-06" if rate else None,
        ends=ends,
        flows=tuple(flows),
        moves=tuple(moves),
    )


def store_request(
    session: Session,
    code: str,
    needs: Sequence[int] = (),
    countries: Sequence[str] = ("NGA",),
    *,
    title: str | None = None,
    entity: str = "UNODC",
    state: FundingState = FundingState.ENDORSED,
    visibility: Visibility = Visibility.PUBLIC,
    total: str | int | None = 1000,
    currency: str = "USD",
    rate: str | None = None,
    ends: Sequence[str | None] = ("2025-06",),
    flows: Sequence[Flow] = (),
    came: Sequence[tuple[FundingState | None, FundingState, datetime]] = (),
) -> int:
    """Store a funding request with its needs, countries, activities, money and moves.

    `came` are its moves: from which state, to which, and when. A flow in another currency has the
    rate that its US dollars tell.
    """
    row = FundingRequest(
        code=code,
        title=title or f"Request {code}",
        entity=entity,
        total=None if total is None else Decimal(total),
        currency=currency,
        rate_usd=Decimal(rate) if rate else None,
        rate_date="2024-06" if rate else None,
        state=state.value,
        state_since=came[-1][2] if came else WRITTEN,
        visibility=visibility.value,
        author="fred",
        created_at=WRITTEN,
        changed_at=WRITTEN,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    number = row.id
    session.add_all(FundingNeed(request_id=number, need_id=need) for need in needs)
    session.add_all(FundingCountry(request_id=number, iso3=iso3) for iso3 in countries)
    session.add_all(
        FundingActivity(request_id=number, position=place, title=f"Step {place}", ends=end)
        for place, end in enumerate(ends)
    )
    session.add_all(_flow_row(number, given) for given in flows)
    session.add_all(
        FundingMove(
            request_id=number,
            sequence=place,
            from_state=before.value if before else None,
            to_state=after.value,
            actor="fred",
            moved_at=at,
        )
        for place, (before, after, at) in enumerate(came)
    )
    session.flush()
    return number


def _flow_row(request_id: int, given: Flow) -> FundingFlow:
    has_rate = given.currency != "USD" and given.usd is not None
    return FundingFlow(
        request_id=request_id,
        kind=given.kind.value,
        donor=given.donor,
        amount=given.amount,
        currency=given.currency,
        rate_usd=given.usd / given.amount if has_rate and given.usd is not None else None,
        rate_date="2024-06" if has_rate else None,
        happened="2024-06",
        recorded_by="dora",
        recorded_at=ENDORSED,
    )
