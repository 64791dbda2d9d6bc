"""Notices: what waits for somebody, by when, and what is already late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ctai.domain.dates import first_day, last_day

AHEAD_DAYS = 90
"""Needs and follow-ups are told a quarter before their date: what has to be arranged with several
entities takes that long."""

SOON_DAYS = 7

QUARTER_ENDS_IN_DAYS = 30
"""The present quarter is asked for in its last month: before that there is still time to work."""


class Waiting(StrEnum):
    """What can wait for somebody."""

    ENQUIRY = "enquiry"
    OUTSIDE = "outside"
    """An enquiry to a provider or donor outside the United Nations."""
    NO_ANSWER = "no_answer"
    """An enquiry by the desk whose date has passed without an answer."""
    CONSENT = "consent"
    PROPOSAL = "proposal"
    FUNDING_REVIEW = "funding_review"
    FUNDING_RETURNED = "funding_returned"
    STALE_RECORDS = "stale_records"
    NEED_DUE = "need_due"
    FOLLOW_UP = "follow_up"
    NEED_CHECK = "need_check"
    QUARTER = "quarter"


class Urgency(StrEnum):
    """How soon something is due."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


@dataclass(frozen=True)
class Notice:
    """Something that waits for one person.

    `number` tells it from others of its kind, `opens` is the number of the record to look at; both
    are 0 where no single record is meant. `subject` is its title as somebody wrote it, or a
    quarter; `about` names an entity's acronym or countries' codes, joined by "; ". `due` is a
    reduced-precision date, None without one. `since` is when it began to wait. A closed subject
    stays inside the system.
    """

    kind: Waiting
    number: int
    opens: int
    subject: str
    about: str
    due: str | None
    since: datetime
    count: int = 1
    is_closed: bool = False


def days_left(due: str | None, today: date) -> int | None:
    """Count the days to the last one that a date can mean; negative when it is over."""
    return None if due is None else (last_day(due) - today).days


def urgency(due: str | None, today: date) -> Urgency:
    """Put a due date into its class."""
    left = days_left(due, today)
    if left is None:
        return Urgency.UNDATED
    if left < 0:
        return Urgency.OVERDUE
    return Urgency.SOON if left <= SOON_DAYS else Urgency.LATER


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Sort by due date, undated last; then by how long it has waited."""
    return tuple(sorted(notices, key=_place))


def _place(notice: Notice) -> tuple[bool, date, datetime, str, int]:
    undated = notice.due is None
    last = date.max if notice.due is None else last_day(notice.due)
    return undated, last, notice.since, notice.kind.value, notice.number


def horizon(today: date) -> str:
    """Give the last day of which is told now, as YYYY-MM-DD."""
    return (today + timedelta(days=AHEAD_DAYS)).isoformat()


def is_near(due: str | None, today: date) -> bool:
    """Tell whether a date lies within what is told now, or is over; an unknown date is not near."""
    return due is not None and first_day(due) <= today + timedelta(days=AHEAD_DAYS)
