"""What a funding request says: its parts, what keeps it from being stored, what from being sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ctai.domain.activities import Known
from ctai.domain.checks import LONGEST_TEXT, LONGEST_TITLE, bad_date, too_long, unknown_entity
from ctai.domain.dates import is_partial_date, surely_before
from ctai.domain.faults import Fault, shown
from ctai.domain.funding_money import amount_faults, currency_faults, rate_faults
from ctai.domain.needs import UNMET_STATES, NeedState
from ctai.domain.roles import Visibility

_OPENNESS = (Visibility.RESTRICTED, Visibility.UN_SYSTEM, Visibility.PUBLIC)


@dataclass(frozen=True)
class PlannedLine:
    """A line of the budget, in the request's currency."""

    what: str
    amount: Decimal


@dataclass(frozen=True)
class PlannedActivity:
    """An activity that the money is for, with its budget lines; dates as far as they are known."""

    title: str
    starts: str | None = None
    ends: str | None = None
    lines: tuple[PlannedLine, ...] = ()


@dataclass(frozen=True)
class FundingDraft:
    """A funding request as somebody gives it.

    `needs` are numbers; `total` is what is asked, beside `cofunding` that comes from elsewhere,
    both in `currency`; `rate_usd` is US dollars for one unit of it on `rate_date`.
    """

    title: str
    entity: str
    needs: tuple[int, ...] = ()
    objective: str = ""
    needed_by: str | None = None
    activities: tuple[PlannedActivity, ...] = ()
    total: Decimal | None = None
    currency: str = "USD"
    rate_usd: Decimal | None = None
    rate_date: str | None = None
    cofunding: Decimal | None = None
    cofunding_from: str = ""
    risks: str = ""
    note: str = ""
    visibility: Visibility = Visibility.UN_SYSTEM

    @property
    def lines(self) -> tuple[PlannedLine, ...]:
        """Give the budget lines of all activities."""
        return tuple(line for activity in self.activities for line in activity.lines)

    @property
    def lines_total(self) -> Decimal:
        """Add the budget lines up, in the request's currency."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True)
class NeedFacts:
    """What a funding request must know of a need; `is_open` tells whether its reader sees it."""

    need_id: int
    code: str
    title: str
    countries: tuple[str, ...]
    visibility: Visibility
    state: NeedState
    is_open: bool = True


Needs = Mapping[int, NeedFacts]


def countries_of(draft: FundingDraft, needs: Needs) -> tuple[str, ...]:
    """Give the countries of a request's needs, in their order and each once."""
    found = [iso3 for number in draft.needs if number in needs for iso3 in needs[number].countries]
    return tuple(dict.fromkeys(found))


def draft_faults(draft: FundingDraft, known: Known, needs: Needs) -> Iterator[Fault]:
    """List every reason not even to keep a draft; what is only missing yet is none of them."""
    if not draft.title.strip():
        yield Fault("The title is missing. Say in one line what the money is for.", "title")
    yield from _need_faults(draft, needs)
    if draft.entity:
        yield from unknown_entity(draft.entity, known.entities)
    else:
        yield Fault("The entity is missing. Choose who is to deliver.", "entity")
    yield from _text_faults(draft)
    yield from bad_date("needed_by", draft.needed_by)
    for activity in draft.activities:
        yield from _activity_faults(activity)
    yield from currency_faults(draft.currency)
    yield from bad_date("rate_date", draft.rate_date)
    if draft.total is not None:
        yield from amount_faults("total", draft.total)
    for line in draft.lines:
        yield from amount_faults("amount", line.amount)
    if draft.cofunding is not None and draft.cofunding != 0:
        yield from amount_faults("cofunding", draft.cofunding)
    if draft.rate_usd is not None:
        yield from rate_faults(draft.rate_usd)


def _need_faults(draft: FundingDraft, needs: Needs) -> Iterator[Fault]:
    if not draft.needs:
        yield Fault("The need is missing. Choose at least one that the money answers.", "needs")
    if len(set(draft.needs)) < len(draft.needs):
        yield Fault("A need is named twice. Name each need once.", "needs")
    for number in dict.fromkeys(draft.needs):
        need = needs.get(number)
        if need is None:
            yield Fault(
                "There is no need with number {seen}, or it is not open to you.",
                "needs",
                {"seen": shown(number)},
            )
        elif _OPENNESS.index(draft.visibility) > _OPENNESS.index(need.visibility):
            yield Fault(
                "The request can't be more open than its need {seen}. "
                "Make it as restricted, or leave the need out.",
                "visibility",
                {"seen": shown(need.code)},
            )


def _text_faults(draft: FundingDraft) -> Iterator[Fault]:
    yield from too_long("title", draft.title, LONGEST_TITLE)
    yield from too_long("cofunding_from", draft.cofunding_from, LONGEST_TITLE)
    for column in ("objective", "risks", "note"):
        yield from too_long(column, getattr(draft, column), LONGEST_TEXT)
    for activity in draft.activities:
        yield from too_long("activities", activity.title, LONGEST_TITLE)
        for line in activity.lines:
            yield from too_long("budget", line.what, LONGEST_TITLE)


def _activity_faults(activity: PlannedActivity) -> Iterator[Fault]:
    """Refuse an activity that nothing names, or whose dates can't be."""
    if not activity.title.strip():
        yield Fault("An activity has no title. Say what is to be done.", "activities")
    bad = [*bad_date("activities", activity.starts), *bad_date("activities", activity.ends)]
    yield from bad
    dates = () if bad else tuple(filter(None, (activity.starts, activity.ends)))
    if len(dates) == 2 and surely_before(dates[1], dates[0]):
        yield Fault(
            "The activity “{seen}” ends before it starts. Correct one of the dates.",
            "activities",
            {"seen": shown(activity.title)},
        )


def submission_faults(draft: FundingDraft, needs: Needs, today: str) -> Iterator[Fault]:
    """List every reason not to send a request that could be kept; `today` is YYYY-MM-DD."""
    for number in draft.needs:
        need = needs.get(number)
        if need is not None and need.state not in UNMET_STATES:
            yield Fault(
                "The need {seen} is no longer unmet. Leave it out.",
                "needs",
                {"seen": shown(need.code)},
            )
    if not draft.objective.strip():
        yield Fault("The objective is missing. Say what will be different.", "objective")
    yield from _plan_faults(draft)
    yield from _needed_by_faults(draft, today)
    yield from _budget_faults(draft)
    yield from _rate_of_the_day_faults(draft, today)
    if draft.cofunding and not draft.cofunding_from.strip():
        yield Fault("Say who gives the co-funding.", "cofunding_from")
    if not draft.risks.strip():
        yield Fault(
            "The risks are missing. Say what could go wrong and what you do about it.", "risks"
        )


def _plan_faults(draft: FundingDraft) -> Iterator[Fault]:
    if not draft.activities:
        yield Fault("The activities are missing. Give at least one, with its dates.", "activities")
    for activity in draft.activities:
        if activity.starts is None or activity.ends is None:
            yield Fault(
                "The activity “{seen}” has no start or no end. Give both dates.",
                "activities",
                {"seen": shown(activity.title)},
            )


def _needed_by_faults(draft: FundingDraft, today: str) -> Iterator[Fault]:
    wanted = draft.needed_by
    if wanted is None:
        yield Fault("Say by when the money is needed.", "needed_by")
        return
    if not is_partial_date(wanted):
        return
    if surely_before(wanted, today):
        yield Fault(
            "The money is needed by {seen}, which has passed. Give a date to come.",
            "needed_by",
            {"seen": shown(wanted)},
        )
    ends = [a.ends for a in draft.activities if a.ends and is_partial_date(a.ends)]
    if ends and all(surely_before(end, wanted) for end in ends):
        yield Fault(
            "The money is needed by {seen}, after the last activity has ended, {wanted}. "
            "Correct one of the dates.",
            "needed_by",
            {"seen": shown(wanted), "wanted": max(ends)},
        )


def _budget_faults(draft: FundingDraft) -> Iterator[Fault]:
    if not draft.lines:
        yield Fault("The budget is missing. Give at least one line with its amount.", "budget")
    if any(not line.what.strip() for line in draft.lines):
        yield Fault("A budget line does not say what it is for.", "budget")
    if draft.total is None:
        yield Fault("The total is missing. Say how much is asked.", "total")
    elif draft.lines and draft.total != draft.lines_total:
        yield Fault(
            "The budget lines add up to {seen}, the total says {wanted}: {difference} apart. "
            "Correct one of the two.",
            "total",
            {
                "seen": f"{draft.lines_total:,.2f}",
                "wanted": f"{draft.total:,.2f}",
                "difference": f"{abs(draft.total - draft.lines_total):,.2f}",
            },
        )


def _rate_of_the_day_faults(draft: FundingDraft, today: str) -> Iterator[Fault]:
    if draft.currency != "USD" and draft.rate_usd is None:
        yield Fault(
            "The rate is missing. Give US dollars for one {seen}.",
            "rate_usd",
            {"seen": shown(draft.currency)},
        )
    if draft.rate_usd is not None and draft.rate_date is None:
        yield Fault("The rate has no date. Say of which day it is.", "rate_date")
    elif draft.rate_date is not None and draft.rate_date > today:
        yield Fault(
            "The rate is of {seen}, a date to come. Give today's or an earlier one.",
            "rate_date",
            {"seen": shown(draft.rate_date)},
        )
