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

SHAPES: Final = Path(__file__).resolve().parents[2] / "data" / "shapes" / "world.json"
COLUMNS: Final = ("iso3", "name", "value_label", "fill", "is_partner")
ACCENT: Final = (0, 158, 219, 255)

# One blue, light to dark. It passes over the lightness of the accent (CIE L* 61), so that a
# partner's outline is seen on every step; the first step is told from a white page, the last from
# a dark one. The grey leans to yellow: eyes that mix up red and green still tell it from blue.
SCALE: Final = ("#D8EEF9", "#A6D8EF", "#66BDE3", "#0079B0", "#004F7A")
UNKNOWN: Final = "#C9C2B4"

WORLD: Final = (-179.0, -56.0, 179.0, 78.0)
MAX_ZOOM: Final = 6.0  # beyond it the simplified borders look wrong

Bounds = tuple[float, float, float, float]
Rgba = tuple[int, int, int, int]


class Feature(TypedDict):
    """A GeoJSON MultiPolygon in degrees, largest part first; iso3 None where no State is drawn."""

    type: str
    properties: dict[str, object]
    geometry: dict[str, Any]


class World(TypedDict):
    """world.json: shapes, points (iso3, lon, lat) of small States, a label place for all 195."""

    features: list[Feature]
    small: list[dict[str, Any]]
    labels: dict[str, list[float]]


@dataclass(frozen=True)
class Palette:
    """Colours of a map that say nothing about a value: red, green, blue, alpha, 0 to 255."""

    border: Rgba
    territory: Rgba
    partner: Rgba
    under_pointer: Rgba
    tooltip: str
    tooltip_text: str


LIGHT: Final = Palette(
    border=(255, 255, 255, 255),
    territory=(229, 231, 233, 255),
    partner=ACCENT,
    under_pointer=(31, 42, 53, 70),
    tooltip="#1F2A35",
    tooltip_text="#FFFFFF",
)
DARK: Final = Palette(
    border=(20, 25, 31, 255),
    territory=(64, 70, 77, 255),
    partner=ACCENT,
    under_pointer=(255, 255, 255, 70),
    tooltip="#E6EAEE",
    tooltip_text="#1F2A35",
)


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
) -> pdk.Deck:
    """A map with one fill per State, for `st.pydeck_chart(..., on_select="rerun", key=...)`.

    `countries` has one row per State and the columns of `COLUMNS`: iso3; name and value_label,
    translated; fill, red to alpha 0 to 255 (`sequential_fill`); is_partner, outlined in the
    accent. No other column travels to the browser. A State without a row is drawn as territory
    and cannot be picked. `focus` fits the view to these States in a frame of `size_px`; empty is
    the world. Raises ValueError for a missing column, a repeated State or an unknown code.

    The map shows borders: print the disclaimer of the United Nations with it.
    """
    rows = _rows(countries)
    layers = [_territories(rows, palette), _countries(rows, palette), _small(rows, palette)]
    tooltip = {
        "text": "{name}\n{value_label}",  # text, not html: the browser shows it letter by letter
        "style": {
            "backgroundColor": palette.tooltip,
            "color": palette.tooltip_text,
            "fontSize": "0.875rem",
            "unicodeBidi": "plaintext",
        },
    }
    controller = {"scrollZoom": False, "dragRotate": False, "touchRotate": False}
    return CompactDeck(
        layers=layers,
        views=[pdk.View(type="MapView", controller=controller)],
        initial_view_state=_view(_bounds(focus), size_px),
        map_provider=None,  # and no map_style: anything else asks a tile server
        tooltip=tooltip,
    )


def picked_iso3(selection: Mapping[str, object]) -> str | None:
    """The State picked on the map, from Streamlit's selection; None where there is none.

    The browser sends it back, so anything but a code that we know counts as none.
    """
    objects = selection.get("objects")
    if not isinstance(objects, Mapping):
        return None
    for layer in ("small", "countries"):
        for picked in objects.get(layer) or []:
            if not isinstance(picked, Mapping):
                continue
            named = picked.get("properties", picked)
            iso3 = named.get("iso3") if isinstance(named, Mapping) else None
            if isinstance(iso3, str) and iso3 in world()["labels"]:
                return iso3
    return None


def sequential_fill(value: float | None, breaks: Sequence[float]) -> list[int]:
    """The fill of a value: a step of `SCALE`, or `UNKNOWN` for None and NaN; red to alpha.

    `breaks` are the lower ends of the classes, rising (`breaks_of`); a value below the first
    falls into the first class. deck.gl cannot hatch: what is hatched elsewhere is plain grey here.
    """
    if value is None or math.isnan(value):
        return _rgba(UNKNOWN)
    step = max(sum(1 for lower in breaks if lower <= value) - 1, 0)
    return _rgba(_colours(len(breaks))[step])


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
    return [round((first + index) * step, 10) for index in range(min(count, 5))]


def legend(breaks: Sequence[float]) -> list[tuple[str, float, float | None]]:
    """Each class of a map: its colour as #RRGGBB, its lower end, and its upper end (None: open)."""
    return list(zip(_colours(len(breaks)), breaks, [*breaks[1:], None], strict=False))


@dataclass(frozen=True)
class _Row:
    name: str
    value_label: str
    fill: list[int]
    is_partner: bool


def _rows(countries: pd.DataFrame) -> dict[str, _Row]:
    """The named columns only, by code; partners last, so that their outline lies on top."""
    missing = [column for column in COLUMNS if column not in countries.columns]
    if missing:
        raise ValueError(f"the map lacks the columns {', '.join(missing)}")
    codes = countries["iso3"].astype(str)
    wrong = sorted({*codes[codes.duplicated()], *(set(codes) - world()["labels"].keys())})
    if wrong:
        raise ValueError(f"the map has unknown or repeated States: {', '.join(wrong)}")
    rows = {
        str(iso3): _Row(_inert(name), _inert(label), [int(part) for part in fill], bool(partner))
        for iso3, name, label, fill, partner in countries[list(COLUMNS)].itertuples(
            index=False, name=None
        )
    }
    return dict(sorted(rows.items(), key=lambda item: (item[1].is_partner, item[0])))


def _inert(text: object) -> str:
    """Text that deck.gl shows as it is: a leading @@ would make it a formula."""
    return f" {text}" if str(text).startswith("@@") else str(text)


def _properties(iso3: str, row: _Row) -> dict[str, object]:
    properties: dict[str, object] = {"iso3": iso3, "name": row.name, "fill": row.fill}
    properties["value_label"] = row.value_label
    return {**properties, "is_partner": True} if row.is_partner else properties


def _territories(rows: Mapping[str, _Row], palette: Palette) -> pdk.Layer:
    features = [item for item in world()["features"] if item["properties"]["iso3"] not in rows]
    data = [{**item, "properties": {}} for item in features]
    return pdk.Layer(
        "GeoJsonLayer",
        data,
        id="territories",
        get_fill_color=list(palette.territory),
        get_line_color=list(palette.border),
        line_width_units="'pixels'",
        get_line_width=0.5,
    )


def _countries(rows: Mapping[str, _Row], palette: Palette) -> pdk.Layer:
    shapes = {item["properties"]["iso3"]: item for item in world()["features"]}
    data = [
        {**shapes[iso3], "properties": _properties(iso3, row)}
        for iso3, row in rows.items()
        if iso3 in shapes
    ]
    partner, border = list(palette.partner), list(palette.border)
    return pdk.Layer(
        "GeoJsonLayer",
        data,
        id="countries",
        pickable=True,
        auto_highlight=True,
        highlight_color=list(palette.under_pointer),
        get_fill_color="properties.fill",
        get_line_color=f"properties.is_partner ? {partner} : {border}",
        line_width_units="'pixels'",
        get_line_width="properties.is_partner ? 2.5 : 0.5",
        line_joint_rounded=True,
    )


def _small(rows: Mapping[str, _Row], palette: Palette) -> pdk.Layer:
    places = {point["iso3"]: [point["lon"], point["lat"]] for point in world()["small"]}
    data = [
        {**_properties(iso3, row), "place": places[iso3]}
        for iso3, row in rows.items()
        if iso3 in places
    ]
    partner, border = list(palette.partner), list(palette.border)
    return pdk.Layer(
        "ScatterplotLayer",
        data,
        id="small",
        pickable=True,
        auto_highlight=True,
        highlight_color=list(palette.under_pointer),
        get_position="place",
        radius_units="'pixels'",
        get_radius=4.5,
        get_fill_color="fill",
        stroked=True,
        line_width_units="'pixels'",
        get_line_color=f"is_partner ? {partner} : {border}",
        get_line_width="is_partner ? 2 : 1",
    )


def _bounds(focus: Sequence[str]) -> Bounds:
    """West, south, east, north of the largest parts of these States; of the world if none."""
    if not focus:
        return WORLD
    shapes = {item["properties"]["iso3"]: item["geometry"] for item in world()["features"]}
    places: list[list[float]] = []
    for iso3 in focus:
        places.append(world()["labels"][iso3])
        if iso3 in shapes:
            places += shapes[iso3]["coordinates"][0][0]
    lons, lats = [place[0] for place in places], [place[1] for place in places]
    return min(lons) - 1, min(lats) - 1, max(lons) + 1, max(lats) + 1


def _view(bounds: Bounds, size_px: tuple[int, int]) -> pdk.ViewState:
    """The view that shows these bounds whole: Web Mercator, 512 px for the world at zoom 0."""
    west, south, east, north = bounds
    bottom, top = _mercator(south), _mercator(north)
    room = min(size_px[0] / (east - west), size_px[1] / (top - bottom))
    middle = math.radians((bottom + top) / 2)
    return pdk.ViewState(
        longitude=round((west + east) / 2, 3),
        latitude=round(math.degrees(math.atan(math.sinh(middle))), 3),
        zoom=round(min(math.log2(room * 360 / 512), MAX_ZOOM), 3),
        min_zoom=-1,
        max_zoom=MAX_ZOOM,
    )


def _mercator(latitude: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def _round_step(least: float, whole: bool) -> float:
    """The smallest round step that is no less than this; for whole numbers at least 1 and whole."""
    if least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    steps = (factor * power for factor in (1, 2, 2.5, 5, 10))
    step = next(step for step in steps if step >= least * (1 - 1e-9))
    return float(max(math.ceil(step), 1)) if whole else step


def _colours(classes: int) -> list[str]:
    """So many steps of the scale, from end to end; its middle where there is only one class."""
    if classes < 2:
        return [SCALE[2]]
    last = len(SCALE) - 1
    return [SCALE[min(round(index * last / (classes - 1)), last)] for index in range(classes)]


def _rgba(colour: str) -> list[int]:
    return [*bytes.fromhex(colour.removeprefix("#")), 255]
