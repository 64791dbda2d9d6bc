"""Resource mobilization: what of a plan's cost is funded, asked for, or without money yet.

Each part of the reckoning is one amount of one item, from one donor or none, so that sums by
donor, by year and by item are sums of the same parts. A dollar of a request is counted once: it
is split over the items of the request's needs by what they still lack, and never beyond it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ctai.domain.dates import age_days, first_day, is_partial_date, last_day
from ctai.domain.funding import FundingState
from ctai.domain.needs import Severity
from ctai.domain.progress import Item

CENT = Decimal("0.01")
NOTHING = Decimal(0)

STILL_ASKED = (
    FundingState.SUBMITTED,
    FundingState.UNDER_REVIEW,
    FundingState.RETURNED,
    FundingState.ENDORSED,
    FundingState.OFFERED,
)
"""States in which a request still asks: what was funded or declined asks for nothing more."""


class Share(StrEnum):
    """What a part of an item's cost is."""

    FUNDED = "funded"
    ASKED = "asked"
    UNFUNDED = "unfunded"


@dataclass(frozen=True)
class CostedItem:
    """An item of a plan as far as money goes; `cost_usd` is None where it is not known."""

    number: int
    need_id: int
    cost_usd: Decimal | None
    starts: str | None = None
    ends: str | None = None


@dataclass(frozen=True)
class Pot:
    """Money of a request that can go to items of its needs.

    `donor` gives it, None where it is only asked for. `shares` is the number of the request's
    needs times that of its countries: what is for other needs or countries stays out of the plan.
    """

    request_id: int
    needs: frozenset[int]
    shares: int
    share: Share
    amount_usd: Decimal
    donor: str | None = None


@dataclass(frozen=True)
class Part:
    """An amount of one item's cost, in US dollars and cents."""

    item: int
    share: Share
    amount_usd: Decimal
    donor: str | None = None
    request_id: int | None = None


@dataclass(frozen=True)
class Reckoning:
    """A plan's cost in parts.

    `unplaced` is money of the requests, by share, that reached no item: more than the items cost,
    or their cost is not known. `without_cost` counts items whose cost in US dollars is not known,
    `without_rate` amounts of requests that have no dated rate.
    """

    parts: tuple[Part, ...] = ()
    unplaced: Mapping[Share, Decimal] = field(default_factory=dict)
    items: int = 0
    without_cost: int = 0
    without_rate: int = 0

    def total(self, share: Share | None = None) -> Decimal | None:
        """Add up the parts; None where no item's cost is known."""
        if self.items == self.without_cost:
            return None
        return sum((part.amount_usd for part in self.parts if share in (None, part.share)), NOTHING)

    def of_item(self, item: int, share: Share) -> Decimal:
        """Add up an item's parts of one share; 0 also where its cost is not known."""
        return sum(
            (p.amount_usd for p in self.parts if p.item == item and p.share is share), NOTHING
        )


@dataclass(frozen=True)
class Resources:
    """A plan's items, as far as somebody sees them, and what of their cost is paid for."""

    items: tuple[Item, ...]
    costed: tuple[CostedItem, ...]
    reckoning: Reckoning


def split(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split an amount of whole cents by weights, exact to the cent: the parts add up to it.

    The largest remainders get the odd cents, the earlier of equal ones first. All weights 0 is a
    ValueError.
    """
    cents, shares = _cents(amount), [_cents(weight) for weight in weights]
    whole = sum(shares)
    if whole <= 0:
        raise ValueError("nothing to split by")
    # In whole numbers: a product of two large amounts has more digits than Decimal keeps.
    parts = [cents * share // whole for share in shares]
    order = sorted(range(len(parts)), key=lambda at: (-(cents * shares[at] % whole), at))
    for at in order[: cents - sum(parts)]:
        parts[at] += 1
    return [CENT * part for part in parts]


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2).to_integral_value())


def reckon(items: Sequence[CostedItem], pots: Iterable[Pot], *, without_rate: int = 0) -> Reckoning:
    """Reckon what of the items is funded, then asked, then without money, in that order.

    Pots are poured by request and donor, whatever order they come in.
    """
    lacking = {item.number: item.cost_usd for item in items if item.cost_usd is not None}
    parts: list[Part] = []
    unplaced: dict[Share, Decimal] = {}
    order = sorted(pots, key=lambda p: (p.share is not Share.FUNDED, p.request_id, p.donor or ""))
    for pot in order:
        here = [item for item in items if item.need_id in pot.needs]
        poured, rest = _pour(pot, here, lacking)
        parts += poured
        unplaced[pot.share] = unplaced.get(pot.share, NOTHING) + rest
    parts += [Part(number, Share.UNFUNDED, left) for number, left in lacking.items() if left > 0]
    unknown = sum(item.cost_usd is None for item in items)
    return Reckoning(tuple(parts), unplaced, len(items), unknown, without_rate)


def reaching(pot: Pot, items: Sequence[CostedItem]) -> Decimal:
    """Give what of a pot is for these items' needs, in equal shares of all that it is for."""
    inside = len({item.need_id for item in items} & pot.needs)
    if not inside:
        return NOTHING
    return (pot.amount_usd * inside / pot.shares).quantize(CENT, rounding="ROUND_FLOOR")


def _pour(
    pot: Pot, items: Sequence[CostedItem], lacking: dict[int, Decimal]
) -> tuple[list[Part], Decimal]:
    money = reaching(pot, items)
    open_items = [item.number for item in items if lacking.get(item.number, NOTHING) > 0]
    if not open_items or money <= 0:
        return [], money
    wanted = [lacking[number] for number in open_items]
    poured = min(money, sum(wanted, NOTHING))
    parts = []
    for number, amount in zip(open_items, split(poured, wanted), strict=True):
        lacking[number] -= amount
        if amount > 0:
            parts.append(Part(number, pot.share, amount, pot.donor, pot.request_id))
    return parts, money - poured


def by_year(part: Part, item: CostedItem) -> dict[int | None, Decimal]:
    """Spread an amount evenly over the days of its item, by year; None where a date is missing."""
    if not (item.starts and item.ends):
        return {None: part.amount_usd}
    if not (is_partial_date(item.starts) and is_partial_date(item.ends)):
        return {None: part.amount_usd}
    first, last = first_day(item.starts), last_day(item.ends)
    if last < first:
        return {None: part.amount_usd}
    years = range(first.year, last.year + 1)
    days = [
        Decimal((min(last, date(y, 12, 31)) - max(first, date(y, 1, 1))).days + 1) for y in years
    ]
    spread = split(part.amount_usd, days)
    return {year: amount for year, amount in zip(years, spread, strict=True) if amount > 0}


_GRAVE = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


def ranked(found: Resources, today: date) -> Resources:
    """Order a plan's items for donors: gravest, then longest waiting, then cheapest first.

    What the source does not say, and what is not known, comes last.
    """

    def rank(item: Item) -> tuple[int, int, bool, Decimal, int]:
        severity, cost = item.need.severity, item.draft.cost_usd
        waited = age_days(item.need.evidence_date, today)
        return (
            len(_GRAVE) if severity is None else _GRAVE.index(severity),
            1 if waited is None else -waited,
            cost is None,
            cost or NOTHING,
            item.number,
        )

    return replace(found, items=tuple(sorted(found.items, key=rank)))
