"""Funding bars lie in each other, a pledge is an outline, and the balance is drawn on one scale."""

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from ctai.figures import balance, funding_bars
from ctai.figures.funding_bars import LAYERS
from ctai.i18n import LANGUAGES
from tests.figures import drawn
from tests.figures.test_signs import GROUNDS, SHAPE_CONTRAST, contrast

NONE = Decimal(0)
MONEY = pd.DataFrame(
    [
        ("NGA", "Nigeria", Decimal(5_000_000), Decimal(900_000), Decimal(600_000), NONE, NONE),
        ("BFA", "Burkina Faso", None, NONE, Decimal(70), Decimal(50), Decimal("20.5")),
    ],
    columns=["row", "row_label", *funding_bars.AMOUNTS],
    dtype=object,
)  # fmt: skip
BALANCE: dict[str | None, Decimal] = {"I": Decimal(250), "II": Decimal(740), None: Decimal(10)}


def parts(chart: Any) -> dict[tuple[str, str], float]:
    rows = [row for row in drawn.rows(chart) if "kind" in row]
    assert all(row["start"] == 0 for row in rows)
    return {(row["row"], row["kind"]): row["end"] for row in rows}


def test_every_bar_begins_at_nought_so_that_none_is_added_to_another() -> None:
    assert parts(funding_bars.funding_bars(MONEY, "en")) == {
        ("NGA", "asked"): 5_000_000,
        ("NGA", "pledged"): 900_000,
        ("NGA", "committed"): 600_000,
        ("BFA", "committed"): 70,
        ("BFA", "disbursed"): 50,
        ("BFA", "spent"): 20.5,
    }


def test_each_part_is_thinner_than_what_it_is_part_of() -> None:
    thick = [
        funding_bars.LAYERS[name].thick_px for name in funding_bars.AMOUNTS if name != "pledged"
    ]
    assert thick == sorted(set(thick), reverse=True)


def test_a_pledge_is_an_outline_and_nothing_else_is() -> None:
    marks = [
        layer["mark"]
        for layer in drawn.spec(funding_bars.funding_bars(MONEY, "en"))["layer"]
        if layer["mark"]["type"] == "bar"
    ]
    outlined = [mark["size"] for mark in marks if mark.get("fillOpacity") == 0]
    assert outlined == [funding_bars.LAYERS["pledged"].thick_px]
    assert len(marks) == len(funding_bars.AMOUNTS)


@pytest.mark.parametrize("dark", GROUNDS)
def test_where_each_amount_ends_can_be_seen_by_day_and_by_night(dark: bool) -> None:
    fills = {name: layer.dark if dark else layer.light for name, layer in LAYERS.items()}
    chart = drawn.spec(funding_bars.funding_bars(MONEY, "en", dark=dark))
    marks = [layer["mark"] for layer in chart["layer"] if layer["mark"]["type"] == "bar"]
    assert len(marks) == len(fills)
    for name, mark in zip(fills, marks, strict=True):
        assert contrast(mark.get("stroke", fills[name]), GROUNDS[dark]) >= SHAPE_CONTRAST, name


def test_what_is_asked_stands_at_the_end_or_what_is_secured() -> None:
    chart = funding_bars.funding_bars(MONEY, "en")
    ends = {row["row"]: row["label"] for row in drawn.rows(chart) if "label" in row}
    assert ends == {"NGA": "US$\u00a05M", "BFA": "US$\u00a070 secured"}


def test_an_amount_that_is_not_known_is_said_to_be_so() -> None:
    chart = funding_bars.funding_bars(MONEY, "en")
    (told,) = {
        row["asked_told"] for row in drawn.rows(chart) if row.get("row_label", "")[:1] == "B"
    }
    assert told == "not known"


def test_a_click_anywhere_on_a_row_names_it() -> None:
    (target,) = [
        layer
        for layer in drawn.spec(funding_bars.funding_bars(MONEY, "en"))["layer"]
        if layer["mark"]["type"] == "rect"
    ]
    assert target["encoding"]["x2"] == {"value": "width"}
    assert funding_bars.picked({"bar": [{"row": "NGA"}]}) == "NGA"
    nothing: list[dict[str, Any]] = [{}, {"bar": []}, {"bar": [{"row": ""}]}, {"bar": "x"}]
    for selection in [*nothing, {"bar": [{"row": 7}]}]:
        assert funding_bars.picked(selection) is None


def test_the_balance_gives_shares_of_the_whole() -> None:
    rows = drawn.rows(balance.balance(BALANCE, "en"))
    assert {row["row"]: row["label"] for row in rows} == {
        "I": "25%",
        "II": "74%",
        "III": "0%",
        "IV": "0%",
        "": "1%",
    }


def test_two_balances_are_drawn_on_the_same_scale() -> None:
    one = balance.balance({"I": Decimal(1)}, "en")
    other = balance.balance(BALANCE, "en")
    assert drawn.scales(one, "x")[0]["domain"] == drawn.scales(other, "x")[0]["domain"]


CHARTS: dict[str, Any] = {
    "money": lambda lang, dark: funding_bars.funding_bars(MONEY, lang, dark=dark),
    "no money": lambda lang, dark: funding_bars.funding_bars(MONEY.iloc[:0], lang, dark=dark),
    "balance": lambda lang, dark: balance.balance(BALANCE, lang, dark=dark),
    "no balance": lambda lang, dark: balance.balance({}, lang, dark=dark),
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
    assert ("There is nothing to draw" in drawn.words(CHARTS[chart]("en", dark))) == (
        chart.startswith("no ")
    )


@pytest.mark.parametrize("chart", ["money", "balance"])
def test_bars_grow_from_the_right_in_arabic(chart: str) -> None:
    assert {s["reverse"] for s in drawn.scales(CHARTS[chart]("ar", False), "x")} == {True}
    assert {s["reverse"] for s in drawn.scales(CHARTS[chart]("en", False), "x")} == {False}


def test_only_the_columns_that_are_drawn_travel() -> None:
    wide = MONEY.assign(secret="not for the browser")
    rows = drawn.rows(funding_bars.funding_bars(wide, "en"))
    told = {frozenset(row) for row in rows}
    assert told == {frozenset(funding_bars.DRAWN), frozenset(funding_bars.TOLD)}
    assert set(drawn.rows(balance.balance(BALANCE, "en"))[0]) == set(balance.DRAWN)


def test_summaries_give_the_numbers() -> None:
    assert funding_bars.summary(MONEY, "en") == (
        "Money in 2 rows; most is asked for Nigeria: US$\u00a05M."
    )
    assert funding_bars.summary(MONEY.assign(asked=None), "en") == (
        "Money in 2 rows; most is secured for Nigeria: US$\u00a0600K."
    )
    assert balance.summary(BALANCE, "en").startswith(
        "US$\u00a01K by pillar; the largest share, 74%, goes to II"
    )


def test_summaries_of_nothing_say_so() -> None:
    assert "none is recorded" in funding_bars.summary(MONEY.iloc[:0], "en")
    assert "none is secured" in balance.summary({}, "en")
