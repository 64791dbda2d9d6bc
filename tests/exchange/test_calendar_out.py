"""Calendar files: read back by the library that writes them, the same bytes for the same data."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from ctai.exchange.calendar_out import DueDate, calendar

MOMENT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
# A line break in a title becomes one in the file; other controls are refused when it is typed.
TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


def due(title: str = "Answer", number: int = 1, *, is_closed: bool = False) -> DueDate:
    return DueDate(
        f"enquiry-{number}@ctai", date(2026, 12, 31), title, "Question", MOMENT, is_closed
    )


@given(st.lists(TITLES, max_size=4))
def test_any_title_is_read_back_as_it_was(titles: list[str]) -> None:
    content = calendar("Dates", [due(title, number) for number, title in enumerate(titles)])
    events = Calendar.from_ical(content).events
    assert [str(event["SUMMARY"]) for event in events] == titles
    assert [str(event["UID"]) for event in events] == [
        f"enquiry-{number}@ctai" for number in range(len(titles))
    ]


def test_an_event_is_a_whole_day_that_takes_nobodys_time() -> None:
    content = calendar("Échéances", [due("سؤال")])
    found = Calendar.from_ical(content)
    assert str(found["X-WR-CALNAME"]) == "Échéances"
    (event,) = found.events
    assert event.start == date(2026, 12, 31)
    assert event.end == date(2027, 1, 1)
    assert event.DTSTAMP == MOMENT
    assert event["TRANSP"] == "TRANSPARENT"
    assert b"DTSTART;VALUE=DATE:20261231" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))  # RFC 5545, 3.1


def test_the_same_data_give_the_same_bytes() -> None:
    assert calendar("Dates", [due()]) == calendar("Dates", [due()])


def test_a_closed_matter_says_so_to_the_calendar() -> None:
    events = Calendar.from_ical(calendar("Dates", [due(), due(is_closed=True)])).events
    assert [str(event["CLASS"]) for event in events] == ["PRIVATE", "CONFIDENTIAL"]
