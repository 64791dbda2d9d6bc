"""Beginnings of a plan: for each unmet need an item, with who could do it and what it may cost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlmodel import Session, col

from ctai.domain.dates import first_day, last_day
from ctai.domain.funding import FundingState
from ctai.domain.ladder import Answer, Rung
from ctai.domain.needs import UNMET_STATES
from ctai.domain.plans import ItemDraft
from ctai.domain.roles import Viewer
from ctai.models.funding import FundingActivity, FundingCountry, FundingNeed, FundingRequest
from ctai.models.ladder import Enquiry
from ctai.models.needs import Need, NeedCountry
from ctai.queries.visible import enquiries_seen, funding_seen, needs_seen

_ABLE = (Answer.CAN, Answer.CAN_WITH_MONEY)
_ENDED = (FundingState.DRAFT, FundingState.DECLINED, FundingState.WITHDRAWN)


def proposed(session: Session, viewer: Viewer, iso3: str) -> tuple[ItemDraft, ...]:
    """Propose an item for each of a country's unmet needs, oldest evidence first.

    The entity is one that said it can, else one that can with money, else that of a funding
    request. A cost is taken from a need of this country alone, or from a request for it alone;
    one that is also another's, or has no dated rate, stays not known. The dates are those of the
    activities of a request for it alone; else it ends when the need is wanted by.
    """
    statement = (
        select(Need)
        .join(NeedCountry, col(NeedCountry.need_id) == col(Need.id))
        .where(
            col(NeedCountry.iso3) == iso3,
            col(Need.state).in_([state.value for state in UNMET_STATES]),
        )
        .order_by(col(Need.evidence_date).is_(None), col(Need.evidence_date), col(NeedCountry.code))
    )
    if viewer.reach is not None:
        statement = statement.where(col(NeedCountry.iso3).in_(viewer.reach))
    needs = list(session.scalars(needs_seen(statement, viewer)))
    numbers = [need.id for need in needs if need.id is not None]
    able = _able(session, viewer, numbers)
    requests = _requests(session, viewer, numbers)
    shared = _regional(session, viewer, numbers)
    spans = _spans(session, viewer, [row.id for row, alone in requests.values() if alone])
    return tuple(
        _item(need, able.get(need.id), requests.get(need.id), spans, is_shared=need.id in shared)
        for need in needs
        if need.id is not None
    )


def _able(session: Session, viewer: Viewer, numbers: Iterable[int]) -> dict[int, str]:
    """Give an entity that can answer each need: without money first, the first to be asked."""
    rows = (
        select(Enquiry)
        .where(
            col(Enquiry.need_id).in_(list(numbers)),
            col(Enquiry.rung) == int(Rung.UN_CAPACITY),
            col(Enquiry.answer).in_([answer.value for answer in _ABLE]),
        )
        .order_by(col(Enquiry.id))
    )
    found = session.scalars(enquiries_seen(rows, viewer)).all()
    first: dict[int, str] = {}
    for row in sorted(found, key=lambda row: (row.answer != Answer.CAN.value, row.id or 0)):
        first.setdefault(row.need_id, row.entity)
    return first


def _requests(
    session: Session, viewer: Viewer, numbers: Iterable[int]
) -> dict[int, tuple[FundingRequest, bool]]:
    """Give the newest funding request for each need, and whether it is for that need alone."""
    rows = (
        select(FundingRequest, col(FundingNeed.need_id))
        .join(FundingNeed, col(FundingNeed.request_id) == col(FundingRequest.id))
        .where(
            col(FundingNeed.need_id).in_(list(numbers)),
            col(FundingRequest.state).not_in([state.value for state in _ENDED]),
        )
        .order_by(col(FundingRequest.id))
    )
    found = session.execute(funding_seen(rows, viewer)).all()
    inside = [row.id for row, _ in found]
    shares = [_counts(session, viewer, table, inside) for table in (FundingNeed, FundingCountry)]
    return {need_id: (row, all(count[row.id] <= 1 for count in shares)) for row, need_id in found}


def _spans(
    session: Session, _viewer: Viewer, numbers: Iterable[int | None]
) -> dict[int, tuple[str | None, str | None]]:
    """Give the first start and the last end of each request's activities; None for not known."""
    found: defaultdict[int, list[FundingActivity]] = defaultdict(list)
    statement = select(FundingActivity).where(col(FundingActivity.request_id).in_(list(numbers)))
    for activity in session.scalars(statement):
        found[activity.request_id].append(activity)
    return {
        number: (
            min((one.starts for one in inside if one.starts), key=first_day, default=None),
            max((one.ends for one in inside if one.ends), key=last_day, default=None),
        )
        for number, inside in found.items()
    }


def _counts(
    session: Session,
    _viewer: Viewer,
    table: type[FundingNeed | FundingCountry],
    numbers: Iterable[int | None],
) -> defaultdict[int | None, int]:
    number = col(table.request_id)
    rows = select(number, func.count()).where(number.in_(list(numbers))).group_by(number)
    return defaultdict(int, dict(session.execute(rows).all()))


def _regional(session: Session, _viewer: Viewer, numbers: Iterable[int]) -> set[int]:
    """Give the needs that several countries share."""
    number = col(NeedCountry.need_id)
    rows = select(number).where(number.in_(list(numbers))).group_by(number)
    return set(session.scalars(rows.having(func.count() > 1)))


def _item(
    need: Need,
    entity: str | None,
    request: tuple[FundingRequest, bool] | None,
    spans: Mapping[int, tuple[str | None, str | None]],
    *,
    is_shared: bool,
) -> ItemDraft:
    asked = request[0] if request and request[1] else None
    cost = None if is_shared else need.estimated_cost
    currency, rate, dated = need.cost_currency, need.cost_rate_usd, need.cost_rate_date
    if cost is None or not _is_rated(currency, rate, dated):
        cost = None if asked is None or is_shared else asked.total
        currency, rate, dated = (
            (None, None, None)
            if asked is None
            else (asked.currency, asked.rate_usd, asked.rate_date)
        )
    if cost is None or not _is_rated(currency, rate, dated):
        cost, currency, rate, dated = None, None, None, None
    starts, ends = spans.get(asked.id or 0, (None, None)) if asked else (None, None)
    return ItemDraft(
        need_id=need.id,
        action=need.title,
        entity=entity or (request[0].entity if request else None),
        starts=starts,
        ends=ends or need.wanted_by,
        cost=cost,
        currency=currency,
        rate_usd=rate,
        rate_date=dated,
        funding_request_id=request[0].id if request else None,
    )


def _is_rated(currency: str | None, rate: object, dated: str | None) -> bool:
    return currency == "USD" or bool(currency and rate is not None and dated)
