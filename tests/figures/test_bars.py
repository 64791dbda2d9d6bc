"""Bars carry their numbers, add up, and count what is not known."""

from typing import Any

import pandas as pd
import pytest

from ctai.domain.gaps import CellState
from ctai.domain.strategy import Pillar, measures
from ctai.figures import bars, signs, stacks, statuses
from ctai.i18n import LANGUAGES
from tests.figures import drawn

AGES = pd.DataFrame(
    [
        ("new", "Below 2 years", "I", 4),
        ("new", "Below 2 years", "II", 1200),
        ("old", "2 years or more", "II", 7),
    ],
    columns=["age_class", "age_label", "pillar", "needs"],
)
MAPPING = pd.DataFrame(
    [("completed", "I", 5), ("completed", "II", 36), ("planned", "II", 2), ("unknown", "IV", 1)],
    columns=["status", "pillar", "undertakings"],
)


def parts(chart: Any) -> list[dict[str, Any]]:
    return [row for row in drawn.rows(chart) if "key" in row]


def test_parts_of_a_bar_follow_each_other_and_carry_their_numbers() -> None:
    first, second, third = parts(bars.needs_by_age(AGES, "en"))
    assert (first["start"], first["end"], first["label"]) == (0, 4, "I · 4")
    assert (second["start"], second["end"], second["label"]) == (4, 1204, "II · 1,200")
    assert third["row"] == "old"


def test_the_sum_stands_at_the_end_of_a_bar() -> None:
    chart = bars.needs_by_age(AGES, "en")
    sums = [row["label"] for row in drawn.rows(chart) if "key" not in row]
    assert sums == ["1,204", "7"]


def test_a_state_has_the_colours_that_it_has_everywhere() -> None:
    chart = bars.states_by_pillar(drawn.gaps(), "en")
    (scale,) = drawn.scales(chart, "fill")
    fills = dict(zip(scale["domain"], scale["range"], strict=True))
    assert fills == {state.value: sign.light.fill for state, sign in signs.STATES.items()}


def test_cells_of_which_nothing_is_known_are_counted_as_not_assessed() -> None:
    counts = bars.state_counts(drawn.gaps())
    national = sum(m.national and m.pillar is Pillar.II for m in measures())
    assert counts["II", CellState.NOTHING_YET] == 1
    assert counts["II", CellState.NOT_ASSESSED] == 2 * national - 2
    assert sum(counts.values()) == 2 * sum(m.national for m in measures())


def test_countries_without_any_record_can_be_counted_too() -> None:
    counts = bars.state_counts(drawn.no_gaps(), countries=3)
    assert sum(counts.values()) == 3 * sum(m.national for m in measures())


def test_pillars_are_one_cell_per_country() -> None:
    gaps = pd.DataFrame([drawn.gap("NGA", "II", CellState.ANSWERED)])
    assert sum(bars.state_counts(gaps).values()) == len(Pillar)


def test_themes_span_pillars_and_are_refused() -> None:
    gaps = pd.DataFrame([drawn.gap("NGA", "legal", CellState.ANSWERED)])
    with pytest.raises(ValueError, match="legal is not in one pillar"):
        bars.state_counts(gaps)


def test_statuses_are_a_table_of_bars_on_one_scale() -> None:
    chart = statuses.by_pillar(MAPPING, "en")
    cells = {(r["status_label"], r["pillar_label"][:2].strip()): r for r in drawn.rows(chart)}
    one, most = cells["Completed", "I"], cells["Completed", "II"]
    assert (one["label"], most["label"]) == ("5", "36")
    assert (one["end"] - 0) / 5 == pytest.approx((most["end"] - 1) / 36)
    assert most["end"] < 2


def test_rows_of_statuses_follow_an_activitys_course() -> None:
    chart = statuses.by_pillar(MAPPING, "en")
    assert drawn.scales(chart, "y")[0]["domain"] == ["planned", "completed", "unknown"]


CHARTS: dict[str, Any] = {
    "ages": lambda lang, dark: bars.needs_by_age(AGES, lang, dark=dark),
    "no ages": lambda lang, dark: bars.needs_by_age(AGES.iloc[:0], lang, dark=dark),
    "states": lambda lang, dark: bars.states_by_pillar(drawn.gaps(), lang, dark=dark),
    "no states": lambda lang, dark: bars.states_by_pillar(drawn.no_gaps(), lang, dark=dark),
    "statuses": lambda lang, dark: statuses.by_pillar(MAPPING, lang, dark=dark),
    "no statuses": lambda lang, dark: statuses.by_pillar(MAPPING.iloc[:0], lang, dark=dark),
}


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_the_spec_is_valid_names_no_address_and_is_the_same_each_time(
    chart: str, lang: str, dark: bool
) -> None:
    first, second = (drawn.words(CHARTS[chart](lang, dark)) for _ in range(2))
    assert first == second
    assert "http" not in first
    assert '"url"' not in first
    assert ("There is nothing to draw" in drawn.words(CHARTS[chart]("en", dark))) == (
        chart.startswith("no ")
    )


@pytest.mark.parametrize("chart", ["ages", "states", "statuses"])
def test_bars_grow_from_the_right_in_arabic(chart: str) -> None:
    assert {s["reverse"] for s in drawn.scales(CHARTS[chart]("ar", False), "x")} == {True}
    assert {s["reverse"] for s in drawn.scales(CHARTS[chart]("en", False), "x")} == {False}


def test_only_the_columns_that_are_drawn_travel() -> None:
    wide = AGES.assign(secret="not for the browser")
    assert set(parts(bars.needs_by_age(wide, "en"))[0]) == set(stacks.DRAWN)
    mapping = MAPPING.assign(secret="not for the browser")
    assert set(drawn.rows(statuses.by_pillar(mapping, "en"))[0]) == set(statuses.DRAWN)


def test_summaries_give_the_numbers() -> None:
    assert "1,211 unmet needs" in bars.needs_by_age_summary(AGES, "en")
    assert "“Below 2 years”, with 1,204" in bars.needs_by_age_summary(AGES, "en")
    told = bars.states_summary(drawn.gaps(), "en")
    assert "1 have a need and nothing yet, 1 of them in pillar II" in told
    assert statuses.summary(MAPPING, "en") == (
        "44 undertakings by status and pillar: 41 completed, 0 ongoing, 2 planned, 0 requested."
    )


def test_summaries_of_nothing_say_so() -> None:
    assert "none is recorded" in bars.needs_by_age_summary(AGES.iloc[:0], "en")
    assert "nothing is recorded" in bars.states_summary(drawn.no_gaps(), "en")
    assert "none is recorded" in statuses.summary(MAPPING.iloc[:0], "en")
