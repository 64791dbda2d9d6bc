"""Confirmations: what each would change is what the matrix itself would say afterwards."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctai.domain.activities import Status
from ctai.domain.confirmations import FADED_COLUMNS, ranked
from ctai.domain.coverage import worth
from ctai.domain.dates import month_of
from ctai.domain.gaps import (
    ASSESSMENT_COLUMNS,
    COVERAGE_COLUMNS,
    NEED_COLUMNS,
    CellState,
    Evidence,
    gaps,
)
from ctai.domain.strategy import Level

TODAY = date(2026, 11, 25)
NOW = TODAY.isoformat()
COUNTRIES, MEASURES = ["NGA", "BFA"], ["II.13", "II.1"]
NO_ASSESSMENTS = pd.DataFrame([], columns=ASSESSMENT_COLUMNS)

Part = tuple[int, str, str, Status, str | None, str | None, float]
"""Activity, country, measure, status, date of the status, end, share."""
Lack = tuple[str, str, str | None, str]
"""Country, measure, severity, state."""


def needs(rows: list[Lack]) -> pd.DataFrame:
    told = [(n, *row[:2], *row[2:], "2020", "2020") for n, row in enumerate(rows)]
    return pd.DataFrame(told, columns=NEED_COLUMNS)


def coverage(parts: list[Part]) -> pd.DataFrame:
    """Sum up what activities count, as the database does."""
    month = month_of(TODAY)
    rows: dict[tuple[str, str], list[float]] = {}
    for _, iso3, measure, status, as_of, end, share in parts:
        value = worth(status, as_of, end)
        row = rows.setdefault((iso3, measure), [0, 0, 0.0, 0.0])
        row[0] += 1
        row[1] += value.fades_from is None
        if value.fades_from is not None and value.fades_from >= month:
            row[2] += value.weight * share
        else:
            row[3] += value.scale * share
    told = [(*cell, *row, None) for cell, row in rows.items()]
    return pd.DataFrame(told, columns=COVERAGE_COLUMNS)


def faded(parts: list[Part]) -> pd.DataFrame:
    rows = []
    for number, iso3, measure, status, as_of, end, share in parts:
        value = worth(status, as_of, end)
        rows.append(
            (
                number,
                iso3,
                measure,
                status.value,
                as_of,
                end,
                value.weight * share,
                value.fades_from,
            )
        )
    return pd.DataFrame(rows, columns=FADED_COLUMNS)


def matrix(lacks: list[Lack], parts: list[Part]) -> pd.DataFrame:
    return gaps(Evidence(needs(lacks), coverage(parts), NO_ASSESSMENTS), Level.MEASURE, TODAY)


def confirmed(parts: list[Part], number: int) -> list[Part]:
    return [(*part[:4], NOW, *part[5:]) if part[0] == number else part for part in parts]


def states(found: pd.DataFrame) -> dict[tuple[str, str], CellState]:
    return {(iso3, group): state for iso3, group, state in found[["iso3", "group", "state"]].values}


LACKS = st.lists(
    st.tuples(
        st.sampled_from(COUNTRIES),
        st.sampled_from(MEASURES),
        st.sampled_from([None, "high", "medium", "low"]),
        st.sampled_from(["open", "partly_addressed", "addressed", "being_answered"]),
    ),
    max_size=6,
)
MONTHS = st.none() | st.dates(date(2015, 1, 1), TODAY).map(lambda day: day.isoformat()[:7])
ENDS = st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1)).map(lambda day: day.isoformat()[:7])


@st.composite
def undertakings(draw: st.DrawFn) -> list[Part]:
    parts: list[Part] = []
    for number in range(draw(st.integers(0, 3))):
        status = draw(st.sampled_from([Status.ONGOING, Status.PLANNED, Status.UNKNOWN]))
        as_of, end = draw(MONTHS), draw(ENDS)
        cells = draw(
            st.lists(
                st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(MEASURES)),
                min_size=1,
                max_size=4,
                unique=True,
            )
        )
        parts += [(number, *cell, status, as_of, end, 1 / len(cells)) for cell in cells]
    return parts


@settings(max_examples=60)
@given(LACKS, undertakings())
def test_each_effect_is_the_difference_of_the_matrix_before_and_after(
    lacks: list[Lack], parts: list[Part]
) -> None:
    before = matrix(lacks, parts)
    told = {one.activity_id: one for one in ranked(before, faded(parts), TODAY, 100)}
    for number in {part[0] for part in parts}:
        after = matrix(lacks, confirmed(parts, number))
        fall = before["score"].sum() - after["score"].sum()
        if number not in told:
            assert fall == pytest.approx(0, abs=1e-9)
            continue
        one = told[number]
        assert one.fall > 0
        assert one.fall == pytest.approx(fall)
        changed = states(after)
        turned = {
            (cell, state, changed[cell])
            for cell, state in states(before).items()
            if changed[cell] != state
        }
        assert {((t.iso3, t.measure), t.before, t.after) for t in one.turns} == turned


@settings(max_examples=40)
@given(LACKS, undertakings(), st.integers(1, 3))
def test_the_most_telling_come_first_and_no_more_than_asked_for(
    lacks: list[Lack], parts: list[Part], most: int
) -> None:
    before = matrix(lacks, parts)
    every = ranked(before, faded(parts), TODAY, 100)
    falls = [one.fall for one in every]
    assert falls == sorted(falls, reverse=True)
    assert ranked(before, faded(parts), TODAY, most) == every[:most]
    shuffled = faded(parts).sample(frac=1, random_state=1)
    assert [one.activity_id for one in ranked(before, shuffled, TODAY, 100)] == [
        one.activity_id for one in every
    ]


def test_one_stale_activity_in_figures() -> None:
    lacks: list[Lack] = [("NGA", "II.13", "high", "open")]
    parts: list[Part] = [
        (
            7,
            "NGA",
            "II.13",
            Status.ONGOING,
            "2023-11",
            None,
            1.0,
        ),  # faded from 2024-11: a half left
        (8, "NGA", "II.13", Status.UNKNOWN, None, None, 1.0),
    ]
    (one,) = ranked(matrix(lacks, parts), faded(parts), TODAY)
    assert (one.activity_id, one.as_of, one.countries) == (7, "2023-11", ("NGA",))
    assert one.gain == pytest.approx(0.5)
    assert one.fall == pytest.approx(1.5)
    (turn,) = one.turns
    assert (turn.before, turn.after) == (CellState.PARTLY_ANSWERED, CellState.ANSWERED)


def test_what_has_ended_is_not_brought_back_by_a_confirmation() -> None:
    lacks: list[Lack] = [("NGA", "II.13", "high", "open")]
    parts: list[Part] = [(7, "NGA", "II.13", Status.ONGOING, "2019-01", "2019-06", 1.0)]
    assert ranked(matrix(lacks, parts), faded(parts), TODAY) == ()
