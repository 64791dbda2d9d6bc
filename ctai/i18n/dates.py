"""Dates never more precise than they are known, moments, and ages."""

import re
from datetime import UTC, date, datetime

from babel.dates import format_date, format_skeleton, format_time

from ctai.i18n.catalogue import translate, translate_plural
from ctai.i18n.languages import locale_of

_REDUCED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class DateUnreadable(ValueError):
    """The text is no ISO 8601 date of year, month or day precision."""


def partial_date(lang: str, iso: str | None) -> str:
    """The date of an ISO 8601 text of reduced precision: "2017", "2017-08" or "2017-08-28".

    None and "" read "date not known"; anything else raises DateUnreadable.
    """
    if not iso:
        return translate(lang, "date not known")
    parts = _REDUCED.fullmatch(iso)
    if parts is None:
        raise DateUnreadable(f"not a date such as 2017, 2017-08 or 2017-08-28: {iso!r}")
    year, month, day = parts.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError as fault:
        raise DateUnreadable(f"no such date: {iso!r}") from fault
    if day:
        return format_date(first, "long", locale=locale_of(lang))
    return format_skeleton("yMMMM" if month else "y", first, locale=locale_of(lang))


def short_day(lang: str, day: date) -> str:
    """A whole day as short as the language writes it with its year whole, for narrow columns."""
    return format_date(day, "medium", locale=locale_of(lang))


def moment(lang: str, at: datetime | None) -> str:
    """A moment in UTC to the minute; raise ValueError where the moment has no time zone."""
    if at is None:
        return translate(lang, "date not known")
    if at.tzinfo is None:
        raise ValueError(f"a moment needs its time zone: {at.isoformat()}")
    utc = at.astimezone(UTC)
    return translate(
        lang,
        "{date}, {time} UTC",
        date=format_date(utc.date(), "long", locale=locale_of(lang)),
        time=format_time(utc.time(), "HH:mm", locale=locale_of(lang)),
    )


def age(lang: str, days: int | None) -> str:
    """A number of days in full years and months, in months below a year, in days below a month.

    A month is a twelfth of 365 days. None reads "not known"; a negative age is refused.
    """
    if days is None:
        return translate(lang, "not known")
    if days < 0:
        raise ValueError(f"an age cannot be negative: {days} days")
    months = days * 12 // 365
    if not months:
        return translate_plural(lang, "{n} day", "{n} days", days)
    in_months = translate_plural(lang, "{n} month", "{n} months", months % 12)
    if months < 12:
        return in_months
    in_years = translate_plural(lang, "{n} year", "{n} years", months // 12)
    if not months % 12:
        return in_years
    return translate(lang, "{years} {months}", years=in_years, months=in_months)
