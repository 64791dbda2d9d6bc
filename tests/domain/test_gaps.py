"""Gaps: an empty cell is not a gap, and every figure stays within its bounds."""

import math
from datetime import date
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from ctai.domain.coverage import Worth, faded
from ctai.domain.dates import month_number, month_of
from ctai.domain.gaps import (
    ASSESSMENT_COLUMNS,
    COVERAGE_COLUMNS,
    NEED_COLUMNS,
    CellState,
    Evidence,
    closing,
    gaps,
)
from ctai.domain.needs import Finding, NeedState, Severity
from ctai.domain.strategy import Level, groups, measures

TODAY = date(2026, 7, 1)
MONTH = month_of(TODAY)
CODES = ["II.13", "II.14", "II.16", "III.11", "III.12", "I.8", "IV.6"]
"""Four measures on borders, over two pillars; three others, of which IV.6 can't be a need."""
Row = tuple[object, ...]
FEWER = settings(max_examples=settings().max_examples * 3 // 10)
"""A frame takes milliseconds to reckon, not microseconds."""


def evidence(
    needs: list[Row] | None = None,
    coverage: list[Row] | None = None,
    assessments: list[Row] | None = None,
) -> Evidence:
    """Put rows into the frames from which gaps are reckoned."""
    return Evidence(
        pd.DataFrame(needs or [], columns=NEED_COLUMNS),
        pd.DataFrame(coverage or [], columns=COVERAGE_COLUMNS),
        pd.DataFrame(assessments or [], columns=ASSESSMENT_COLUMNS),
    )


def need(
    number: int = 1,
    iso3: str = "NGA",
    measure: str = "II.13",
    severity: Severity | None = Severity.HIGH,
    state: NeedState = NeedState.OPEN,
    dated: str | None = "2024-05",
) -> Row:
    """Give a need as a read gives it: codes as plain text."""
    return (number, iso3, measure, severity and severity.value, state.value, dated, dated)


def steady(coverage: float, iso3: str = "NGA", measure: str = "II.13", undated: int = 0) -> Row:
    """Give coverage by one activity that still holds."""
    return (iso3, measure, 1, undated, coverage, 0.0, "2026-06")


def looked(
    finding: Finding,
    number: int = 1,
    iso3: str = "NGA",
    measure: str = "II.13",
    dated: str | None = "2025",
) -> Row:
    """Give an assessment's finding."""
    return (number, iso3, measure, finding.value, dated)


NEEDS = st.lists(
    st.builds(
        need,
        st.integers(1, 10_000),
        st.sampled_from(["NGA", "BFA"]),
        st.sampled_from(CODES),
        st.none() | st.sampled_from(Severity),
        st.sampled_from(NeedState),
        st.sampled_from([None, "2015", "2024-05", "2024-05-07"]),
    ),
    max_size=8,
    unique_by=lambda row: row[0],
)
COVERAGE = st.lists(
    st.tuples(
        st.sampled_from(["NGA", "BFA"]),
        st.sampled_from(CODES),
        st.integers(1, 9),
        st.integers(0, 1),
        st.floats(0, 4),
        st.floats(0, 4).map(lambda left: left / faded(1.0, MONTH)),
        st.sampled_from([None, "2015", "2026-06"]),
    ),
    max_size=8,
    unique_by=lambda row: row[:2],
)
ASSESSMENTS = st.lists(
    st.builds(
        looked,
        st.sampled_from(Finding),
        st.integers(1, 10_000),
        st.sampled_from(["NGA", "BFA"]),
        st.sampled_from(CODES),
        st.sampled_from([None, "2015", "2025-02"]),
    ),
    max_size=6,
    unique_by=lambda row: row[0],
)
LEVELS = st.sampled_from(Level)


def score(rows: Evidence, level: Level = Level.MEASURE) -> float:
    """Add up the scores of all cells."""
    return float(gaps(rows, level, TODAY)["score"].sum())


def only(rows: Evidence, level: Level = Level.MEASURE) -> "pd.Series[Any]":
    """Give the one cell that there is."""
    frame = gaps(rows, level, TODAY)
    assert len(frame) == 1
    return frame.iloc[0]


@given(NEEDS, COVERAGE, ASSESSMENTS, LEVELS)
@FEWER
def test_every_figure_stays_within_its_bounds(
    needs: list[Row], coverage: list[Row], assessments: list[Row], level: Level
) -> None:
    frame = gaps(evidence(needs, coverage, assessments), level, TODAY)
    for cell in frame.to_dict("records"):
        assert -1e-9 <= cell["met"] <= cell["demand"]
        assert cell["met"] <= cell["coverage"] + 1e-9
        assert cell["score"] >= -1e-9
        assert cell["open_needs"] <= cell["needs"]
        assert cell["state"] in set(CellState)
        assert math.isnan(cell["answered_share"]) == (cell["needs"] == 0)
        if cell["needs"]:
            assert -1e-9 <= cell["answered_share"] <= 1 + 1e-9


@given(NEEDS, COVERAGE, ASSESSMENTS, LEVELS, st.randoms(use_true_random=False))
@FEWER
def test_the_order_of_the_rows_does_not_matter(
    needs: list[Row], coverage: list[Row], assessments: list[Row], level: Level, chance: Random
) -> None:
    before = gaps(evidence(needs, coverage, assessments), level, TODAY)
    mixed = [sorted(rows, key=lambda _: chance.random()) for rows in (needs, coverage, assessments)]
    assert_frame_equal(gaps(evidence(*mixed), level, TODAY), before)


@given(NEEDS, COVERAGE, LEVELS, st.sampled_from(CODES), st.floats(0, 4))
@FEWER
def test_more_coverage_never_raises_the_score(
    needs: list[Row], coverage: list[Row], level: Level, code: str, more: float
) -> None:
    rest = [row for row in coverage if row[:2] != ("NGA", code)]
    former = [row for row in coverage if row[:2] == ("NGA", code)] or [steady(0.0, measure=code)]
    raised = [(*former[0][:4], float(str(former[0][4])) + more, *former[0][5:])]
    less = score(evidence(needs, [*rest, *former]), level)
    assert score(evidence(needs, [*rest, *raised]), level) <= less + 1e-9


@given(NEEDS, COVERAGE, LEVELS, st.sampled_from(CODES), st.none() | st.sampled_from(Severity))
@FEWER
def test_one_more_open_need_never_lowers_the_score(
    needs: list[Row], coverage: list[Row], level: Level, code: str, severity: Severity | None
) -> None:
    more = [*needs, need(99_999, measure=code, severity=severity)]
    before = score(evidence(needs, coverage), level)
    assert score(evidence(more, coverage), level) >= before - 1e-9


def test_an_answered_need_beside_it_does_not_hide_an_open_one() -> None:
    """A high need without help scores 3, whatever else of its theme is answered in full."""
    alone = evidence([need(1, measure="II.13")], [steady(5.0, measure="II.14")])
    beside = evidence(
        [need(1, measure="II.13"), need(2, measure="II.14", severity=Severity.LOW)],
        [steady(5.0, measure="II.14")],
    )
    assert score(alone, Level.THEME) == score(beside, Level.THEME) == 3.0


@given(NEEDS, COVERAGE, ASSESSMENTS)
@FEWER
def test_measures_add_up_to_themes_and_pillars(
    needs: list[Row], coverage: list[Row], assessments: list[Row]
) -> None:
    rows = evidence(needs, coverage, assessments)
    added = ["needs", "open_needs", "demand", "coverage", "met", "score", "activities", "undated"]
    fine = gaps(rows, Level.MEASURE, TODAY)
    owner = {measure.code: measure for measure in measures()}
    for level in (Level.THEME, Level.PILLAR):
        coarse = gaps(rows, level, TODAY).set_index(["iso3", "group"])[added]
        names = [str(getattr(owner[code], level.value)) for code in fine["group"]]
        summed = fine.assign(group=names).groupby(["iso3", "group"])[added].sum()
        assert_frame_equal(
            coarse.sort_index().astype(float),
            summed.sort_index().astype(float),
            check_index_type=False,
        )


@given(NEEDS, COVERAGE, ASSESSMENTS, st.sampled_from([Level.MEASURE, Level.PILLAR]))
@FEWER
def test_cells_stand_in_the_order_of_country_and_strategy(
    needs: list[Row], coverage: list[Row], assessments: list[Row], level: Level
) -> None:
    frame = gaps(evidence(needs, coverage, assessments), level, TODAY)
    order = groups(level)
    keys = [(row.iso3, order.index(str(row.group))) for row in frame.itertuples()]
    assert keys == sorted(keys)
    assert len(set(zip(frame["iso3"], frame["group"], strict=True))) == len(frame)
    assert frame.index.tolist() == list(range(len(frame)))


def test_coverage_and_gap_of_one_cell_to_the_digit() -> None:
    """Nigeria, border control (II.13), on 1 July 2026, by hand.

    Needs: one high, open (demand 1, weight 3); one low, partly addressed (demand 0.5, weight
    0.5 × 1); one medium, withdrawn (left out). Demand 1 + 0.5 = 1.5; weighted 3 + 0.5 = 3.5.
    Coverage: a planned activity confirmed in June 2026 holds 0.5; one completed in July 2024 has
    faded for 24 months to 1 × ½ = 0.5, of which 40 % are this cell's: 0.2. Together 0.7.
    Met: min(0.7, 1.5) = 0.7. Answered: (2 - 1.5 + 0.7) / 2 = 0.6.
    Score: 3.5 × (1 - 0.7 / 1.5) = 3.5 × 8/15 = 1.8666…; closing takes 1.5 - 0.7 = 0.8.
    """
    done = Worth(1.0, month_number("2024-07"))
    cell = only(
        evidence(
            [
                need(1),
                need(2, severity=Severity.LOW, state=NeedState.PARTLY_ADDRESSED, dated="2025-11"),
                need(3, severity=Severity.MEDIUM, state=NeedState.WITHDRAWN, dated="2026-06"),
            ],
            [("NGA", "II.13", 2, 0, 0.5, done.scale * 0.4, "2026-06")],
            [looked(Finding.NEED, dated="2024-05")],
        )
    )
    assert (cell["needs"], cell["open_needs"], cell["activities"]) == (2, 2, 2)
    assert cell["demand"] == pytest.approx(1.5)
    assert cell["coverage"] == pytest.approx(0.7)
    assert cell["met"] == pytest.approx(0.7)
    assert cell["answered_share"] == pytest.approx(0.6)
    assert cell["score"] == pytest.approx(28 / 15)
    assert closing(1.5, 0.7) == pytest.approx(0.8)
    assert cell["state"] == CellState.PARTLY_ANSWERED
    assert cell["evidence_date"] == "2025-11"
    assert cell["evidence_age_days"] == (TODAY - date(2025, 11, 30)).days == 213
    assert not cell["stale"]


def test_an_empty_cell_is_not_a_gap() -> None:
    assert gaps(evidence(), Level.PILLAR, TODAY).empty


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        (evidence([need()]), CellState.NOTHING_YET),
        (evidence([need()], [steady(0.049)]), CellState.NOTHING_YET),
        (evidence([need()], [steady(0.05)]), CellState.PARTLY_ANSWERED),
        (evidence([need(), need(2)], [steady(1.0)]), CellState.PARTLY_ANSWERED),
        (evidence([need()], [steady(1.0)]), CellState.ANSWERED),
        (evidence([need()], [steady(7.0)]), CellState.ANSWERED),
        (evidence([need(state=NeedState.ADDRESSED)]), CellState.ANSWERED),
        (evidence([need(state=NeedState.PARTLY_ADDRESSED)]), CellState.PARTLY_ANSWERED),
        (evidence([need(state=NeedState.WITHDRAWN)], [steady(1)]), CellState.ACTIVITY_ONLY),
        (evidence([], [steady(1.0)]), CellState.ACTIVITY_ONLY),
        (evidence([], [steady(0.0, undated=1)]), CellState.ACTIVITY_ONLY),
        (evidence([], [steady(1.0)], [looked(Finding.NO_NEED)]), CellState.ACTIVITY_ONLY),
        (evidence([], [], [looked(Finding.NO_NEED)]), CellState.NO_NEED),
        (evidence([], [], [looked(Finding.NOT_RECORDED)]), CellState.NOT_ASSESSED),
        (evidence([need()], [], [looked(Finding.NO_NEED)]), CellState.NOTHING_YET),
    ],
)
def test_each_cell_has_exactly_one_state(rows: Evidence, state: CellState) -> None:
    assert only(rows)["state"] == state


def test_only_withdrawn_needs_leave_no_cell() -> None:
    assert gaps(evidence([need(state=NeedState.WITHDRAWN)]), Level.MEASURE, TODAY).empty


def test_an_assessment_whose_finding_is_not_recorded_is_counted_but_finds_nothing() -> None:
    cell = only(evidence([], [], [looked(Finding.NOT_RECORDED)]))
    assert (cell["assessments"], cell["state"]) == (1, CellState.NOT_ASSESSED)


def test_one_clear_measure_does_not_clear_its_whole_theme() -> None:
    targets = ["II.18", "III.13"]
    clear = [looked(Finding.NO_NEED, n, measure=code) for n, code in enumerate(targets)]
    assert only(evidence([], [], clear[:1]), Level.THEME)["state"] == CellState.NOT_ASSESSED
    assert only(evidence([], [], clear), Level.THEME)["state"] == CellState.NO_NEED
    mixed = [clear[0], looked(Finding.NOT_RECORDED, 9, measure="III.13")]
    assert only(evidence([], [], mixed), Level.THEME)["state"] == CellState.NOT_ASSESSED


def test_a_measure_that_is_no_states_need_shows_no_false_gap() -> None:
    rows = evidence(
        [need(measure="IV.6")],
        [steady(1, measure="III.5")],
        [looked(Finding.NEED, measure="II.9")],
    )
    assert gaps(rows, Level.MEASURE, TODAY).empty


@pytest.mark.parametrize(
    ("dated", "stale"),
    [(None, True), ("2021-06", True), ("2021", True), ("2021-07", False), ("2025", False)],
)
def test_old_or_undated_evidence_is_stale(dated: str | None, stale: bool) -> None:
    assert bool(only(evidence([need(dated=dated)]))["stale"]) is stale
    assert bool(only(evidence([], [], [looked(Finding.NO_NEED, dated=dated)]))["stale"]) is stale


def test_an_activity_is_no_evidence_so_its_cell_is_stale() -> None:
    cell = only(evidence([], [steady(1.0)]))
    assert (cell["evidence_date"], bool(cell["stale"])) == (None, True)
    assert pd.isna(cell["evidence_age_days"])


def test_a_need_without_severity_weighs_as_a_medium_one_and_is_counted_as_unstated() -> None:
    cell = only(evidence([need(severity=None)]))
    assert (cell["score"], cell["unstated_severity"]) == (2.0, 1)
    assert only(evidence([need(severity=Severity.MEDIUM)]))["unstated_severity"] == 0
    answered = only(evidence([need(severity=None, state=NeedState.ADDRESSED)]))
    assert answered["unstated_severity"] == 0


def test_a_need_of_two_countries_is_one_in_each() -> None:
    frame = gaps(evidence([need(1), need(1, "BFA")]), Level.PILLAR, TODAY)
    assert frame["needs"].tolist() == [1, 1]
    assert frame["iso3"].tolist() == ["BFA", "NGA"]


def test_more_help_than_needed_leaves_nothing_to_close() -> None:
    assert closing(1.0, 1.0) == 0
    assert closing(0.0, 3.0) == 0
