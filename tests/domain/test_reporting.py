"""Reporting: quarters, and what is known of an entity's."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.reporting import (
    QuarterAnswer,
    QuarterState,
    Statement,
    first_of,
    is_quarter,
    last_of,
    last_quarters,
    quarter_of,
    state_of,
    statement_faults,
)

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(1946, 1, 1), date(2099, 12, 31))
ENTITIES = frozenset({"UNODC"})


@given(DAYS)
def test_a_day_lies_in_its_quarter_and_in_no_other(day: date) -> None:
    quarter = quarter_of(day)
    assert is_quarter(quarter)
    assert first_of(quarter) <= day <= last_of(quarter)
    assert quarter_of(first_of(quarter) - timedelta(days=1)) < quarter
    assert quarter_of(last_of(quarter) + timedelta(days=1)) > quarter


@given(DAYS, st.integers(1, 20))
def test_the_last_quarters_follow_each_other_up_to_today(day: date, count: int) -> None:
    quarters = last_quarters(day, count)
    assert len(quarters) == count
    assert quarters[-1] == quarter_of(day)
    for earlier, later in pairwise(quarters):
        assert last_of(earlier) + timedelta(days=1) == first_of(later)


@pytest.mark.parametrize(
    "text", ["2026-Q5", "2026-Q0", "26-Q1", "2026Q1", "2026-Q1 ", "", "0001-Q1"]
)
def test_other_texts_are_no_quarter(text: str) -> None:
    assert not is_quarter(text)


def test_what_is_known_of_a_quarter() -> None:
    long_ago, nothing = date(2020, 1, 1), QuarterAnswer.NOTHING_TO_REPORT
    assert state_of("2026-Q3", TODAY, long_ago, False, None) is QuarterState.SILENT
    assert state_of("2026-Q4", TODAY, long_ago, False, None) is QuarterState.RUNNING
    assert state_of("2026-Q3", TODAY, long_ago, False, nothing) is QuarterState.NOTHING_TO_REPORT
    assert state_of("2026-Q3", TODAY, long_ago, True, None) is QuarterState.REPORTED
    assert state_of("2026-Q3", TODAY, None, False, QuarterAnswer.REPORTED) is QuarterState.REPORTED


def test_unknown_is_not_silence() -> None:
    assert state_of("2026-Q3", TODAY, None, False, None) is QuarterState.NOT_ASKED
    assert state_of("2026-Q3", TODAY, date(2026, 10, 1), False, None) is QuarterState.NOT_ASKED
    assert state_of("2026-Q3", TODAY, date(2026, 9, 30), False, None) is QuarterState.SILENT


@given(DAYS, DAYS, st.none() | DAYS, st.booleans(), st.none() | st.sampled_from(QuarterAnswer))
def test_whoever_told_something_is_never_silent(
    day: date, today: date, since: date | None, told: bool, said: QuarterAnswer | None
) -> None:
    state = state_of(quarter_of(day), today, since, told, said)
    if told or said is not None:
        assert state in (QuarterState.REPORTED, QuarterState.NOTHING_TO_REPORT)
    if state is QuarterState.SILENT:
        assert last_of(quarter_of(day)) < today
        assert since is not None


def test_a_statement_is_refused_with_every_reason() -> None:
    bad = Statement("NOBODY", "2026-Q9", QuarterAnswer.REPORTED, "x" * 500)
    assert len(statement_faults(bad, ENTITIES, TODAY)) == 3
    early = Statement("UNODC", "2027-Q1", QuarterAnswer.REPORTED)
    assert [f.places["wanted"] for f in statement_faults(early, ENTITIES, TODAY)] == ["2026-Q4"]
    good = Statement("UNODC", "2026-Q4", QuarterAnswer.NOTHING_TO_REPORT)
    assert statement_faults(good, ENTITIES, TODAY) == ()
