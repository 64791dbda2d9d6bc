"""Calendar files: due dates as whole-day events that calendar programs read (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//ctai//due dates//EN"


@dataclass(frozen=True)
class DueDate:
    """A day by which something is to be done.

    `uid` stays the same as long as the matter does, so that a calendar that reads the file again
    moves the event and makes no second one; `known_since` is the moment of the data behind it, not
    of the file: the same data give the same bytes.
    """

    uid: str
    day: date
    title: str
    kind: str
    known_since: datetime
    is_closed: bool = False


def calendar(name: str, dates: Iterable[DueDate]) -> bytes:
    """Write due dates as a calendar of this name."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    for due in dates:
        event = Event()
        event.add("uid", due.uid)
        event.add("dtstamp", due.known_since)
        event.add("dtstart", due.day)
        event.add("dtend", due.day + timedelta(days=1))  # the first day that is no longer part
        event.add("summary", due.title)
        event.add("categories", [due.kind])
        event.add("class", "CONFIDENTIAL" if due.is_closed else "PRIVATE")
        event.add("transp", "TRANSPARENT")  # a due date takes no time of anybody's day
        found.add_component(event)
    return bytes(found.to_ical())
