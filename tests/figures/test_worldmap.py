"""The world map reaches every State, asks nobody for anything, and travels light."""

import csv
import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.figures import signs, worldmap

DATA = Path(__file__).resolve().parents[2] / "data"
BUDGET_BYTES = 250 * 1024
KNOWN = st.floats(min_value=-1e9, max_value=1e12, allow_subnormal=False)


def states() -> list[dict[str, str]]:
    with (DATA / "member_states.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def everyone(language: str = "en", label: str = "{} open needs") -> pd.DataFrame:
    """One row per State, a third of them unknown, every tenth a partner."""
    breaks = [0.0, 10.0, 20.0, 30.0, 40.0]
    return pd.DataFrame(
        {
            "iso3": row["iso3"],
            "name": row[f"name_{language}"],
            "value_label": label.format(number),
            "fill": worldmap.sequential_fill(number % 50 if number % 3 else None, breaks),
            "is_partner": number % 10 == 0,
        }
        for number, row in enumerate(states())
    )


def drawn(countries: pd.DataFrame, **options: Any) -> dict[str, Any]:
    deck: dict[str, Any] = json.loads(
        worldmap.choropleth(countries, worldmap.LIGHT, **options).to_json()
    )
    return deck


def layer(deck: dict[str, Any], name: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = next(item["data"] for item in deck["layers"] if item["id"] == name)
    return data


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, as WCAG 2.2 defines it."""
    parts = [part / 255 for part in bytes.fromhex(colour.removeprefix("#"))]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_state_can_be_pointed_at() -> None:
    deck = drawn(everyone())
    shapes = {item["properties"]["iso3"] for item in layer(deck, "countries")}
    points = {item["iso3"] for item in layer(deck, "small")}
    assert shapes | points == {row["iso3"] for row in states()}
    assert {item["id"] for item in deck["layers"] if item.get("pickable")} == {"countries", "small"}


def test_the_map_asks_no_other_machine() -> None:
    text = worldmap.choropleth(everyone(), worldmap.LIGHT).to_json()
    assert "http" not in text
    assert "//" not in text
    # Any other style makes Streamlit's map load one from outside.
    assert json.loads(text)["mapStyle"] == "__MAP_STYLE__"
    assert "mapProvider" not in json.loads(text)


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "{} open needs"), ("ru", "{} неудовлетворенных потребностей"), ("zh", "{} 项")],
)
def test_the_map_stays_light_in_every_script(language: str, label: str) -> None:
    text = worldmap.choropleth(everyone(language, label), worldmap.DARK).to_json()
    assert len(text.encode()) < BUDGET_BYTES * 0.85


def test_the_same_picture_is_the_same_to_the_byte() -> None:
    one = worldmap.choropleth(everyone(), worldmap.LIGHT).to_json()
    shuffled = everyone().sample(frac=1, random_state=7)
    assert worldmap.choropleth(shuffled, worldmap.LIGHT).to_json() == one


def test_only_the_named_columns_travel() -> None:
    secret = everyone().assign(restricted_note="for the desk only")
    text = worldmap.choropleth(secret, worldmap.LIGHT).to_json()
    assert "desk only" not in text
    assert "restricted_note" not in text
    named = set(worldmap.COLUMNS)
    deck = json.loads(text)
    assert all(set(item["properties"]) == named for item in layer(deck, "countries"))
    assert all(set(item) == named | {"place"} for item in layer(deck, "small"))


def test_partners_are_drawn_last_so_that_their_outline_lies_on_top() -> None:
    drawn_as_partner = [
        item["properties"]["is_partner"] for item in layer(drawn(everyone()), "countries")
    ]
    assert drawn_as_partner == sorted(drawn_as_partner)
    assert any(drawn_as_partner)


def test_a_state_without_a_row_is_drawn_and_cannot_be_picked() -> None:
    nigeria_only = everyone().query("iso3 == 'NGA'")
    deck = drawn(nigeria_only)
    assert [item["properties"]["iso3"] for item in layer(deck, "countries")] == ["NGA"]
    assert layer(deck, "small") == []
    assert len(layer(deck, "territories")) == len(worldmap.world()["features"]) - 1


def test_markup_stays_text() -> None:
    deck = worldmap.choropleth(
        everyone().assign(name="<b>x</b>", value_label="@@=1+1"), worldmap.LIGHT
    )
    item = layer(json.loads(deck.to_json()), "small")[0]
    assert deck._tooltip["text"] == "{name}\n{value_label}"
    assert "html" not in deck._tooltip
    assert item["name"] == "<b>x</b>"
    # deck.gl would read a leading @@= as a formula
    assert item["value_label"] == " @@=1+1"


def test_a_wrong_frame_is_refused_with_its_reason() -> None:
    with pytest.raises(ValueError, match="lacks the columns fill, is_partner"):
        drawn(everyone().drop(columns=["fill", "is_partner"]))
    with pytest.raises(ValueError, match="XKX"):
        drawn(everyone().replace({"iso3": {"NGA": "XKX"}}))
    with pytest.raises(ValueError, match="NER"):
        drawn(everyone().replace({"iso3": {"NGA": "NER"}}))


def test_the_view_shows_the_whole_world_or_what_is_asked_for() -> None:
    world = drawn(everyone())["initialViewState"]
    africa = drawn(everyone(), focus=["NGA", "BFA", "MDG"])["initialViewState"]
    malta = drawn(everyone(), focus=["MLT"])["initialViewState"]
    assert world["longitude"] == 0
    assert world["zoom"] < 1
    assert world["zoom"] < africa["zoom"] < malta["zoom"] <= worldmap.MAX_ZOOM
    assert -6 < africa["longitude"] < 51
    assert malta["latitude"] == pytest.approx(35.9, abs=0.2)


def test_a_narrow_frame_shows_the_same_from_farther_away() -> None:
    wide = drawn(everyone())["initialViewState"]
    narrow = drawn(everyone(), size_px=(330, 300))["initialViewState"]
    assert narrow["zoom"] < wide["zoom"]
    assert 512 * 2 ** narrow["zoom"] <= 333


@pytest.mark.parametrize(
    ("selection", "iso3"),
    [
        ({"indices": {}, "objects": {}}, None),
        ({}, None),
        ({"objects": {"small": [{"iso3": "MLT", "place": [14.4, 35.9]}]}}, "MLT"),
        ({"objects": {"countries": [{"properties": {"iso3": "NGA"}, "geometry": {}}]}}, "NGA"),
        ({"objects": {"countries": [{"properties": {"iso3": "XXX"}}]}}, None),
        ({"objects": {"countries": [{"properties": None}, None, 7]}}, None),
        ({"objects": {"countries": 7, "small": {"iso3": "MLT"}}}, None),
        ({"objects": {"elsewhere": [{"iso3": "MLT"}]}}, None),
        ({"objects": {"small": [{"iso3": ["MLT"]}]}}, None),
    ],
)
def test_the_picked_state_is_a_known_code_or_none(
    selection: dict[str, object], iso3: str | None
) -> None:
    assert worldmap.picked_iso3(selection) == iso3


def test_unknown_is_neither_zero_nor_any_step_of_the_scale() -> None:
    unknown = worldmap.sequential_fill(None, [0.0, 1.0])
    assert worldmap.sequential_fill(math.nan, [0.0, 1.0]) == unknown
    assert worldmap.sequential_fill(0, [0.0, 1.0]) != unknown
    assert worldmap.UNKNOWN not in signs.SCALE


def test_the_outline_of_a_partner_is_seen_on_every_fill() -> None:
    accent = "#" + bytes(worldmap.ACCENT[:3]).hex()
    for fill in (*signs.SCALE, worldmap.UNKNOWN, worldmap.UNKNOWN_DARK):
        assert contrast(accent, fill) > 1.35, fill


@pytest.mark.parametrize(
    ("values", "breaks"),
    [
        ([], []),
        ([None, math.nan], []),
        ([0, 0], [0]),
        ([3, 3], [0, 1, 2, 3]),
        ([1, 2, 3, 37, None], [0, 10, 20, 30]),
        ([105, 95, 70, 12, 3], [0, 25, 50, 75, 100]),
        ([0.1, 0.7, 0.33], [0, 0.2, 0.4, 0.6]),
        ([900, 1000, 2000, 2200, 5_000_000], [0, 1e3, 1e4, 1e5, 1e6]),
        ([1, 1, 1, 400], [0, 1, 10, 100]),
        ([-5, 10], [-5, 0, 5, 10]),
    ],
)
def test_class_breaks_are_round(values: list[float | None], breaks: list[float]) -> None:
    assert worldmap.breaks_of(values) == breaks


@given(st.lists(st.one_of(st.none(), KNOWN), max_size=30))
def test_classes_are_few_and_rising_and_hold_every_value(values: list[float | None]) -> None:
    breaks = worldmap.breaks_of(values)
    known = [value for value in values if value is not None]
    assert len(breaks) <= 5
    assert breaks == sorted(set(breaks))
    assert not known or breaks[0] <= min(known)


@given(st.lists(KNOWN, min_size=2, max_size=30), st.booleans())
def test_a_larger_value_is_never_nearer_to_the_page(values: list[float], dark: bool) -> None:
    breaks = worldmap.breaks_of(values)
    order = {tuple(bytes.fromhex(colour[1:])): step for step, colour in enumerate(signs.SCALE)}
    fills = [worldmap.sequential_fill(value, breaks, dark=dark) for value in sorted(values)]
    steps = [order[tuple(fill[:3])] for fill in fills]
    assert steps == sorted(steps, reverse=dark)


@pytest.mark.parametrize("dark", [False, True])
def test_the_legend_has_the_colours_of_the_map(dark: bool) -> None:
    breaks = worldmap.breaks_of([1, 2, 3, 37])
    classes = worldmap.legend(breaks, dark=dark)
    assert [(lower, upper) for _, lower, upper in classes] == [
        (0, 10),
        (10, 20),
        (20, 30),
        (30, None),
    ]
    for colour, lower, _ in classes:
        assert worldmap.sequential_fill(lower, breaks, dark=dark) == [
            *bytes.fromhex(colour[1:]),
            255,
        ]
    assert worldmap.legend([]) == []
