"""Notices: what is due when, and in which order it is told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.dates import last_day
from ctai.domain.notices import (
    AHEAD_DAYS,
    Notice,
    Urgency,
    Waiting,
    days_left,
    in_order,
    is_near,
    urgency,
)

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
DUE = st.none() | st.builds(
    lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10])
)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-11-24", Urgency.OVERDUE),
        ("2026-11-25", Urgency.SOON),
        ("2026-12-02", Urgency.SOON),
        ("2026-12-03", Urgency.LATER),
        ("2026-11", Urgency.SOON),
        ("2026", Urgency.LATER),
        ("2025", Urgency.OVERDUE),
        (None, Urgency.UNDATED),
    ],
)
def test_a_date_is_over_when_its_last_possible_day_is(due: str | None, expected: Urgency) -> None:
    assert urgency(due, TODAY) is expected


@given(DUE, DAYS)
def test_what_is_over_stays_over(due: str | None, today: date) -> None:
    left = days_left(due, today)
    if left is not None:
        assert days_left(due, today + timedelta(days=1)) == left - 1
        assert (urgency(due, today) is Urgency.OVERDUE) == (left < 0)
        assert is_near(due, today) or left > AHEAD_DAYS


@given(st.lists(DUE, max_size=8))
def test_notices_are_told_by_their_date_and_the_undated_last(dues: list[str | None]) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    notices = [Notice(Waiting.NEED_DUE, n, n, "", "", due, moment) for n, due in enumerate(dues)]
    told = in_order(notices)
    assert set(told) == set(notices)
    days = [last_day(notice.due) if notice.due else date.max for notice in told]
    assert days == sorted(days)
    assert in_order(reversed(notices)) == told
