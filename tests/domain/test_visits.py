"""A visit is to come, under way or over by what is recorded, and never by a guess."""

from dataclasses import replace
from datetime import date

import pytest

from ctai.domain.activities import Status
from ctai.domain.assessments import AssessmentPart, FollowUp
from ctai.domain.visits import Due, Phase, due, phase
from tests.drafts import assessment

DAY = date(2026, 6, 30)


def phase_of(status: Status, *parts: tuple[str | None, str | None]) -> Phase:
    dated = tuple(AssessmentPart(start, end) for start, end in parts)
    return phase(replace(assessment(), status=status, parts=dated), DAY)


def test_what_is_recorded_as_begun_ended_or_called_off_is_so_whatever_its_dates() -> None:
    assert phase_of(Status.ONGOING, ("2020", None)) is Phase.UNDER_WAY
    assert phase_of(Status.COMPLETED, ("2027", None)) is Phase.OVER
    assert phase_of(Status.CANCELLED, ("2027", None)) is Phase.OFF
    assert phase_of(Status.SUSPENDED) is Phase.OFF


def test_a_planned_visit_is_to_come_until_its_last_possible_day() -> None:
    assert phase_of(Status.PLANNED) is Phase.TO_COME
    assert phase_of(Status.REQUESTED, ("2026", None)) is Phase.TO_COME
    assert phase_of(Status.PLANNED, ("2026-06", None)) is Phase.TO_COME
    assert phase_of(Status.PLANNED, ("2025-10", "2025-11"), ("2026-09", None)) is Phase.TO_COME
    assert phase_of(Status.PLANNED, ("2026-05", "2026-06-29")) is Phase.UNTOLD


def test_a_visit_of_unknown_status_is_to_come_only_if_it_surely_is() -> None:
    assert phase_of(Status.UNKNOWN) is Phase.UNTOLD
    assert phase_of(Status.UNKNOWN, ("2026", None)) is Phase.UNTOLD
    assert phase_of(Status.UNKNOWN, ("2027", None)) is Phase.TO_COME
    assert phase_of(Status.UNKNOWN, ("2025", None), ("2027", None)) is Phase.UNTOLD


@pytest.mark.parametrize(
    ("by", "done", "expected"),
    [
        ("2025", "2026-01", Due.DONE),
        (None, "2026-01", Due.DONE),
        ("2026-05", None, Due.OVERDUE),
        ("2026-06-29", None, Due.OVERDUE),
        ("2026-06", None, Due.DUE),
        ("2026", None, Due.DUE),
        (None, None, Due.UNDATED),
    ],
)
def test_a_follow_up_is_overdue_once_the_last_day_that_its_date_can_mean_is_over(
    by: str | None, done: str | None, expected: Due
) -> None:
    assert due(FollowUp("Report", by, done), DAY) is expected
