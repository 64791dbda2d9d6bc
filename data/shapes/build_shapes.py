"""Build world.json, the country shapes of the map, from Natural Earth as packed by world-atlas.

A tool for whoever maintains the shapes: the application never runs it, and needs no shapely.

    pip install "shapely==2.2.0"
    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python data/shapes/build_shapes.py package/countries-50m.json

The input must be the file whose digest is `INPUT_SHA256`; the output is then world.json to the
byte (shapely 2.2.0, GEOS 3.14.1). What is drawn differently from the source, and why, is in
README.md beside this file.
"""

import argparse
import csv
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
INPUT_SHA256 = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"

TOLERANCE_DEG = 0.22  # square root of the largest bend smoothed away: about 24 km
MIN_ISLAND_DEG2 = 0.05  # about 620 km²; a country's largest part has its own, lower bound:
MIN_COUNTRY_DEG2 = 0.03  # about 370 km²: what is smaller is a point only
MIN_NEUTRAL_DEG2 = 0.2  # smaller territories would be specks that answer no question
SMALL_KM2 = 7_000.0  # a country whose largest part is below this also gets a point
KM2_PER_DEG2 = 111.195**2  # along a meridian; areas are measured equal-area

# Parts of the source that United Nations practice shows within a Member State.
WITHIN = {
    "Somaliland": "SOM",
    "N. Cyprus": "CYP",
    "Kosovo": "SRB",
    "Taiwan": "CHN",
    "Hong Kong": "CHN",
    "Macao": "CHN",
    "Åland": "FIN",
    "Ashmore and Cartier Is.": "AUS",
    "Br. Indian Ocean Ter.": "MUS",
}
DROPPED = {"Antarctica"}
# In the source as de facto control has it; moved to where General Assembly and Security Council
# resolutions place it. README.md names the resolutions.
CRIMEA = Point(34.2, 45.2)
SAHARA_SOUTH_OF_DEG = 27.656898  # the tripoint of the source; the line is 27°40′ N
GOLAN = Polygon(
    [(35.66, 33.29), (35.69, 33.25), (35.63, 33.2), (35.63, 32.93), (35.65, 32.8)]
    + [(35.68, 32.7), (35.8, 32.6), (36.2, 32.6), (36.2, 33.5), (35.8, 33.5)]
)
# Too small for the source's scale: Funafuti, to a tenth of a degree or so.
MISSING = {"TUV": (179.2, -8.52)}

Ring = list[tuple[float, float]]


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a quantized TopoJSON file, decoded to degrees of longitude and latitude."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(arc)
    return arcs


def ring_of(indices: Iterable[int], arcs: list[Ring]) -> Ring:
    """One closed ring from arc numbers (a negative number n is arc ~n read backwards)."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return unwrapped(ring)


def unwrapped(ring: Ring) -> Ring:
    """The ring without jumps from 180° E to 180° W: it runs on past 180 instead."""
    turn = 0.0
    run = ring[:1]
    for (before, _), (lon, lat) in zip(ring, ring[1:], strict=False):
        if lon - before > 180:
            turn -= 360.0
        elif lon - before < -180:
            turn += 360.0
        run.append((lon + turn, lat))
    return run


def cut_at_antimeridian(shape: BaseGeometry) -> BaseGeometry:
    """The shape within 180° W to 180° E, what lies beyond brought back on the other side."""
    if shape.bounds[0] >= -180 and shape.bounds[2] <= 180:
        return shape
    east = shape.intersection(box(180, -90, 540, 90))
    west = shape.intersection(box(-540, -90, -180, 90))
    return shapely.union_all(
        [
            shape.intersection(box(-180, -90, 180, 90)),
            shapely.transform(east, lambda xy: xy - [360, 0]),
            shapely.transform(west, lambda xy: xy + [360, 0]),
        ]
    )


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """The polygons a geometry is made of; points and lines left by a cut are dropped."""
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]


def area(shape: BaseGeometry) -> float:
    """Area in the square of the shape's own unit."""
    return float(shape.area)


def source_shapes(path: Path) -> list[tuple[str | None, str, BaseGeometry]]:
    """Every country of the source: UN M49 number (None where it has none), name, shape."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != INPUT_SHA256:
        raise SystemExit(f"{path} is not countries-50m.json of world-atlas 2.0.2")
    topology = json.loads(content)
    arcs = arcs_of(topology)
    shapes = []
    for item in topology["objects"]["countries"]["geometries"]:
        if item["properties"]["name"] in DROPPED:
            continue
        parts = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
        polygons = [
            Polygon(ring_of(part[0], arcs), [ring_of(hole, arcs) for hole in part[1:]])
            for part in parts
        ]
        shape = cut_at_antimeridian(MultiPolygon(polygons))
        shapes.append((item.get("id"), item["properties"]["name"], shape))
    return shapes


def move(
    shapes: dict[str, BaseGeometry],
    giver: str,
    taker: str,
    piece: Callable[[Polygon], BaseGeometry],
) -> None:
    """Take from each polygon of one country the piece named, and give it to another."""
    taken = shapely.union_all([piece(part) for part in polygons_of(shapes[giver])])
    shapes[taker] = shapely.union_all([shapes[taker], taken])
    shapes[giver] = shapes[giver].difference(taken)


def as_the_united_nations_draws(path: Path, iso3_of: dict[str, str]) -> dict[str, BaseGeometry]:
    """One shape per Member and observer State (keyed by alpha-3), and the rest under "neutral"."""
    collected: dict[str, list[BaseGeometry]] = {}
    for m49, name, shape in source_shapes(path):
        key = WITHIN.get(name) or iso3_of.get(m49 or "", "neutral")
        if key == "neutral" and shape.area < MIN_NEUTRAL_DEG2:
            continue
        collected.setdefault(key, []).append(shape)
    shapes = {key: shapely.union_all(parts) for key, parts in collected.items()}
    sahara = box(-18, 20, -8.5, SAHARA_SOUTH_OF_DEG)
    nothing = Polygon()
    move(shapes, "RUS", "UKR", lambda part: part if part.contains(CRIMEA) else nothing)
    move(shapes, "MAR", "neutral", lambda part: part.intersection(sahara))
    move(shapes, "ISR", "SYR", lambda part: part.intersection(GOLAN))
    return shapes


def narrowed(shape: BaseGeometry) -> BaseGeometry:
    """The shape in the sinusoidal projection, where equal areas are equal: degrees of latitude."""
    return shapely.transform(
        shape, lambda xy: np.stack([xy[:, 0] * np.cos(np.radians(xy[:, 1])), xy[:, 1]], axis=1)
    )


def widened(shape: BaseGeometry) -> BaseGeometry:
    """The shape back from the sinusoidal projection, in degrees of longitude and latitude."""
    return shapely.transform(
        shape, lambda xy: np.stack([xy[:, 0] / np.cos(np.radians(xy[:, 1])), xy[:, 1]], axis=1)
    )


def without_islets(shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The shapes without specks in the sea; what touches a neighbour (Gaza, enclaves) stays."""
    parts = [(key, part) for key, shape in shapes.items() for part in polygons_of(shape)]
    largest = {key: max(polygons_of(shape), key=area) for key, shape in shapes.items()}
    tree = shapely.STRtree([part for _, part in parts])
    kept: dict[str, list[Polygon]] = {key: [] for key in shapes}
    for key, part in parts:
        smallest = MIN_COUNTRY_DEG2 if part is largest[key] else MIN_ISLAND_DEG2
        touching = {parts[index][0] for index in tree.query(part, predicate="intersects")}
        if area(part) >= smallest or touching != {key}:
            kept[key].append(part)
    return {key: MultiPolygon(polygons) for key, polygons in kept.items()}


def rounded(line: Iterable[tuple[float, ...]]) -> list[list[float]]:
    """Coordinates to 2 decimals (about 1 km), without repeats; empty when no area is left."""
    points: list[list[float]] = []
    for lon, lat, *_ in line:
        point = [round(lon, 2) + 0.0, round(lat, 2) + 0.0]
        if not points or points[-1] != point:
            points.append(point)
    return points if len(points) >= 4 else []


def coordinates_of(shape: BaseGeometry) -> list[list[list[list[float]]]]:
    """MultiPolygon coordinates as in RFC 7946 (outer rings anticlockwise), largest part first."""
    parts = []
    for part in sorted(polygons_of(shape), key=area, reverse=True):
        part = shapely.orient_polygons(part)
        rings = [rounded(ring.coords) for ring in (part.exterior, *part.interiors)]
        if rings[0]:
            parts.append([ring for ring in rings if ring])
    return parts


def label_of(shape: BaseGeometry) -> tuple[float, float]:
    """Where a label sits best: the centre of the widest circle within the largest part."""
    largest = max(polygons_of(shape), key=area)
    centre = shapely.get_point(shapely.maximum_inscribed_circle(largest), 0)
    return round(centre.x, 2) + 0.0, round(centre.y, 2) + 0.0


def km2_of_largest_part(shape: BaseGeometry) -> float:
    """Area of the largest part."""
    return max(area(part) for part in polygons_of(narrowed(shape))) * KM2_PER_DEG2


def world_of(shapes: dict[str, BaseGeometry]) -> dict[str, object]:
    """The content of world.json, in the order in which it is written."""
    keys = sorted(shapes)
    kept = without_islets({key: narrowed(shapes[key]) for key in keys})
    simple = shapely.coverage_simplify(list(kept.values()), TOLERANCE_DEG)
    labels = {key: label_of(shapes[key]) for key in keys if key != "neutral"} | MISSING
    small = {key for key in shapes.keys() & labels if km2_of_largest_part(shapes[key]) < SMALL_KM2}
    features = []
    for key, shape in zip(keys, simple, strict=True):
        parts = coordinates_of(widened(shape))
        if parts:
            properties = {"iso3": None, "neutral": True} if key == "neutral" else {"iso3": key}
            geometry = {"type": "MultiPolygon", "coordinates": parts}
            features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    points = [
        {"iso3": key, "lon": labels[key][0], "lat": labels[key][1]}
        for key in sorted(small | MISSING.keys())
    ]
    return {"features": features, "small": points, "labels": dict(sorted(labels.items()))}


def main() -> None:
    """Read the source named on the command line, write world.json beside this file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("source", type=Path, help="countries-50m.json of world-atlas 2.0.2")
    source = parser.parse_args().source
    with (HERE.parent / "member_states.csv").open(encoding="utf-8", newline="") as states:
        iso3_of = {row["m49"]: row["iso3"] for row in csv.DictReader(states)}
    write(world_of(as_the_united_nations_draws(source, iso3_of)))


def write(world: dict[str, object]) -> None:
    """Write world.json compactly, one feature a line, so that a change can be read in a diff."""
    lines = ['{"type":"FeatureCollection"']
    for name, content in world.items():
        inner = content if isinstance(content, list) else None
        if inner is None:
            lines.append(f',"{name}":{dumped(content)}')
        else:
            lines.append(f',"{name}":[\n' + ",\n".join(dumped(item) for item in inner) + "\n]")
    (HERE / "world.json").write_text("\n".join(lines) + "\n}\n", encoding="utf-8")


def dumped(content: object) -> str:
    """Compact JSON."""
    return json.dumps(content, separators=(",", ":"))


if __name__ == "__main__":
    main()
