"""Dates are as precise as they are known, and never more."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain import dates
from ctai.domain.dates import Precision

DAYS = st.dates(date(dates.EARLIEST_YEAR, 1, 1), date(dates.LATEST_YEAR, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> str:
    """Give a day, its month or its year."""
    return draw(DAYS).isoformat()[: draw(st.sampled_from([4, 7, 10]))]


@pytest.mark.parametrize("text", ["2017", "2017-08", "2017-08-28", "2024-02-29", "1945", "2100"])
def test_a_year_a_month_and_a_day_are_dates(text: str) -> None:
    assert dates.is_partial_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17",
        "2017-13",
        "2017-00",
        "2017-8",
        "2023-02-29",
        "2017-08-28T10:00",
        "28.08.2017",
        "2017/08",
        "20170828",
        "1944",
        "2101",
        " 2017",
        "2017\n",
        "2017-08\n",
        "٢٠١٧",
        "२०१७-०८",
        "soon",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert not dates.is_partial_date(text)


@given(st.text(max_size=12))
def test_whatever_is_typed_either_is_a_date_or_is_not(text: str) -> None:
    if dates.is_partial_date(text):
        assert dates.first_day(text) <= dates.last_day(text)
        assert dates.precision(text) in Precision


@pytest.mark.parametrize(
    ("text", "precise", "first", "last"),
    [
        ("2017", Precision.YEAR, date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-08", Precision.MONTH, date(2017, 8, 1), date(2017, 8, 31)),
        ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2017-08-28", Precision.DAY, date(2017, 8, 28), date(2017, 8, 28)),
    ],
)
def test_a_date_means_every_day_from_its_first_to_its_last(
    text: str, precise: Precision, first: date, last: date
) -> None:
    assert dates.precision(text) is precise
    assert (dates.first_day(text), dates.last_day(text)) == (first, last)


@given(partial_dates())
def test_the_first_and_the_last_day_say_the_date_again(text: str) -> None:
    length = len(text)
    assert dates.first_day(text).isoformat()[:length] == text
    assert dates.last_day(text).isoformat()[:length] == text
    after = dates.last_day(text) + timedelta(days=1)
    assert after.isoformat()[:length] != text


@given(partial_dates(), partial_dates())
def test_one_date_is_surely_before_another_only_when_no_reading_says_otherwise(
    one: str, other: str
) -> None:
    surely = dates.surely_before(one, other)
    assert surely == (dates.last_day(one) < dates.first_day(other))
    assert not (surely and dates.surely_before(other, one))


def test_a_year_is_not_surely_before_one_of_its_own_days() -> None:
    assert not dates.surely_before("2017", "2017-08-28")
    assert not dates.surely_before("2017-08-28", "2017")
    assert dates.surely_before("2016", "2017-01-01")


@given(partial_dates())
def test_nothing_counts_as_more_recent_than_it_can_be_shown_to_be(text: str) -> None:
    assert dates.month_number(text) == dates.month_of(dates.first_day(text))
    assert dates.month_number(text) <= dates.month_of(dates.last_day(text))


def test_months_are_counted_without_a_jump_at_the_turn_of_the_year() -> None:
    assert dates.month_number("2018-01") - dates.month_number("2017-12") == 1


def test_age_counts_from_the_last_day_and_a_missing_date_has_none() -> None:
    today = date(2018, 1, 10)
    assert dates.age_days("2017", today) == 10
    assert dates.age_days("2018-01-09", today) == 1
    assert dates.age_days("2019", today) == 0
    assert dates.age_days(None, today) is None
