"""A record nobody confirms is stale, and one without a date was never fresh."""

from datetime import date
from itertools import permutations

import pytest

from ctai.domain.freshness import STALE_AFTER_MONTHS, is_stale, newest


@pytest.mark.parametrize(
    ("as_of", "stale"),
    [
        (None, True),
        ("2025-06-30", True),
        ("2025-06", True),
        ("2025", True),
        ("2025-07-01", False),
        ("2025-07", False),
        ("2026", False),
        ("2026-07-01", False),
    ],
)
def test_a_status_is_stale_after_a_year_or_without_a_date(as_of: str | None, stale: bool) -> None:
    assert STALE_AFTER_MONTHS == 12
    assert is_stale(as_of, date(2026, 7, 31)) is stale


def test_how_long_a_date_holds_can_be_said() -> None:
    assert is_stale("2021-06", date(2026, 7, 1), 60)
    assert not is_stale("2021-07", date(2026, 7, 1), 60)


@pytest.mark.parametrize(
    ("known", "latest"),
    [
        ((), None),
        ((None, None), None),
        ((None, "2016"), "2016"),
        (("2016", "2016-05", "2015-12-31"), "2016-05"),
        (("2016", "2016-01", "2016-01-01"), "2016-01-01"),
        (("", "2014"), "2014"),
    ],
)
def test_the_newest_date_is_the_latest_and_then_the_most_precise(
    known: tuple[str | None, ...], latest: str | None
) -> None:
    assert {newest(*order) for order in permutations(known)} == {latest}
