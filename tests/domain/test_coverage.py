"""Coverage: each undertaking counts once, fades as stated, and unknown dates count nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.activities import ActivityDraft, CountryShare, MeasureLink, Status
from ctai.domain.coverage import (
    COMPLETED_WEIGHT,
    CONFIRMED_FOR_MONTHS,
    COUNTED,
    HALF_LIFE_MONTHS,
    ONGOING_WEIGHT,
    PLANNED_WEIGHT,
    Worth,
    cells,
    faded,
    worth,
)
from ctai.domain.dates import month_number, month_of
from ctai.domain.strategy import by_code
from tests.domain.test_dates import partial_dates

MONTHS = st.integers(month_number("1990"), month_number("2050"))
WORTHS = st.builds(Worth, st.floats(0, 10), st.none() | MONTHS)
CODES = sorted(by_code())
JULY_2026 = month_of(date(2026, 7, 1))


@st.composite
def drafts(draw: st.DrawFn) -> ActivityDraft:
    """Give an activity with countries and measures, with shares for all countries or for none."""
    iso3s = draw(st.lists(st.sampled_from(["NGA", "BFA", "MDG", "MLI"]), min_size=1, unique=True))
    parts = [draw(st.integers(1, 100)) for _ in iso3s]
    shared = draw(st.booleans())
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=6, unique=True))
    main = draw(st.sampled_from(codes))
    return ActivityDraft(
        texts={},
        countries=tuple(
            CountryShare(iso3, 100 * part / sum(parts) if shared else None)
            for iso3, part in zip(iso3s, parts, strict=True)
        ),
        participants=(),
        measures=tuple(MeasureLink(code, code == main) for code in codes),
    )


@given(drafts())
def test_an_undertaking_adds_up_to_one_over_its_countries_and_measures(
    draft: ActivityDraft,
) -> None:
    parts = cells(draft)
    assert sum(cell.share for cell in parts) == pytest.approx(1)
    assert all(cell.share > 0 for cell in parts)
    assert len({(cell.iso3, cell.measure) for cell in parts}) == len(parts)
    assert {cell.iso3 for cell in parts} == draft.iso3s
    for iso3 in draft.iso3s:
        assert [cell.is_main for cell in parts if cell.iso3 == iso3].count(True) == 1


def test_without_a_measure_an_undertaking_counts_nowhere() -> None:
    assert cells(ActivityDraft(texts={}, countries=(CountryShare("NGA"),), participants=())) == ()


def test_stated_shares_and_the_main_measure_divide_an_undertaking() -> None:
    """NGA has 75 %, BFA 25 %; the main measure takes 0.6, the two others 0.2 each.

    NGA: 0.75 × 0.6 = 0.45, 0.75 × 0.2 = 0.15; BFA: 0.25 × 0.6 = 0.15, 0.25 × 0.2 = 0.05.
    """
    draft = ActivityDraft(
        texts={},
        countries=(CountryShare("NGA", 75.0), CountryShare("BFA", 25.0)),
        participants=(),
        measures=(MeasureLink("II.13"), MeasureLink("II.14", is_main=True), MeasureLink("II.16")),
    )
    shares = {(cell.iso3, cell.measure): round(cell.share, 12) for cell in cells(draft)}
    assert shares == {
        ("NGA", "II.13"): 0.15,
        ("NGA", "II.14"): 0.45,
        ("NGA", "II.16"): 0.15,
        ("BFA", "II.13"): 0.05,
        ("BFA", "II.14"): 0.15,
        ("BFA", "II.16"): 0.05,
    }


@given(WORTHS, MONTHS, st.integers(0, 240))
def test_nothing_grows_with_time(value: Worth, month: int, later: int) -> None:
    assert value.at(month + later) <= value.at(month)
    assert 0 <= value.at(month) <= value.weight


@given(st.floats(0, 10), MONTHS, MONTHS)
def test_what_fades_is_the_same_from_its_scale_and_by_itself(
    weight: float, since: int, month: int
) -> None:
    value = Worth(weight, since)
    now = max(month, since)
    assert faded(value.scale, now) == pytest.approx(value.at(now))


@given(st.lists(WORTHS, max_size=20), st.integers(month_number("2050"), month_number("2060")))
def test_scales_summed_first_and_faded_once_are_the_sum_of_all(
    values: list[Worth], month: int
) -> None:
    apart = sum(value.at(month) for value in values)
    assert faded(sum(value.scale for value in values), month) == pytest.approx(apart)


@given(st.floats(0.01, 10), MONTHS)
def test_fading_begins_without_a_jump_and_halves_after_a_half_life(
    weight: float, since: int
) -> None:
    value = Worth(weight, since)
    assert value.at(since - 1) == value.at(since) == weight
    assert value.at(since + 1) == pytest.approx(weight * 2 ** (-1 / HALF_LIFE_MONTHS))
    assert value.at(since + HALF_LIFE_MONTHS) == pytest.approx(weight / 2)
    assert value.at(since + 2 * HALF_LIFE_MONTHS) == pytest.approx(weight / 4)


@given(st.sampled_from(sorted(Status)), st.none() | partial_dates(), st.none() | partial_dates())
def test_no_undertaking_counts_more_than_one(
    status: Status, as_of: str | None, end: str | None
) -> None:
    value = worth(status, as_of, end)
    assert 0 <= value.at(JULY_2026) <= 1
    if status not in COUNTED:
        assert (value.at(JULY_2026), value.scale) == (0, 0)
    if as_of is None and end is None:
        assert value.fades_from is None


def test_a_planned_activity_counts_half_of_an_ongoing_one() -> None:
    ongoing = worth(Status.ONGOING, "2026-06", None)
    planned = worth(Status.PLANNED, "2026-06", None)
    assert (ongoing.at(JULY_2026), planned.at(JULY_2026)) == (ONGOING_WEIGHT, PLANNED_WEIGHT)
    assert (ONGOING_WEIGHT, PLANNED_WEIGHT) == (1.0, 0.5)


def test_a_completed_activity_fades_by_half_after_its_half_life() -> None:
    assert worth(Status.COMPLETED, "2026-06", "2026-07-01").at(JULY_2026) == COMPLETED_WEIGHT
    assert worth(Status.COMPLETED, "2026-06", "2024-07-30").at(JULY_2026) == pytest.approx(0.5)
    assert worth(Status.COMPLETED, "2024-07", None).at(JULY_2026) == pytest.approx(0.5)


def test_a_status_holds_for_a_year_or_until_the_known_end() -> None:
    as_of = month_number("2025-07")
    assert worth(Status.ONGOING, "2025-07", None).fades_from == as_of + CONFIRMED_FOR_MONTHS
    assert worth(Status.ONGOING, "2025-07", "2025-09").fades_from == month_number("2025-09")
    assert worth(Status.ONGOING, "2025-07", "2030").fades_from == as_of + CONFIRMED_FOR_MONTHS


@pytest.mark.parametrize(
    ("status", "as_of", "end"),
    [
        (Status.ONGOING, None, None),
        (Status.ONGOING, None, "2030"),
        (Status.PLANNED, None, "2030"),
        (Status.COMPLETED, None, None),
        (Status.UNKNOWN, "2026-06", "2030"),
        (Status.ONGOING, "soon", None),
        (Status.COMPLETED, "", "last year"),
    ],
)
def test_an_undertaking_whose_date_is_not_known_counts_nothing(
    status: Status, as_of: str | None, end: str | None
) -> None:
    value = worth(status, as_of, end)
    assert (value.fades_from, value.scale, value.at(JULY_2026)) == (None, 0.0, 0.0)


@pytest.mark.parametrize("status", [Status.REQUESTED, Status.CANCELLED, Status.SUSPENDED])
def test_what_is_only_asked_for_or_has_stopped_answers_nothing(status: Status) -> None:
    assert status not in COUNTED
    assert worth(status, "2026-07", "2030").at(JULY_2026) == 0
