"""Moves of a need from state to state, what each takes, and the question a year after an answer."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from ctai.domain.checks import LONGEST_TEXT, bad_date, too_long
from ctai.domain.dates import first_day, is_partial_date, last_day, surely_before
from ctai.domain.faults import Fault
from ctai.domain.funding_tests import role_faults
from ctai.domain.ladder import CHECK_AFTER_MONTHS, MetAnswer
from ctai.domain.needs import NeedState

MOVES: Mapping[NeedState, frozenset[NeedState]] = MappingProxyType(
    {
        NeedState.OPEN: frozenset({NeedState.BEING_ANSWERED, NeedState.WITHDRAWN}),
        NeedState.PARTLY_ADDRESSED: frozenset({NeedState.BEING_ANSWERED, NeedState.WITHDRAWN}),
        NeedState.BEING_ANSWERED: frozenset({NeedState.ADDRESSED, NeedState.WITHDRAWN}),
        NeedState.ADDRESSED: frozenset(),
        NeedState.WITHDRAWN: frozenset(),
    }
)
"""Where a person may move a need. *Partly addressed* is what a source says, and behaves like open;
an addressed need opens again only through the check of `state_after`."""


@dataclass(frozen=True)
class OnRecord:
    """What is recorded that can answer a need."""

    has_activity: bool = False
    has_capacity: bool = False
    has_offer: bool = False


@dataclass(frozen=True)
class Move:
    """Where somebody wants to move a need, with the reason and the date that some moves take."""

    to: NeedState
    reason: str = ""
    answered_on: str | None = None


def move_faults(
    state: NeedState, move: Move, record: OnRecord, evidence_date: str | None, today: date
) -> tuple[Fault, ...]:
    """List every reason not to move a need."""
    return (
        *_edge_faults(state, move.to),
        *too_long("reason", move.reason, LONGEST_TEXT),
        *_being_answered_faults(move, record),
        *_withdrawal_faults(move),
        *_addressed_faults(move, record, evidence_date, today),
    )


def _edge_faults(state: NeedState, to: NeedState) -> Iterator[Fault]:
    if to in MOVES[state]:
        return
    if to is state:
        yield Fault("The need is in this state already.", "state")
    elif state is NeedState.WITHDRAWN:
        yield Fault("A withdrawn need stays withdrawn. Record a new one.", "state")
    elif state is NeedState.ADDRESSED:
        yield Fault(
            "An answered need opens again only when its requester says that it was not met.",
            "state",
        )
    elif to is NeedState.ADDRESSED:
        yield Fault("Say first that the need is being answered, and by what.", "state")
    else:
        yield Fault("A need can't be moved there from its present state.", "state")


def _being_answered_faults(move: Move, record: OnRecord) -> Iterator[Fault]:
    is_answered = record.has_activity or record.has_capacity or record.has_offer
    if move.to is NeedState.BEING_ANSWERED and not is_answered:
        yield Fault(
            "No answer is recorded. Link an activity that answers the need, or record that an "
            "entity can or that help is offered.",
            "state",
        )


def _withdrawal_faults(move: Move) -> Iterator[Fault]:
    if move.to is NeedState.WITHDRAWN and not move.reason.strip():
        yield Fault("The reason is missing. Say why the need is withdrawn.", "reason")


def _addressed_faults(
    move: Move, record: OnRecord, evidence_date: str | None, today: date
) -> Iterator[Fault]:
    if move.to is not NeedState.ADDRESSED:
        return
    if not record.has_activity and not move.reason.strip():
        yield Fault("Link the activity that answered the need, or say what did.", "reason")
    if not move.answered_on:
        yield Fault("Say since when the need is answered.", "answered_on")
        return
    bad = [*bad_date("answered_on", move.answered_on)]
    yield from bad
    if bad:
        return
    if first_day(move.answered_on) > today:
        yield Fault(
            "The need can't be answered on {seen}, a date to come.",
            "answered_on",
            {"seen": move.answered_on},
        )
    is_dated = evidence_date is not None and is_partial_date(evidence_date)
    if is_dated and evidence_date and surely_before(move.answered_on, evidence_date):
        yield Fault(
            "The answer, {seen}, is before the evidence of the need, {wanted}.",
            "answered_on",
            {"seen": move.answered_on, "wanted": evidence_date},
        )


def check_due(answered_on: str | None, state_as_of: str | None) -> date | None:
    """Give the day from which the requester is asked whether the need was met.

    Twelve months after the last day on which it can have been answered; where no answer is dated,
    after the source's own date; None where neither is known.
    """
    known = answered_on or state_as_of
    if known is None:
        return None
    day = last_day(known)
    months = day.year * 12 + day.month - 1 + CHECK_AFTER_MONTHS
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def check_told(answered_on: str) -> str:
    """Give the date from which the requester is asked, as precisely as the answer is dated."""
    return f"{check_due(answered_on, None)}"[: len(answered_on)]


def check_faults(
    state: NeedState,
    due: date | None,
    answer: MetAnswer | None,
    comment: str,
    answered_as: str,
    today: date,
) -> Iterator[Fault]:
    """Refuse a check of a need that is not answered or not due, and one without its words."""
    if state is not NeedState.ADDRESSED:
        yield Fault("Only an answered need is checked.", "state")
    elif due is not None and today < due:
        yield Fault(
            "The requester is asked from {date} on, twelve months after the answer.",
            "answer",
            {"date": due.isoformat()},
        )
    if answer is None:
        yield Fault("Choose one of the answers.", "answer")
    elif answer is not MetAnswer.MET and not comment.strip():
        yield Fault("Say what is still lacking.", "comment")
    yield from too_long("comment", comment, LONGEST_TEXT)
    yield from role_faults(answered_as)


def state_after(answer: MetAnswer) -> NeedState:
    """Give the state in which the requester's answer leaves an answered need."""
    return NeedState.ADDRESSED if answer is MetAnswer.MET else NeedState.OPEN
