"""Working days: Monday to Friday, unless the calendar says otherwise of a day."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from ctai.domain.checks import LONGEST_TITLE, too_long
from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Fault, shown

_SATURDAY = 5
_WHOLE_DAY = 10
_ONE_DAY = timedelta(days=1)

Exceptions = Mapping[date, bool]
"""Days that differ from the week's rule: True for a day on which people work, False for a holiday.
"""


def is_working(day: date, exceptions: Exceptions) -> bool:
    """Tell whether people work on a day."""
    return exceptions.get(day, day.weekday() < _SATURDAY)


def add_working_days(start: date, n: int, exceptions: Exceptions) -> date:
    """Give the n-th working day after a day, which itself is not counted; the day itself for 0.

    ValueError for a negative number.
    """
    if n < 0:
        raise ValueError(f"working days are counted forwards: {n}")
    day = start
    for _ in range(n):
        day += _ONE_DAY
        while not is_working(day, exceptions):
            day += _ONE_DAY
    return day


def working_days_between(start: date, end: date, exceptions: Exceptions) -> int:
    """Count the working days after a day, up to and with another; 0 where it is not later."""
    days = (start + timedelta(days=count) for count in range(1, (end - start).days + 1))
    return sum(is_working(day, exceptions) for day in days)


def calendar_faults(day: str, works: bool, name: str) -> Iterator[Fault]:
    """Refuse a day that is none, that has no name, or of which the week's rule says as much."""
    if not is_partial_date(day) or len(day) != _WHOLE_DAY:
        yield Fault("“{seen}” is not a day. Write it as 2026-05-01.", "day", {"seen": shown(day)})
    elif is_working(date.fromisoformat(day), {}) == works:
        yield Fault("The week's rule says so of this day already.", "day")
    if not name.strip():
        yield Fault("Name the day, such as Labour Day.", "name")
    yield from too_long("name", name, LONGEST_TITLE)
