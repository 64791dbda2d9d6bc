"""The country shapes are whole, small, and drawn as the United Nations draws them."""

import csv
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
WORLD: dict[str, Any] = json.loads((DATA / "shapes" / "world.json").read_text(encoding="utf-8"))
Ring = list[list[float]]


def states() -> set[str]:
    with (DATA / "member_states.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"] for row in csv.DictReader(file)}


def rings() -> Iterator[tuple[str | None, int, Ring]]:
    """Every ring with its State and its place in its polygon (0: outer)."""
    for feature in WORLD["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for place, ring in enumerate(polygon):
                yield feature["properties"]["iso3"], place, ring


def doubled_area(ring: Ring) -> float:
    """Twice the area by the shoelace formula; positive when the ring runs anticlockwise."""
    return sum(west[0] * east[1] - east[0] * west[1] for west, east in pairwise(ring))


def encloses(ring: Ring, lon: float, lat: float) -> bool:
    """Whether a point lies within a ring: a ray eastwards crosses it an odd number of times."""
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def owner(lon: float, lat: float) -> str:
    """The State drawn at a place, "neutral" for other land, "sea" where nothing is drawn."""
    found = [
        feature["properties"]["iso3"] or "neutral"
        for feature in WORLD["features"]
        for outer, *holes in feature["geometry"]["coordinates"]
        if encloses(outer, lon, lat) and not any(encloses(hole, lon, lat) for hole in holes)
    ]
    assert len(found) <= 1, found
    return found[0] if found else "sea"


def test_every_state_has_a_shape_or_a_point() -> None:
    shapes = {item["properties"]["iso3"] for item in WORLD["features"]} - {None}
    points = {point["iso3"] for point in WORLD["small"]}
    assert shapes | points == states()


def test_every_state_has_one_feature_at_most() -> None:
    codes = [item["properties"]["iso3"] for item in WORLD["features"]]
    assert len(codes) == len(set(codes))
    assert codes.count(None) == 1


def test_every_state_has_a_place_for_its_label() -> None:
    assert WORLD["labels"].keys() == states()
    for lon, lat in WORLD["labels"].values():
        assert -180 <= lon <= 180
        assert -60 <= lat <= 85


def test_most_labels_lie_within_their_state() -> None:
    shapes = {item["properties"]["iso3"] for item in WORLD["features"]}
    points = {point["iso3"] for point in WORLD["small"]}
    for iso3 in shapes - points - {None}:
        assert owner(*WORLD["labels"][iso3]) == iso3


def test_rings_are_closed_and_outer_ones_run_anticlockwise() -> None:
    for iso3, place, ring in rings():
        assert ring[0] == ring[-1], iso3
        assert len(ring) >= 4, iso3
        assert (doubled_area(ring) > 0) == (place == 0), iso3


def test_nothing_crosses_the_antimeridian() -> None:
    for iso3, _, ring in rings():
        for (lon, lat), (next_lon, _) in pairwise(ring):
            assert abs(next_lon - lon) <= 180, iso3
            assert -180 <= lon <= 180
            assert -60 <= lat <= 85


def test_coordinates_have_two_decimals_at_most() -> None:
    assert all(round(number, 2) == number for _, _, ring in rings() for xy in ring for number in xy)


def test_the_file_stays_small() -> None:
    assert (DATA / "shapes" / "world.json").stat().st_size < 190 * 1024


@pytest.mark.parametrize(
    ("place", "lon", "lat", "drawn_as"),
    [
        ("Simferopol", 34.1, 45.0, "UKR"),
        ("Pristina", 21.16, 42.66, "SRB"),
        ("Hargeisa", 44.06, 9.56, "SOM"),
        ("Kyrenia", 33.3, 35.27, "CYP"),
        ("Taichung", 120.9, 24.2, "CHN"),
        ("Golan", 35.8, 33.0, "SYR"),
        ("Tiberias", 35.4, 32.8, "ISR"),
        ("Ramallah", 35.2, 31.9, "PSE"),
        ("Gaza", 34.35, 31.4, "PSE"),
        ("Laayoune", -13.0, 27.0, "neutral"),
        ("Dakhla", -15.3, 23.8, "neutral"),
        ("Tifariti", -10.6, 26.2, "neutral"),
        ("Agadir", -9.3, 30.3, "MAR"),
        ("Nuuk", -50.0, 64.5, "neutral"),
        ("Stanley", -58.7, -51.8, "neutral"),
        ("Siachen", 77.0, 35.4, "neutral"),
        ("Cayenne", -53.0, 4.0, "FRA"),
        ("Sukhumi", 41.3, 42.9, "GEO"),
        ("Tiraspol", 29.5, 46.8, "MDA"),
        ("Chukotka", -175.0, 67.0, "RUS"),
        ("Viti Levu", 178.0, -17.8, "FJI"),
        ("South Pole", 0.0, -89.0, "sea"),
    ],
)
def test_contested_places_are_drawn_as_the_united_nations_draws_them(
    place: str, lon: float, lat: float, drawn_as: str
) -> None:
    assert owner(lon, lat) == drawn_as, place
