"""Working days: the week's rule and the calendar's exceptions, as laws and by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.working_days import (
    add_working_days,
    calendar_faults,
    is_working,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
EXCEPTIONS = st.dictionaries(DAYS, st.booleans(), max_size=20)
COUNTS = st.integers(0, 60)


@given(DAYS, COUNTS, EXCEPTIONS)
def test_a_deadline_is_a_working_day_with_exactly_so_many_before_it(
    start: date, n: int, exceptions: dict[date, bool]
) -> None:
    due = add_working_days(start, n, exceptions)
    assert working_days_between(start, due, exceptions) == n
    assert n == 0 or is_working(due, exceptions)


@given(DAYS, COUNTS, COUNTS, EXCEPTIONS)
def test_deadlines_add_up(start: date, n: int, more: int, exceptions: dict[date, bool]) -> None:
    at_once = add_working_days(start, n + more, exceptions)
    assert add_working_days(add_working_days(start, n, exceptions), more, exceptions) == at_once


@given(DAYS, st.integers(1, 60), EXCEPTIONS)
def test_a_holiday_never_brings_a_deadline_forward(
    start: date, n: int, exceptions: dict[date, bool]
) -> None:
    due = add_working_days(start, n, exceptions)
    assert add_working_days(start, n, {**exceptions, due: False}) > due


@given(DAYS)
def test_five_working_days_are_a_week_without_exceptions(start: date) -> None:
    monday = start - timedelta(days=start.weekday())
    assert add_working_days(monday, 5, {}) == monday + timedelta(days=7)


def test_a_weekend_and_a_holiday_are_left_out() -> None:
    thursday = date(2026, 4, 30)
    labour_day = {date(2026, 5, 1): False}
    assert add_working_days(thursday, 1, labour_day) == date(2026, 5, 4)
    assert add_working_days(thursday, 1, {**labour_day, date(2026, 5, 2): True}) == date(2026, 5, 2)


def test_nothing_is_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 1, 1), -1, {})


@pytest.mark.parametrize(
    ("day", "works", "name", "columns"),
    [
        ("2026-05-01", False, "Labour Day", []),
        ("2026-05-02", True, "Moved from Friday", []),
        ("2026-05-01", True, "Friday", ["day"]),
        ("2026-05-02", False, "Saturday", ["day"]),
        ("2026-05", False, "", ["day", "name"]),
        ("2026-02-30", False, "Never", ["day"]),
    ],
)
def test_a_day_that_says_nothing_new_is_refused(
    day: str, works: bool, name: str, columns: list[str]
) -> None:
    assert [fault.column for fault in calendar_faults(day, works, name)] == columns
