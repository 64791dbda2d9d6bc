"""Dates as precisely as they are known: a year, a month or a day, as reduced-precision ISO 8601."""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

_SHAPE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
EARLIEST_YEAR = 1945
LATEST_YEAR = 2100


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


def is_partial_date(text: str) -> bool:
    """Tell whether a text is 2017, 2017-08 or 2017-08-28 and exists in the calendar."""
    if not _SHAPE.fullmatch(text) or not EARLIEST_YEAR <= int(text[:4]) <= LATEST_YEAR:
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def precision(text: str) -> Precision:
    """Tell how precise a date is."""
    return {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(text)]


def first_day(text: str) -> date:
    """Give the first day that a date can mean; ValueError when the calendar has no such day."""
    year, month, day = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """Give the last day that a date can mean."""
    start = first_day(text)
    match precision(text):
        case Precision.YEAR:
            return date(start.year, 12, 31)
        case Precision.MONTH:
            return date(start.year, start.month, monthrange(start.year, start.month)[1])
        case Precision.DAY:
            return start


def month_number(text: str) -> int:
    """Count the months from year 0 to the first month that a date can mean.

    The first, so that nothing counts as more recent than it can be shown to be.
    """
    start = first_day(text)
    return start.year * 12 + start.month - 1


def month_of(day: date) -> int:
    """Count the months from year 0 to a day."""
    return day.year * 12 + day.month - 1


def surely_before(end: str, start: str) -> bool:
    """Tell whether one date ends before another begins, whatever their unknown parts are."""
    return last_day(end) < first_day(start)


def age_days(text: str | None, today: date) -> int | None:
    """Count the days since the last day that a date can mean; None where there is no date.

    A date in the future is 0 days old.
    """
    return None if text is None else max(0, (today - last_day(text)).days)
