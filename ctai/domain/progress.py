"""Progress against an action plan: the newest word on each item and milestone, and the sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ctai.domain.checks import LONGEST_TEXT, bad_date, too_long
from ctai.domain.dates import first_day, is_partial_date, last_day, surely_before
from ctai.domain.faults import Fault
from ctai.domain.needs import NeedState, Severity
from ctai.domain.plans import ItemDraft, ItemState, PlanState
from ctai.domain.roles import Visibility

ENDED = (ItemState.COMPLETED, ItemState.DROPPED)


@dataclass(frozen=True)
class Word:
    """What was said of an item or a milestone: its state as seen on a day."""

    state: ItemState
    seen_on: str
    note: str = ""
    told_by: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Milestone:
    """A step of a stored item; the newest word on it, None where nobody has said any."""

    number: int
    what: str
    due: str | None
    newest: Word | None = None

    @property
    def state(self) -> ItemState:
        """Tell how far it is."""
        return state_of(self.newest)

    def is_overdue(self, today: date) -> bool:
        """Tell whether its date has surely passed and nobody has ended it."""
        return self.due is not None and self.state not in ENDED and last_day(self.due) < today


@dataclass(frozen=True)
class Version:
    """A stored version of a country's plan; `version` counts its changes while it is a draft."""

    plan_id: int
    iso3: str
    number: int
    title: str
    state: PlanState
    agreed_on: str | None
    agreed_with: str
    visibility: Visibility
    note: str
    version: int


@dataclass(frozen=True)
class NeedTold:
    """The need of an item, as its list tells it."""

    number: int
    code: str
    title: str
    measure: str
    severity: Severity | None
    evidence_date: str | None
    state: NeedState
    visibility: Visibility


@dataclass(frozen=True)
class Item:
    """A stored item with its need, its milestones and the newest word on it."""

    draft: ItemDraft
    need: NeedTold
    milestones: tuple[Milestone, ...] = ()
    newest: Word | None = None

    @property
    def number(self) -> int:
        """Give the item's number."""
        assert self.draft.number is not None, "a stored item has its number"  # noqa: S101
        return self.draft.number

    @property
    def state(self) -> ItemState:
        """Tell how far it is."""
        return state_of(self.newest)


def state_of(newest: Word | None) -> ItemState:
    """Tell a state from the newest word; planned where nobody has said any."""
    return ItemState.PLANNED if newest is None else newest.state


def word_faults(word: Word, before: Word | None, today: date) -> Iterator[Fault]:
    """List every reason not to add a word to what was said before."""
    yield from bad_date("seen_on", word.seen_on or "–")
    if is_partial_date(word.seen_on):
        if first_day(word.seen_on) > today:
            yield Fault(
                "The state can't have been seen on {seen}, a date to come.",
                "seen_on",
                {"seen": word.seen_on},
            )
        if before is not None and surely_before(word.seen_on, before.seen_on):
            yield Fault(
                "A state of {wanted} is recorded; yours, of {seen}, is older. Give a later date.",
                "seen_on",
                {"seen": word.seen_on, "wanted": before.seen_on},
            )
    yield from too_long("note", word.note, LONGEST_TEXT)
    goes_back = state_of(before) in ENDED and word.state is not state_of(before)
    if (word.state is ItemState.DROPPED or goes_back) and not word.note.strip():
        yield Fault("Say why: an item is dropped, or taken up again, for a reason.", "note")


@dataclass(frozen=True)
class Summary:
    """How far a plan is: items by state, and its milestones.

    `share_done` is of the items that were not dropped; None where there are none.
    """

    planned: int = 0
    ongoing: int = 0
    completed: int = 0
    dropped: int = 0
    milestones_done: int = 0
    milestones_overdue: int = 0
    milestones_due: int = 0

    @property
    def items(self) -> int:
        """Count the items."""
        return self.planned + self.ongoing + self.completed + self.dropped

    @property
    def share_done(self) -> float | None:
        """Give the share that is completed, 0 to 1."""
        counting = self.items - self.dropped
        return self.completed / counting if counting else None


def summary(items: Sequence[Item], today: date) -> Summary:
    """Sum up a plan's items as of a day; milestones of dropped items count no more."""
    counts = {state.value: sum(one.state is state for one in items) for state in ItemState}
    milestones = [
        step for one in items if one.state is not ItemState.DROPPED for step in one.milestones
    ]
    done = sum(step.state is ItemState.COMPLETED for step in milestones)
    late = sum(step.is_overdue(today) for step in milestones)
    ended = sum(step.state in ENDED for step in milestones)
    return Summary(
        **counts,
        milestones_done=done,
        milestones_overdue=late,
        milestones_due=len(milestones) - ended - late,
    )
