"""The map as vector graphics, for documents: one fill per State, with its number on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ctai.figures import signs, worldmap

WIDTH_PX = 1000
TALLEST_PX = 560
_TERRITORY, _BORDER = "#E5E7E9", "#FFFFFF"
_LABEL_PX = 22


@dataclass(frozen=True)
class _Frame:
    """Where a place stands on the picture: Mercator, so that shapes keep their angles."""

    west: float
    top: float
    scale: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        y = (self.top - worldmap.mercator(lat)) * self.scale
        return round((lon - self.west) * self.scale, 1), round(y, 1)


def svg(fills: Mapping[str, str], labels: Mapping[str, str], focus: Sequence[str]) -> str:
    """Draw the States of `focus` with what lies around them, as an SVG text.

    `fills` are colours as #RRGGBB by ISO alpha-3, `labels` what is written on a State. It shows
    borders: print the disclaimer of the United Nations with it.
    """
    west, south, east, north = worldmap.bounds(focus)
    bottom, top = worldmap.mercator(south), worldmap.mercator(north)
    scale = min(WIDTH_PX / (east - west), TALLEST_PX / (top - bottom))
    frame = _Frame(west, top, scale)
    width, height = round((east - west) * scale), round((top - bottom) * scale)
    shapes = "".join(_shapes(frame, fills, (width, height)))
    marks = "".join(_marks(frame, labels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{shapes}{marks}</svg>'
    )


def _shapes(frame: _Frame, fills: Mapping[str, str], size: tuple[int, int]) -> Iterable[str]:
    for feature in worldmap.world()["features"]:
        fill = fills.get(feature["properties"]["iso3"], _TERRITORY)
        for part in feature["geometry"]["coordinates"]:
            rings = [[frame.at(lon, lat) for lon, lat in ring] for ring in part]
            if _is_seen(rings[0], size):
                path = "".join(_path(ring) for ring in rings)
                yield (
                    f'<path d="{path}" fill="{fill}" fill-rule="evenodd" '
                    f'stroke="{_BORDER}" stroke-width="1"/>'
                )


def _is_seen(ring: Sequence[tuple[float, float]], size: tuple[int, int]) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) > 0 and min(xs) < size[0] and max(ys) > 0 and min(ys) < size[1]


def _path(ring: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x},{y}" for x, y in ring) + "Z"


def _marks(frame: _Frame, labels: Mapping[str, str]) -> Iterable[str]:
    for iso3, text in sorted(labels.items()):
        lon, lat = worldmap.world()["labels"][iso3]
        x, y = frame.at(lon, lat)
        yield (
            f'<text x="{x}" y="{y}" text-anchor="middle" dominant-baseline="central" '
            f'font-family="Noto Sans" font-weight="bold" font-size="{_LABEL_PX}" '
            f'fill="{signs.ink()}" stroke="{_BORDER}" stroke-width="4" paint-order="stroke">'
            f"{escape(text)}</text>"
        )
