"""The gap matrix draws every cell, says what is old or unknown, and tells which cell is picked."""

from typing import Any

import pytest

from ctai.domain.gaps import CellState
from ctai.figures import matrix, signs
from ctai.i18n import LANGUAGES
from tests.figures import drawn
from tests.figures.drawn import COLUMNS, ROWS


def cells(dark: bool = False) -> dict[tuple[str, str], dict[str, Any]]:
    chart = matrix.gap_matrix(drawn.gaps(), ROWS, COLUMNS, "en", dark=dark)
    return {(row["iso3"], row["group"]): row for row in drawn.rows(chart)}


def test_every_cell_is_drawn_once_even_where_nothing_is_known() -> None:
    chart = matrix.gap_matrix(drawn.gaps(), ROWS, COLUMNS, "en")
    assert len(drawn.rows(chart)) == len(ROWS) * len(COLUMNS)
    assert cells()["NGA", "I.1"]["key"] == CellState.NOT_ASSESSED
    assert cells()["NGA", "I.1"]["state_label"] == "? Not assessed"


def test_a_row_for_another_country_or_group_is_left_out() -> None:
    chart = matrix.gap_matrix(drawn.gaps(), ROWS[:2], COLUMNS[:1], "en")
    assert {row["iso3"] for row in drawn.rows(chart)} == {"NGA"}
    assert "II.14" not in drawn.words(chart)


def test_a_cell_shows_its_symbol_and_the_age_of_its_evidence() -> None:
    fresh, old = cells()["NGA", "II.13"], cells()["BFA", "II.13"]
    assert (fresh["symbol"], fresh["age"]) == ("●", "1y")
    assert (old["symbol"], old["age"]) == ("✓", "13y")
    assert fresh["needs"] == "7"
    assert fresh["evidence"] == "May 2024"
    assert old["answered"] == "100%"


def test_an_old_answer_is_not_painted_as_an_answer() -> None:
    chart = matrix.gap_matrix(drawn.gaps(), ROWS, COLUMNS, "en")
    (scale,) = drawn.scales(chart, "fill")
    fills = dict(zip(scale["domain"], scale["range"], strict=True))
    answered = signs.STATES[CellState.ANSWERED]
    assert cells()["BFA", "II.13"]["key"] == "answered_old"
    assert fills["answered_old"] == answered.light_old.fill != answered.light.fill


def test_activity_without_a_need_does_not_grow_old() -> None:
    assert cells()["BFA", "I.1"]["key"] == CellState.ACTIVITY_ONLY


def test_rows_stand_in_the_order_given_under_their_pillars() -> None:
    chart = matrix.gap_matrix(drawn.gaps(), ROWS, COLUMNS, "en")
    domain = drawn.scales(chart, "y")[0]["domain"]
    assert domain == ["pillar:I", "I.1", "pillar:II", "II.13", "II.14"]
    assert "Preventing and" in drawn.words(chart)


def test_themes_span_pillars_and_stand_alone() -> None:
    chart = matrix.gap_matrix(drawn.no_gaps(), [("legal", "Law")], COLUMNS, "en")
    assert drawn.scales(chart, "y")[0]["domain"] == ["legal"]


def test_arabic_begins_on_the_right() -> None:
    left = matrix.gap_matrix(drawn.gaps(), ROWS, COLUMNS, "en")
    right = matrix.gap_matrix(drawn.gaps(), ROWS, COLUMNS, "ar")
    assert {scale["reverse"] for scale in drawn.scales(left, "x")} == {False}
    assert {scale["reverse"] for scale in drawn.scales(right, "x")} == {True}
    assert '"orient": "right"' in drawn.words(right)
    # In SVG the direction of the page would turn the labels' anchors round.
    assert drawn.spec(right)["usermeta"] == {"embedOptions": {"renderer": "canvas"}}
    assert "usermeta" not in drawn.spec(left)


def test_a_click_names_country_and_group() -> None:
    chart = matrix.gap_matrix(drawn.gaps(), ROWS, COLUMNS, "en")
    assert drawn.selections(chart) == {"cell": ["iso3", "group"]}


@pytest.mark.parametrize(("rows", "columns"), [([], COLUMNS), (ROWS, []), ([], [])])
def test_without_rows_or_columns_it_says_so_and_keeps_its_selection(
    rows: Any, columns: Any
) -> None:
    chart = matrix.gap_matrix(drawn.no_gaps(), rows, columns, "en")
    assert "There is nothing to draw" in drawn.words(chart)
    assert set(drawn.selections(chart)) == {"cell"}


def test_without_gaps_all_is_not_assessed() -> None:
    chart = matrix.gap_matrix(drawn.no_gaps(), ROWS, COLUMNS, "en")
    assert {row["key"] for row in drawn.rows(chart)} == {"not_assessed"}


def test_only_the_columns_that_are_drawn_travel() -> None:
    wide = drawn.gaps().assign(secret="not for the browser")
    chart = matrix.gap_matrix(wide, ROWS, COLUMNS, "en")
    assert "not for the browser" not in drawn.words(chart)
    assert {name for row in drawn.rows(chart) for name in row} == set(matrix.DRAWN)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_the_spec_is_valid_names_no_address_and_is_the_same_each_time(
    lang: str, dark: bool
) -> None:
    first, second = (
        drawn.words(matrix.gap_matrix(drawn.gaps(), ROWS, COLUMNS, lang, dark=dark))
        for _ in range(2)
    )
    assert first == second
    assert "http" not in first
    assert '"url"' not in first


def test_a_label_cannot_leave_its_place_in_an_expression() -> None:
    nasty = [("I.1", "'] + datum.x; \"}</script>\u2028")]
    chart = matrix.gap_matrix(drawn.no_gaps(), nasty, COLUMNS, "en")
    (axis, *_) = [
        layer["encoding"]["y"]["axis"]
        for layer in drawn.spec(chart)["layer"]
        if "y" in layer["encoding"]
    ]
    assert '\\"}' in axis["labelExpr"]
    assert "\u2028" not in axis["labelExpr"]


def test_the_cell_picked_is_read() -> None:
    assert matrix.picked({"cell": [{"iso3": "NGA", "group": "II.13"}]}) == ("NGA", "II.13")
    assert matrix.picked({"cell": [{"iso3": "NGA", "group": "legal"}]}) == ("NGA", "legal")


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"cell": []},
        {"cell": {}},
        {"cell": None},
        {"cell": "NGA"},
        {"cell": ["NGA"]},
        {"cell": [{}]},
        {"cell": [{"iso3": "NGA"}]},
        {"cell": [{"iso3": 1, "group": "II.13"}]},
        {"cell": [{"iso3": "nga", "group": "II.13"}]},
        {"cell": [{"iso3": "NGA", "group": "V.1"}]},
        {"cell": [{"iso3": "NGA", "group": None}]},
        {"other": [{"iso3": "NGA", "group": "II.13"}]},
    ],
)
def test_an_odd_selection_is_none(payload: dict[str, Any]) -> None:
    assert matrix.picked(payload) is None


def test_the_summary_gives_the_numbers_and_the_largest_gap() -> None:
    told = matrix.summary(drawn.gaps(), "en")
    assert "3 cells" in told
    assert "1 have needs and nothing yet" in told
    assert "The largest gap is in Nigeria, with 7 unmet needs." in told


def test_the_summary_of_nothing_says_so() -> None:
    assert "nothing is recorded" in matrix.summary(drawn.no_gaps(), "en")
