"""The timeline draws dates no more precisely than they are known, and an open end as open."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from ctai.figures import timeline
from ctai.i18n import LANGUAGES
from tests.figures import drawn

TODAY = date(2026, 3, 15)
COLUMNS = ["activity_id", "status", "start", "end", "measure", "title"]
SPANS = pd.DataFrame(
    [
        (1, "ongoing", "2024", None, "II.13", "Border posts"),
        (2, "completed", "2019-04", "2020", "II.13", "Training"),
        (3, "completed", "2021-05-06", None, "I.1", "A workshop"),
        (4, "planned", None, "2027-06", None, "A plan"),
        (5, "unknown", None, None, "I.1", "Never dated"),
    ],
    columns=COLUMNS,
)
NOTHING = SPANS.iloc[:0]
VISITS = pd.DataFrame(
    [(1, "Visit", "2018-03-01", "2018-03-05"), (1, "Visit", "2018-03-01", "2018-03-05")],
    columns=["assessment_id", "title", "start", "end"],
)


def bars(spans: pd.DataFrame = SPANS) -> dict[int, dict[str, Any]]:
    chart = timeline.timeline(spans, "en", TODAY)
    return {row["activity_id"]: row for row in drawn.rows(chart) if "activity_id" in row}


def days(number: int) -> tuple[str, str]:
    return bars()[number]["from"][:10], bars()[number]["to"][:10]


def test_a_bar_reaches_from_the_first_to_the_last_day_that_its_dates_can_mean() -> None:
    assert days(2) == ("2019-04-01", "2020-12-31")


def test_an_ongoing_activity_without_an_end_is_open_until_today() -> None:
    assert days(1) == ("2024-01-01", "2026-03-15")
    assert bars()[1]["is_open"]


def test_another_activity_without_an_end_is_not_drawn_longer_than_it_is_known() -> None:
    assert days(3) == ("2021-05-06", "2021-05-06")
    assert not bars()[3]["is_open"]


def test_an_activity_without_a_start_is_drawn_where_its_end_lies() -> None:
    assert days(4) == ("2027-06-01", "2027-06-30")
    assert bars()[4]["when"] == "until June 2027"


def test_an_activity_without_any_date_is_left_out() -> None:
    assert 5 not in bars()


def test_activities_stand_under_their_pillars_and_the_unplaced_last() -> None:
    chart = timeline.timeline(SPANS, "en", TODAY, VISITS)
    domain = drawn.scales(chart, "y")[0]["domain"]
    assert domain == [
        "assessments",
        "pillar:I",
        "3",
        "pillar:II",
        "2",
        "1",
        "pillar:None",
        "4",
    ]


def test_an_assessment_of_several_countries_is_one_diamond() -> None:
    chart = timeline.timeline(SPANS, "en", TODAY, VISITS)
    visits = [row for row in drawn.rows(chart) if row.get("row") == "assessments"]
    assert [row["from"][:10] for row in visits] == ["2018-03-05"]


def test_statuses_differ_in_more_than_colour() -> None:
    chart = timeline.timeline(SPANS, "en", TODAY)
    (fills,) = drawn.scales(chart, "fill")
    looks = dict(zip(fills["domain"], fills["range"], strict=True))
    assert looks["planned"] == "transparent" != looks["completed"]


def test_time_runs_from_the_right_in_arabic() -> None:
    right, left = (timeline.timeline(SPANS, lang, TODAY) for lang in ("ar", "en"))
    assert {scale["reverse"] for scale in drawn.scales(right, "x")} == {True}
    assert {scale["reverse"] for scale in drawn.scales(left, "x")} == {False}


def test_months_are_named_in_the_readers_language() -> None:
    recent = SPANS.iloc[:1].assign(start="2026-01", end="2026-03")
    spec = drawn.spec(timeline.timeline(recent, "fr", TODAY))
    axis = next(
        layer["encoding"]["x"]["axis"]
        for layer in spec["layer"][0]["layer"]
        if "axis" in layer["encoding"]["x"]
    )
    assert axis["tickCount"]["interval"] == "month"
    assert "janv." in axis["labelExpr"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("spans", [SPANS, NOTHING], ids=["some", "none"])
@pytest.mark.parametrize("visits", [VISITS, VISITS.iloc[:0], None], ids=["some", "none", "unasked"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_spec_is_valid_names_no_address_and_is_the_same_each_time(
    lang: str, spans: pd.DataFrame, visits: pd.DataFrame | None, dark: bool
) -> None:
    charts = [timeline.timeline(spans, lang, TODAY, visits, dark=dark) for _ in range(2)]
    first, second = (drawn.words(chart) for chart in charts)
    assert first == second
    assert "http" not in first
    assert '"url"' not in first
    assert drawn.selections(charts[0]) == {"activity": ["activity_id"]}


def test_only_the_columns_that_are_drawn_travel() -> None:
    assert {name for row in bars().values() for name in row} == set(timeline.DRAWN)


def test_the_activity_picked_is_read() -> None:
    assert timeline.picked({"activity": [{"activity_id": 12}]}) == 12
    assert timeline.picked({"activity": [{"activity_id": 12.0}]}) == 12


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"activity": []},
        {"activity": [{"activity_id": None}]},
        {"activity": [{"activity_id": "12"}]},
        {"activity": [{"activity_id": True}]},
        {"activity": [{"activity_id": 1.5}]},
        {"activity": [{"activity_id": -1}]},
        {"activity": [{"activity_id": float("nan")}]},
        {"activity": [{"activity_id": float("inf")}]},
    ],
)
def test_an_odd_selection_is_none(payload: dict[str, Any]) -> None:
    assert timeline.picked(payload) is None


def test_the_summary_gives_the_numbers() -> None:
    told = timeline.summary(SPANS, "en")
    assert told == "Timeline of 4 activities from 2019 to 2027; 1 are ongoing."


def test_the_summary_of_nothing_says_so() -> None:
    assert "no activity with a date" in timeline.summary(NOTHING, "en")
