"""What if: which endorsed requests a given amount would pay for, and what that would close."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from ctai.domain.dates import age_days, last_day
from ctai.domain.funding import FundingState
from ctai.domain.gaps import SEVERITY_WEIGHT, UNMET, UNSTATED_SEVERITY_WEIGHT
from ctai.domain.picking import Puzzle, best
from ctai.domain.pipeline import AskedNeed, Asking, money, open_ask_usd
from ctai.domain.pipeline_sums import Face, Key, parts, shares
from ctai.domain.purse import Purse
from ctai.domain.strategy import Pillar

FUNDABLE: Final = (FundingState.ENDORSED, FundingState.OFFERED)
"""States in which a request may be paid for: reviewed and endorsed, not yet funded."""

OLDEST_COUNTED_DAYS: Final = 3650
"""Ten years: an older need counts no more, or one very old need would outweigh many. A need whose
evidence has no date counts as new."""

_HALVES: Final = 2
"""Weights are whole numbers of halves, since a partly addressed need is half unmet."""


class Reason(StrEnum):
    """Why a request is left out; a request may have several reasons."""

    OTHER_COUNTRY = "other_country"
    OTHER_PILLAR = "other_pillar"
    OTHER_ENTITY = "other_entity"
    TOO_LATE = "too_late"
    END_UNKNOWN = "end_unknown"
    AMOUNT_UNKNOWN = "amount_unknown"
    NO_NEED = "no_need"
    NOTHING_NEW = "nothing_new"
    TOO_DEAR = "too_dear"
    TOO_DEAR_NOW = "too_dear_now"


@dataclass(frozen=True)
class Pick:
    """A request that is paid for; `needs` are those that no pick before it closes.

    `weight` is their severity-weighted unmet need, `oldest` the date of their oldest evidence.
    """

    asking: Asking
    cost_usd: Decimal
    needs: tuple[AskedNeed, ...]
    weight: float
    oldest: str | None


@dataclass(frozen=True)
class LeftOut:
    """A request that is not paid for; `short_usd` is what more it would take to pay for it too."""

    asking: Asking
    cost_usd: Decimal | None
    reasons: tuple[Reason, ...]
    short_usd: Decimal | None = None


@dataclass(frozen=True)
class Answer:
    """What an amount would do.

    `picks` come in the order of what each adds; `before` and `after` are what is secured for each
    pillar, in US dollars, without the picks and with them; None is what has no pillar on record.
    """

    picks: tuple[Pick, ...]
    left_out: tuple[LeftOut, ...]
    left_usd: Decimal
    before: Mapping[Key, Decimal]
    after: Mapping[Key, Decimal]

    @property
    def closed(self) -> tuple[AskedNeed, ...]:
        """Give the needs that the picks close, each once."""
        return tuple(need for pick in self.picks for need in pick.needs)

    @property
    def cost_usd(self) -> Decimal:
        """Tell what the picks cost."""
        return sum((pick.cost_usd for pick in self.picks), Decimal(0))


def answer(
    askings: Iterable[Asking], purse: Purse, today: date, secured: Iterable[Asking] = ()
) -> Answer:
    """Pick the requests that a purse pays for: the best set there is, not a good one.

    A set is better when it meets more severity-weighted unmet need; of equal ones, more needs;
    then longer waits (`OLDEST_COUNTED_DAYS` a need at most); then when it costs less. A request is
    paid for whole or not at all, and a need that two requests meet counts once. `secured` are the
    requests whose money stands in the balance. Raises `picking.NotProven`.
    """
    waiting = sorted(
        (one for one in askings if one.state in FUNDABLE and open_ask_usd(one) != 0),
        key=lambda one: one.code,
    )
    outside = {one.request_id: against(one, purse) for one in waiting}
    inside = [one for one in waiting if not outside[one.request_id]]
    picked = _picked(inside, purse.amount_usd, today)
    picks = _in_order(picked, today)
    left = purse.amount_usd - sum((pick.cost_usd for pick in picks), Decimal(0))
    closed = {need.need_id for pick in picks for need in pick.needs}
    rest = [one for one in waiting if one not in picked]
    before = _by_pillar([(one, money(one.flows).committed) for one in secured])
    added = _by_pillar([(pick.asking, pick.cost_usd) for pick in picks])
    return Answer(
        picks,
        tuple(_left_out(one, outside[one.request_id], purse, left, closed) for one in rest),
        left,
        before,
        {key: before.get(key, Decimal(0)) + added.get(key, Decimal(0)) for key in before | added},
    )


def against(asking: Asking, purse: Purse) -> tuple[Reason, ...]:
    """List why a purse may not pay for a request, whatever it costs.

    Earmarked money may not be spent outside its earmark: every country and pillar of the request
    has to lie within. The last of its activities has to end by the latest date.
    """
    found = []
    if purse.countries and not set(asking.countries) <= set(purse.countries):
        found.append(Reason.OTHER_COUNTRY)
    if purse.pillars and not set(asking.pillars) <= set(purse.pillars):
        found.append(Reason.OTHER_PILLAR)
    if purse.entities and asking.entity not in purse.entities:
        found.append(Reason.OTHER_ENTITY)
    if purse.latest and asking.ends is None:
        found.append(Reason.END_UNKNOWN)
    if purse.latest and asking.ends and last_day(asking.ends) > last_day(purse.latest):
        found.append(Reason.TOO_LATE)
    if open_ask_usd(asking) is None:
        found.append(Reason.AMOUNT_UNKNOWN)
    if not unmet(asking):
        found.append(Reason.NO_NEED)
    return tuple(found)


def unmet(asking: Asking) -> tuple[AskedNeed, ...]:
    """Give the needs of a request that are not met yet, each once."""
    once = {need.need_id: need for need in asking.needs if UNMET[need.state]}
    return tuple(once.values())


def weight(need: AskedNeed) -> float:
    """Weigh a need: its severity's weight, by how much of it is unmet."""
    graveness = SEVERITY_WEIGHT[need.severity] if need.severity else UNSTATED_SEVERITY_WEIGHT
    return graveness * UNMET[need.state]


def waited(need: AskedNeed, today: date) -> int:
    """Count the days that a need has waited, as far as they count."""
    return min(age_days(need.evidence_date, today) or 0, OLDEST_COUNTED_DAYS)


def _picked(askings: list[Asking], amount_usd: Decimal, today: date) -> list[Asking]:
    needs = {need.need_id: need for asking in askings for need in unmet(asking)}
    places = {number: place for place, number in enumerate(sorted(needs))}
    ordered = [needs[number] for number in sorted(needs)]
    puzzle = Puzzle(
        costs=tuple(_cents(_cost(asking)) for asking in askings),
        meets=tuple(frozenset(places[n.need_id] for n in unmet(one)) for one in askings),
        goals=(
            tuple(round(weight(need) * _HALVES) for need in ordered),
            tuple(1 for _ in ordered),
            tuple(waited(need, today) for need in ordered),
        ),
        budget=_cents(amount_usd),
    )
    return [askings[place] for place in sorted(best(puzzle))]


def _cents(amount: Decimal) -> int:
    return int(amount * 100)


def _cost(asking: Asking) -> Decimal:
    cost = open_ask_usd(asking)
    assert cost is not None  # noqa: S101  # against() keeps the others out
    return cost


def _in_order(picked: list[Asking], today: date) -> tuple[Pick, ...]:
    """Put first what adds most by the same criteria, each need told where it is closed first."""
    rest, closed, picks = list(picked), set[int](), list[Pick]()

    def adds(asking: Asking) -> tuple[float, int, int, Decimal]:
        new = [need for need in unmet(asking) if need.need_id not in closed]
        waits = sum(waited(need, today) for need in new)
        return -sum(weight(need) for need in new), -len(new), -waits, _cost(asking)

    while rest:
        first = min(rest, key=lambda asking: (adds(asking), asking.code))
        rest.remove(first)
        new = tuple(need for need in unmet(first) if need.need_id not in closed)
        closed |= {need.need_id for need in new}
        dates = [need.evidence_date for need in new if need.evidence_date]
        oldest = min(dates, key=last_day, default=None)
        picks.append(Pick(first, _cost(first), new, sum(weight(n) for n in new), oldest))
    return tuple(picks)


def _left_out(
    asking: Asking,
    outside: tuple[Reason, ...],
    purse: Purse,
    left_usd: Decimal,
    closed: set[int],
) -> LeftOut:
    cost = open_ask_usd(asking)
    if outside or cost is None:
        return LeftOut(asking, cost, outside)
    if {need.need_id for need in unmet(asking)} <= closed:
        return LeftOut(asking, cost, (Reason.NOTHING_NEW,))
    if cost > purse.amount_usd:
        return LeftOut(asking, cost, (Reason.TOO_DEAR,), cost - purse.amount_usd)
    return LeftOut(asking, cost, (Reason.TOO_DEAR_NOW,), cost - left_usd)


def _by_pillar(given: Iterable[tuple[Asking, Decimal]]) -> dict[Key, Decimal]:
    sums: dict[Key, Decimal] = {}
    for asking, amount in given:
        split: dict[Key, Fraction] = shares(asking, Face.PILLAR)
        for key, part in parts(amount, split).items():
            sums[key] = sums.get(key, Decimal(0)) + part
    order: list[Key] = [*(pillar.value for pillar in Pillar), None]
    return {key: sums[key] for key in order if key in sums}
