"""National technical-assistance action plans: items built from needs; what a sound one holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ctai.domain.checks import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    bad_date,
    too_long,
    unknown_country,
    unknown_entity,
)
from ctai.domain.dates import first_day, is_partial_date, surely_before
from ctai.domain.faults import Fault, shown
from ctai.domain.funding_money import rate_faults
from ctai.domain.money import CURRENCIES, LARGEST_AMOUNT, in_usd
from ctai.domain.needs import NeedState
from ctai.domain.roles import Visibility


class PlanState(StrEnum):
    """What a version of a plan is worth; an agreed one is never changed again."""

    DRAFT = "draft"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


class ItemState(StrEnum):
    """How far an item of a plan is."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class MilestoneDraft:
    """A dated step of an item."""

    what: str
    due: str | None = None


@dataclass(frozen=True)
class ItemDraft:
    """What a plan is to do about a need; `number` is the stored item's, None for a new one.

    `rate_usd` is US dollars for one unit of the currency on `rate_date`; US dollars need none.
    """

    need_id: int | None
    action: str = ""
    entity: str | None = None
    starts: str | None = None
    ends: str | None = None
    cost: Decimal | None = None
    currency: str | None = None
    rate_usd: Decimal | None = None
    rate_date: str | None = None
    milestones: tuple[MilestoneDraft, ...] = ()
    funding_request_id: int | None = None
    number: int | None = None

    @property
    def cost_usd(self) -> Decimal | None:
        """Give the cost in US dollars; None where the cost or its rate is not known."""
        return in_usd(self.cost, self.currency or "", self.rate_usd)


@dataclass(frozen=True)
class PlanDraft:
    """A version of a country's plan as somebody gives it, its items in their order."""

    iso3: str
    title: str
    items: tuple[ItemDraft, ...] = ()
    visibility: Visibility = Visibility.UN_SYSTEM
    note: str = ""


@dataclass(frozen=True)
class PlannedNeed:
    """What a plan must know of a need: the countries it names, and its state."""

    countries: frozenset[str]
    state: NeedState = NeedState.OPEN


@dataclass(frozen=True)
class PlanKnown:
    """What a plan may name; `needs` are those that its author sees, by number."""

    countries: frozenset[str]
    entities: frozenset[str]
    needs: Mapping[int, PlannedNeed] = field(default_factory=dict)


def plan_faults(draft: PlanDraft, known: PlanKnown, today: date) -> tuple[Fault, ...]:
    """List every reason not to store a plan; `place` of a fault is its item's position, from 1."""
    return (
        *unknown_country(draft.iso3, known.countries),
        *_title_faults(draft.title),
        *too_long("note", draft.note, LONGEST_TEXT),
        *(
            fault.at(str(position))
            for position, item in enumerate(draft.items, start=1)
            for fault in _item_faults(item, draft.iso3, known, today)
        ),
        *_repeated(draft.items),
    )


def _title_faults(title: str) -> Iterator[Fault]:
    if not title.strip():
        yield Fault("The plan has no title. Give it one.", "title")
    yield from too_long("title", title, LONGEST_TITLE)


def _item_faults(item: ItemDraft, iso3: str, known: PlanKnown, today: date) -> Iterator[Fault]:
    yield from _need_faults(item.need_id, iso3, known)
    yield from too_long("action", item.action, LONGEST_TITLE)
    if item.entity is not None:
        yield from unknown_entity(item.entity, known.entities)
    yield from _span_faults(item)
    yield from cost_faults(item, today)
    for milestone in item.milestones:
        yield from _milestone_faults(milestone, item)


def _need_faults(need_id: int | None, iso3: str, known: PlanKnown) -> Iterator[Fault]:
    if need_id is None:
        yield Fault("A plan item needs a need. Choose the need that it answers.", "need")
        return
    need = known.needs.get(need_id)
    if need is None:
        yield Fault("There is no such need, or it is not open to you. Choose another.", "need")
        return
    if iso3 not in need.countries:
        yield Fault("The need is another country's. Choose one of this country.", "need")
    if need.state is NeedState.WITHDRAWN:
        yield Fault("The need was withdrawn. Choose another, or take the item out.", "need")


def _dates(*texts: str | None) -> list[str] | None:
    """Give the dates where all of them are there and sound."""
    sound = [text for text in texts if text and is_partial_date(text)]
    return sound if len(sound) == len(texts) else None


def _span_faults(item: ItemDraft) -> Iterator[Fault]:
    yield from bad_date("starts", item.starts)
    yield from bad_date("ends", item.ends)
    span = _dates(item.starts, item.ends)
    if span and surely_before(span[1], span[0]):
        yield Fault(
            "The end, {seen}, is before the start, {wanted}. Correct one of the two.",
            "ends",
            {"seen": span[1], "wanted": span[0]},
        )


def cost_faults(item: ItemDraft, today: date) -> Iterator[Fault]:
    """Refuse a cost that is no sound amount, or that can't be told in US dollars on a date."""
    if item.cost is not None:
        yield from _amount_faults(item.cost)
        if not item.currency:
            yield Fault("The cost has no currency. Choose one, such as USD.", "currency")
        elif item.currency not in CURRENCIES:
            yield Fault(
                "“{seen}” is not a known currency. Give an ISO 4217 code such as USD.",
                "currency",
                {"seen": shown(item.currency)},
            )
        elif item.currency != "USD" and (item.rate_usd is None or item.rate_date is None):
            yield Fault(
                "A cost in {seen} needs its rate: US dollars for one {seen}, and the rate's date.",
                "rate",
                {"seen": item.currency},
            )
    if item.rate_usd is not None:
        yield from (replace(fault, column="rate") for fault in rate_faults(item.rate_usd))
    yield from bad_date("rate_date", item.rate_date)
    rated = _dates(item.rate_date)
    if rated and first_day(rated[0]) > today:
        yield Fault(
            "The rate's date, {seen}, is to come. Give the day on which it was published.",
            "rate_date",
            {"seen": rated[0]},
        )


def _amount_faults(amount: Decimal) -> Iterator[Fault]:
    seen = {"seen": shown(amount)}
    if not amount.is_finite():
        yield Fault(
            "The amount {seen} is not a number. Write digits, such as 1700000.", "cost", seen
        )
    elif amount < 0:
        yield Fault("The amount {seen} is negative. Give an amount above zero.", "cost", seen)
    elif amount == 0:
        yield Fault("The amount is zero. Leave it empty where it is not known.", "cost")
    elif amount > LARGEST_AMOUNT:
        yield Fault("The amount {seen} is too large to be right. Check it.", "cost", seen)
    elif amount != amount.quantize(Decimal("0.01")):
        yield Fault("The amount {seen} has more than two decimals. Round it to two.", "cost", seen)


def _milestone_faults(milestone: MilestoneDraft, item: ItemDraft) -> Iterator[Fault]:
    if not milestone.what.strip():
        yield Fault("A milestone says nothing. Say what is to be reached.", "milestones")
    yield from too_long("milestones", milestone.what, LONGEST_TITLE)
    yield from bad_date("milestones", milestone.due)
    begun, ended = _dates(milestone.due, item.starts), _dates(milestone.due, item.ends)
    if (begun and surely_before(begun[0], begun[1])) or (ended and surely_before(*ended[::-1])):
        yield Fault(
            "The milestone of {seen} is outside the item's dates. Move one of them.",
            "milestones",
            {"seen": milestone.due or ""},
        )


def _repeated(items: tuple[ItemDraft, ...]) -> Iterator[Fault]:
    met: dict[tuple[int, str], int] = {}
    for position, item in enumerate(items, start=1):
        if item.need_id is None:
            continue
        first = met.setdefault((item.need_id, _same(item.action)), position)
        if first != position:
            yield Fault(
                "This item repeats item {seen}: the same need and action. Take one out.",
                "action",
                {"seen": str(first)},
                str(position),
            )


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def key_of(item: ItemDraft) -> tuple[int | None, str]:
    """Tell by what an item of the next version is the same: its need and its action."""
    return item.need_id, _same(item.action)
