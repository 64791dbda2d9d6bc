"""The pipeline: what funding requests ask, and what of it is pledged, secured, paid and spent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import Final

from ctai.domain.funding import FundingState
from ctai.domain.money import SECURED, BudgetKind, in_usd
from ctai.domain.needs import NeedState, Severity
from ctai.domain.strategy import by_code

OPEN_STATES: Final = (
    FundingState.SUBMITTED,
    FundingState.UNDER_REVIEW,
    FundingState.RETURNED,
    FundingState.ENDORSED,
    FundingState.OFFERED,
)
"""States in which a request still waits for its money."""

COUNTED_STATES: Final = (
    *OPEN_STATES,
    FundingState.FUNDED,
    FundingState.REPORTED,
    FundingState.CLOSED,
)
"""States that count in sums: nobody has asked yet with a draft, nor asks any more with a request
that was declined or withdrawn."""


@dataclass(frozen=True)
class Flow:
    """Money of a donor for a request; `usd` is None where no rate is known."""

    kind: BudgetKind
    donor: str
    amount: Decimal
    currency: str
    usd: Decimal | None


@dataclass(frozen=True)
class AskedNeed:
    """A need that a request is to answer, as far as its reader sees it."""

    need_id: int
    code: str
    title: str
    measure: str
    countries: tuple[str | None, ...]
    severity: Severity | None
    state: NeedState
    evidence_date: str | None

    @property
    def pillar(self) -> str:
        """Give the pillar of the need's measure."""
        return by_code()[self.measure].pillar.value


@dataclass(frozen=True)
class Move:
    """A request came into a state."""

    state: FundingState
    at: datetime


@dataclass(frozen=True)
class Asking:
    """A funding request with its needs and its money.

    `countries` are ISO alpha-3 codes; None stands for those that the reader may not see. `total`
    is what is asked, in `currency`; `ends` is the last date of its activities, None where one of
    them has none. `moves` are in their order, the first into its first state.
    """

    request_id: int
    code: str
    title: str
    entity: str
    countries: tuple[str | None, ...]
    needs: tuple[AskedNeed, ...]
    state: FundingState
    total: Decimal | None
    currency: str
    rate_usd: Decimal | None
    rate_date: str | None
    ends: str | None
    flows: tuple[Flow, ...]
    moves: tuple[Move, ...]

    @property
    def ask_usd(self) -> Decimal | None:
        """Give what is asked in US dollars; None where amount or rate is not known."""
        return in_usd(self.total, self.currency, self.rate_usd)

    @property
    def pillars(self) -> tuple[str, ...]:
        """Give the pillars of its needs, in the Strategy's order; none where no need is seen."""
        return tuple(sorted({need.pillar for need in self.needs}, key=_pillar_place))

    @property
    def donors(self) -> tuple[str, ...]:
        """Give whoever pledged or gave, by name."""
        return tuple(sorted({flow.donor for flow in self.flows}))


def _pillar_place(pillar: str) -> int:
    return ("I", "II", "III", "IV").index(pillar)


@dataclass(frozen=True)
class Money:
    """Money on record in US dollars; `unrated` counts the amounts without a rate, not in it.

    `committed` is what is secured; `disbursed` is part of it, and `spent` part of that. `pledged`
    stands beside them and is never secured.
    """

    pledged: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    disbursed: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    unrated: int = 0

    def __add__(self, other: "Money") -> "Money":
        """Add up what two donors or requests have on record."""
        return Money(
            self.pledged + other.pledged,
            self.committed + other.committed,
            self.disbursed + other.disbursed,
            self.spent + other.spent,
            self.unrated + other.unrated,
        )


def money(flows: Iterable[Flow]) -> Money:
    """Sum flows up, each dollar once.

    What a donor paid out was bound to be paid, and what was spent was paid out before, whether or
    not somebody recorded that as well: of each donor the larger amount counts.
    """
    by_donor: dict[str, list[Flow]] = {}
    for flow in flows:
        by_donor.setdefault(flow.donor, []).append(flow)
    return sum((_of_donor(given) for given in by_donor.values()), Money())


def _of_donor(flows: Iterable[Flow]) -> Money:
    sums = dict.fromkeys(BudgetKind, Decimal(0))
    unrated = 0
    for flow in flows:
        if flow.usd is None:
            unrated += 1
        else:
            sums[flow.kind] += flow.usd
    disbursed = max(sums[BudgetKind.DISBURSEMENT], sums[BudgetKind.EXPENDITURE])
    return Money(
        sums[BudgetKind.PLEDGE],
        max(sums[BudgetKind.COMMITMENT], disbursed),
        disbursed,
        sums[BudgetKind.EXPENDITURE],
        unrated,
    )


def open_ask_usd(asking: Asking) -> Decimal | None:
    """Tell what is still to be secured, in US dollars and never below 0; None where not known.

    In the request's own currency where all secured money is in it, so that a rate which moved
    between two dates leaves nothing open; else in US dollars.
    """
    if asking.total is None or asking.ask_usd is None:
        return None
    secured = [flow for flow in asking.flows if flow.kind in SECURED]
    if all(flow.currency == asking.currency for flow in secured):
        own = [Flow(f.kind, f.donor, f.amount, f.currency, f.amount) for f in secured]
        left = max(Decimal(0), asking.total - money(own).committed)
        return in_usd(left, asking.currency, asking.rate_usd)
    known = money(secured)
    return None if known.unrated else max(Decimal(0), asking.ask_usd - known.committed)


def days_in_state(asking: Asking, today: date) -> int:
    """Count the days that a request has been in its state."""
    return stays(asking, today)[-1][1]


def stays(asking: Asking, today: date) -> tuple[tuple[FundingState, int], ...]:
    """Give each state that a request has been in, in order, with its days; the last until today."""
    ends = [move.at.date() for move in asking.moves[1:]] + [today]
    return tuple(
        (move.state, max(0, (end - move.at.date()).days))
        for move, end in zip(asking.moves, ends, strict=True)
    )


def usual_days(askings: Iterable[Asking], today: date) -> Mapping[FundingState, tuple[int, float]]:
    """Give for each state how many stays are on record, and the median of their days."""
    found: dict[FundingState, list[int]] = {}
    for asking in askings:
        for state, days in stays(asking, today):
            found.setdefault(state, []).append(days)
    return {
        state: (len(found[state]), median(found[state])) for state in FundingState if state in found
    }


@dataclass(frozen=True)
class Narrowing:
    """Which requests a reader looks at; an empty filter lets everything through."""

    countries: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    donors: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    def lets(self, asking: Asking) -> bool:
        """Tell whether a request passes every filter."""
        return (
            _meet(self.countries, asking.countries)
            and _meet(self.pillars, asking.pillars)
            and _meet(self.entities, (asking.entity,))
            and _meet(self.donors, asking.donors)
            and _meet(self.states, (asking.state,))
        )


def _meet(wanted: tuple[str, ...], found: tuple[str | None, ...]) -> bool:
    return not wanted or bool(set(wanted) & set(found))


def narrowed(askings: Iterable[Asking], narrowing: Narrowing) -> tuple[Asking, ...]:
    """Keep the requests that pass every filter."""
    return tuple(asking for asking in askings if narrowing.lets(asking))


def counted(askings: Iterable[Asking], narrowing: Narrowing) -> tuple[Asking, ...]:
    """Keep the requests that sums count: those of the states asked for, or of `COUNTED_STATES`."""
    states = narrowing.states or COUNTED_STATES
    return tuple(asking for asking in askings if asking.state in states)
