"""The world map: one fill per State, drawn by the browser from shapes that we carry ourselves."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypedDict

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from ctai.figures import signs

SHAPES: Final = Path(__file__).resolve().parents[2] / "data" / "shapes" / "world.json"
COLUMNS: Final = ("iso3", "name", "value_label", "fill", "is_partner")
ACCENT: Final = (0, 158, 219, 255)

# The grey leans to yellow: eyes that mix up red and green still tell it from the scale's blue.
UNKNOWN: Final = "#DAD5CA"
UNKNOWN_DARK: Final = "#5C5A54"

WORLD: Final = (-179.0, -56.0, 179.0, 78.0)
MAX_ZOOM: Final = 6.0  # beyond it the simplified borders look wrong

Bounds = tuple[float, float, float, float]
Rgba = tuple[int, int, int, int]


class World(TypedDict):
    """world.json: GeoJSON MultiPolygons, largest part first, in degrees; iso3 None for no State.

    `small` are points (iso3, lon, lat); `labels` has a place (lon, lat) for each of the 195.
    """

    features: list[dict[str, Any]]
    small: list[dict[str, Any]]
    labels: dict[str, list[float]]


@dataclass(frozen=True)
class Palette:
    """Colours of a map that say nothing about a value: red, green, blue, alpha, 0 to 255."""

    border: Rgba
    territory: Rgba
    partner: Rgba
    tooltip: str
    tooltip_text: str


LIGHT: Final = Palette((255, 255, 255, 255), (229, 231, 233, 255), ACCENT, "#1F2A35", "#FFFFFF")
DARK: Final = Palette((20, 25, 31, 255), (64, 70, 77, 255), ACCENT, "#E6EAEE", "#1F2A35")


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck carries no types
    """A pydeck Deck with compact JSON: pydeck's own indents every number, at six times the size."""

    def to_json(self) -> str:
        """The same JSON for the same picture, to the byte; refuses NaN, which no browser reads."""
        return json.dumps(
            self,
            sort_keys=True,
            default=default_serialize,
            separators=(",", ":"),
            ensure_ascii=False,
            allow_nan=False,
        )


@cache
def world() -> World:
    """The country shapes, read once; data/shapes/README.md says what they show and why."""
    shapes: World = json.loads(SHAPES.read_text(encoding="utf-8"))
    return shapes


def choropleth(
    countries: pd.DataFrame,
    palette: Palette,
    focus: Sequence[str] = (),
    size_px: tuple[int, int] = (1000, 500),
) -> CompactDeck:
    """A map with one fill per State, for `st.pydeck_chart(..., on_select="rerun", key=...)`.

    `countries` has one row per State and the columns of `COLUMNS`: iso3; name and value_label,
    translated; fill, red to alpha 0 to 255 (`sequential_fill`); is_partner, outlined in the
    accent. No other column travels to the browser. A State without a row is drawn as territory
    and cannot be picked. `focus` fits the view to these States in a frame of `size_px`; empty is
    the world. Raises ValueError for a missing column, a repeated State or an unknown code. It
    shows borders: print the disclaimer of the United Nations with it.
    """
    rows = _rows(countries)
    layers = [_territories(rows, palette), _countries(rows, palette), _small(rows, palette)]
    style = {"backgroundColor": palette.tooltip, "color": palette.tooltip_text}
    tooltip = {
        "text": "{name}\n{value_label}",  # text, not html: the browser shows it letter by letter
        "style": {**style, "fontSize": "0.875rem", "unicodeBidi": "plaintext"},
    }
    controller = {"scrollZoom": False, "dragRotate": False, "touchRotate": False}
    return CompactDeck(
        layers=layers,
        views=[pdk.View(type="MapView", controller=controller)],
        initial_view_state=_view(bounds(focus), size_px),
        map_provider=None,  # and no map_style: anything else asks a tile server
        tooltip=tooltip,
    )


def picked_iso3(selection: Mapping[str, object]) -> str | None:
    """The State picked on the map, from Streamlit's selection; None where there is none.

    The browser sends it back, so anything but a code that we know counts as none.
    """
    objects = selection.get("objects")
    layers = objects if isinstance(objects, Mapping) else {}
    for layer in ("small", "countries"):
        picked = layers.get(layer)
        for item in picked if isinstance(picked, list) else []:
            named = item.get("properties", item) if isinstance(item, Mapping) else None
            iso3 = named.get("iso3") if isinstance(named, Mapping) else None
            if isinstance(iso3, str) and iso3 in world()["labels"]:
                return iso3
    return None


def sequential_fill(
    value: float | None, breaks: Sequence[float], *, dark: bool = False
) -> list[int]:
    """The fill of a value: a step of `signs.SCALE`, or `UNKNOWN` for None and NaN; red to alpha.

    `breaks` are the lower ends of the classes, rising (`breaks_of`); a value below the first
    falls into the first class. deck.gl cannot hatch: what is hatched elsewhere is plain grey here.
    """
    if value is None or math.isnan(value):
        return _rgba(UNKNOWN_DARK if dark else UNKNOWN)
    step = max(sum(1 for lower in breaks if lower <= value) - 1, 0)
    return _rgba(signs.amount(step, len(breaks), dark=dark).fill)


def breaks_of(values: Iterable[float | None]) -> list[float]:
    """Lower ends of at most five classes with round ends; empty where no value is known.

    Even steps of 1, 2, 2.5 or 5 times a power of ten; powers of ten where the largest value is
    more than 50 times the median, so that a few giants do not leave everyone else pale.
    """
    known = sorted(value for value in values if value is not None and not math.isnan(value))
    if not known:
        return []
    whole = all(float(value).is_integer() for value in known)
    low, high = min(known[0], 0.0), known[-1]
    positive = [value for value in known if value > 0]
    if low == 0 and positive and high > 50 * positive[len(positive) // 2]:
        top = math.floor(math.log10(high))
        return [0.0, *(10.0**power for power in range(top - 3, top + 1) if power >= 0 or not whole)]
    step = _round_step((high - low) / 5, whole)
    first = math.floor(low / step)
    count = math.floor(high / step) - first + 1
    return [float(f"{(first + index) * step:.12g}") for index in range(min(count, 5))]


def legend(breaks: Sequence[float], *, dark: bool = False) -> list[tuple[str, float, float | None]]:
    """Each class of a map: its colour as #RRGGBB, its lower end, and its upper end (None: open)."""
    fills = [signs.amount(step, len(breaks), dark=dark).fill for step in range(len(breaks))]
    return list(zip(fills, breaks, [*breaks[1:], None], strict=False))


def _rows(countries: pd.DataFrame) -> dict[str, dict[str, object]]:
    """The named columns only, by code; partners last, so that their outline lies on top."""
    missing = [column for column in COLUMNS if column not in countries.columns]
    if missing:
        raise ValueError(f"the map lacks the columns {', '.join(missing)}")
    codes = countries["iso3"].astype(str)
    wrong = sorted({*codes[codes.duplicated()], *(set(codes) - world()["labels"].keys())})
    if wrong:
        raise ValueError(f"the map has unknown or repeated States: {', '.join(wrong)}")
    rows = {
        row["iso3"]: {
            "iso3": row["iso3"],
            "name": _inert(row["name"]),
            "value_label": _inert(row["value_label"]),
            "fill": [int(part) for part in row["fill"]],
            "is_partner": bool(row["is_partner"]),
        }
        for row in countries[list(COLUMNS)].to_dict("records")
    }
    return dict(sorted(rows.items(), key=lambda item: (item[1]["is_partner"], item[0])))


def _inert(text: object) -> str:
    """Text that deck.gl shows as it is: a leading @@ would make it a formula."""
    return f" {text}" if str(text).startswith("@@") else str(text)


def _territories(rows: Mapping[str, object], palette: Palette) -> pdk.Layer:
    shapes = [item for item in world()["features"] if item["properties"]["iso3"] not in rows]
    return pdk.Layer(
        "GeoJsonLayer",
        [{**item, "properties": {}} for item in shapes],
        id="territories",
        get_fill_color=list(palette.territory),
        get_line_color=list(palette.border),
        get_line_width=0.5,
        line_width_units="'pixels'",
    )


def _countries(rows: Mapping[str, object], palette: Palette) -> pdk.Layer:
    shapes = {item["properties"]["iso3"]: item for item in world()["features"]}
    return pdk.Layer(
        "GeoJsonLayer",
        [{**shapes[iso3], "properties": row} for iso3, row in rows.items() if iso3 in shapes],
        id="countries",
        pickable=True,
        # Without a graphics card, looking for the pointer among the lines takes 0.3 s: too slow for
        # the browser to see a press and release as one click. The fills are enough.
        _sub_layer_props={"polygons-stroke": {"pickable": False}},
        get_fill_color="properties.fill",
        **_outline("properties.is_partner", palette, widths_px=(2.5, 0.5)),
    )


def _small(rows: Mapping[str, dict[str, object]], palette: Palette) -> pdk.Layer:
    places = {point["iso3"]: [point["lon"], point["lat"]] for point in world()["small"]}
    return pdk.Layer(
        "ScatterplotLayer",
        [{**row, "place": places[iso3]} for iso3, row in rows.items() if iso3 in places],
        id="small",
        pickable=True,
        get_position="place",
        get_radius=4.5,
        radius_units="'pixels'",
        get_fill_color="fill",
        stroked=True,
        **_outline("is_partner", palette, widths_px=(2.0, 1.0)),
    )


def _outline(is_partner: str, palette: Palette, widths_px: tuple[float, float]) -> dict[str, str]:
    partner, other = widths_px
    return {
        "get_line_color": f"{is_partner} ? {list(palette.partner)} : {list(palette.border)}",
        "get_line_width": f"{is_partner} ? {partner} : {other}",
        "line_width_units": "'pixels'",
    }


def bounds(focus: Sequence[str]) -> Bounds:
    """West, south, east, north of the largest parts of these States; of the world if none."""
    if not focus:
        return WORLD
    shapes = {item["properties"]["iso3"]: item["geometry"] for item in world()["features"]}
    places = [world()["labels"][iso3] for iso3 in focus]
    for iso3 in shapes.keys() & set(focus):
        places += shapes[iso3]["coordinates"][0][0]
    lons, lats = [place[0] for place in places], [place[1] for place in places]
    return min(lons) - 1, min(lats) - 1, max(lons) + 1, max(lats) + 1


def _view(bounds: Bounds, size_px: tuple[int, int]) -> pdk.ViewState:
    """The view that shows these bounds whole: Web Mercator, 512 px for the world at zoom 0."""
    west, south, east, north = bounds
    bottom, top = mercator(south), mercator(north)
    room = min(size_px[0] / (east - west), size_px[1] / (top - bottom))
    middle = math.radians((bottom + top) / 2)
    return pdk.ViewState(
        longitude=round((west + east) / 2, 3),
        latitude=round(math.degrees(math.atan(math.sinh(middle))), 3),
        zoom=round(min(math.log2(room * 360 / 512), MAX_ZOOM), 3),
        min_zoom=-1,
        max_zoom=MAX_ZOOM,
    )


def mercator(latitude: float) -> float:
    """How far from the equator a latitude is drawn, in degrees of longitude at the equator."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def _round_step(least: float, whole: bool) -> float:
    """The smallest round step that is no less than this; for whole numbers at least 1 and whole."""
    if least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    step = next(s for n in (1, 2, 2.5, 5, 10) if (s := n * power) >= least * (1 - 1e-9))
    return float(max(math.ceil(step), 1)) if whole else step


def _rgba(colour: str) -> list[int]:
    return [*bytes.fromhex(colour.removeprefix("#")), 255]
