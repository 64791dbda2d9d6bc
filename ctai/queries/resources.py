"""Money for a plan: what funding requests that serve its needs have, and what they still ask."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import func, select
from sqlmodel import Session, col

from ctai.domain.funding import FundingState
from ctai.domain.money import SECURED, BudgetKind, in_usd
from ctai.domain.resources import (
    NOTHING,
    STILL_ASKED,
    CostedItem,
    Pot,
    Resources,
    Share,
    reckon,
)
from ctai.domain.roles import Role, Viewer, Visibility
from ctai.models.funding import FundingCountry, FundingFlow, FundingNeed, FundingRequest
from ctai.queries import plans
from ctai.queries.standing_money import standing
from ctai.queries.visible import funding_seen

_VOID = (FundingState.DRAFT, FundingState.DECLINED, FundingState.WITHDRAWN)
ANY_DONOR = Viewer("", Role.DONOR)
"""A donor of whom nothing is known: what may be handed to them may be handed to any."""


def of_plan(session: Session, viewer: Viewer, plan_id: int) -> Resources:
    """Reckon what of a plan is funded, asked and unfunded, of what the viewer sees."""
    found = plans.items(session, viewer, plan_id)
    costed = tuple(
        CostedItem(
            item.number, item.need.number, item.draft.cost_usd, item.draft.starts, item.draft.ends
        )
        for item in found
    )
    money, without_rate = pots(session, viewer, {item.need.number for item in found})
    return Resources(found, costed, reckon(costed, money, without_rate=without_rate))


def for_donors(session: Session, viewer: Viewer, plan_id: int) -> Resources | None:
    """Reckon a plan as any donor sees it: agreed, public, and of public needs alone.

    None where the viewer does not see the plan, or a donor would not.
    """
    if plans.version(session, viewer, plan_id) is None:
        return None
    if plans.version(session, ANY_DONOR, plan_id) is None:
        return None
    found = of_plan(session, ANY_DONOR, plan_id)
    assert all(  # noqa: S101  # a need shared with one donor is not for the next
        item.need.visibility is Visibility.PUBLIC for item in found.items
    )
    return found


def pots(session: Session, viewer: Viewer, need_ids: Iterable[int]) -> tuple[tuple[Pot, ...], int]:
    """Give the money of the funding requests for some needs, and how many amounts have no rate.

    Money of a donor is secured once it is committed, paid or spent: the largest of the three, for
    they are the same money. What a request asks is its total without what is secured.
    """
    wanted = frozenset(need_ids)
    links = select(col(FundingNeed.request_id)).where(col(FundingNeed.need_id).in_(wanted))
    statement = (
        select(FundingRequest)
        .where(
            col(FundingRequest.id).in_(links),
            col(FundingRequest.state).not_in([state.value for state in _VOID]),
        )
        .order_by(col(FundingRequest.id))
    )
    requests = list(session.scalars(funding_seen(statement, viewer)))
    numbers = [row.id for row in requests if row.id is not None]
    needs, shares = _needs(session, viewer, numbers)
    secured, without_rate = _secured(session, viewer, numbers)
    found: list[Pot] = []
    for row in requests:
        number = row.id or 0
        base = Pot(number, frozenset(needs[number] & wanted), shares[number], Share.FUNDED, NOTHING)
        given = secured[number]
        found += [replace(base, amount_usd=usd, donor=donor) for donor, usd in given.items()]
        if FundingState(row.state) in STILL_ASKED and row.total is not None:
            total = in_usd(row.total, row.currency, row.rate_usd)
            without_rate += total is None
            left = (total or NOTHING) - sum(given.values(), NOTHING)
            if left > 0:
                found.append(replace(base, share=Share.ASKED, amount_usd=left))
    return tuple(found), without_rate


def _needs(
    session: Session, _viewer: Viewer, numbers: list[int]
) -> tuple[defaultdict[int, set[int]], dict[int, int]]:
    """Give the needs of each request, and of how many needs and countries it is one sum."""
    needs: defaultdict[int, set[int]] = defaultdict(set)
    rows = select(FundingNeed).where(col(FundingNeed.request_id).in_(numbers))
    for row in session.scalars(rows):
        needs[row.request_id].add(row.need_id)
    number = col(FundingCountry.request_id)
    counted = select(number, func.count()).where(number.in_(numbers)).group_by(number)
    countries = dict(session.execute(counted).all())
    return needs, {n: max(1, len(needs[n])) * countries.get(n, 1) for n in numbers}


def _secured(
    session: Session, _viewer: Viewer, numbers: list[int]
) -> tuple[defaultdict[int, dict[str, Decimal]], int]:
    """Give what each donor secured for each request, and how many amounts have no rate."""
    rows = select(FundingFlow).where(
        col(FundingFlow.request_id).in_(numbers),
        col(FundingFlow.kind).in_([kind.value for kind in SECURED]),
        standing(),
    )
    sums: defaultdict[tuple[int, str], defaultdict[BudgetKind, Decimal]]
    sums = defaultdict(lambda: defaultdict(Decimal))
    without_rate = 0
    for row in session.scalars(rows.order_by(col(FundingFlow.id))):
        usd = in_usd(row.amount, row.currency, row.rate_usd)
        if usd is None:
            without_rate += 1
        else:
            sums[row.request_id, row.donor][BudgetKind(row.kind)] += usd
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for (number, donor), kinds in sums.items():
        found[number][donor] = max(kinds.values())
    return found, without_rate
