"""Warm reruns of every reading page at every size, each beside a bare page of the same elements."""

import statistics
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bare, browser, servers, synthetic

PAGES = (
    "overview",
    "country_map",
    "pillar_heatmap",
    "gap_matrix",
    "country",
    "activities",
    "about",
)
ROUNDS = 5
RERUNS = 4
"""Rounds of reruns, all sizes and their bare pages in turn: a busy moment then hits them alike."""

RECOLOURED = "indicator=activities"
"""The query with which the map shows another indicator."""


@dataclass(frozen=True)
class Warm:
    """Medians of a page's warm reruns, in seconds, and its first opening on a new server."""

    page: str
    first: float
    real: float
    bare: float


@dataclass(frozen=True)
class Wire:
    """Bytes that the map page sends: at first, for another colour, and when nothing changed.

    `bare` is what Streamlit sends for the same elements when nothing changed.
    """

    first: int
    change: int
    unchanged: int
    bare: int


@dataclass(frozen=True)
class Walk:
    """What a walk over all pages of one server found; memory in MiB."""

    pages: tuple[Warm, ...]
    wire: Wire
    peak_mib: float
    resident_mib: float


@dataclass(frozen=True)
class _Place:
    """A size's server, and how to enter it."""

    app: servers.Server
    cookie: str


def walk(databases: Mapping[int, Path], folder: Path) -> dict[int, Walk]:
    """Walk over all reading pages of all sizes; the bare pages are recorded into a folder."""
    with ExitStack() as stack:
        plain = stack.enter_context(
            servers.served(Path(bare.__file__), {bare.RECORDED: str(folder)})
        )
        places = {
            size: _Place(
                stack.enter_context(servers.app_on(path)),
                servers.cookie_of(path, synthetic.READER),
            )
            for size, path in databases.items()
        }
        rows = [_warm(places, plain, page, folder) for page in PAGES]
        return {
            size: Walk(
                tuple(row[size] for row in rows),
                _wire(place, plain, size),
                place.app.memory_mib("VmHWM"),
                place.app.memory_mib(),
            )
            for size, place in places.items()
        }


def _warm(
    places: Mapping[int, _Place], plain: servers.Server, page: str, folder: Path
) -> dict[int, Warm]:
    ours: dict[int, list[float]] = {size: [] for size in places}
    theirs: dict[int, list[float]] = {size: [] for size in places}
    first: dict[int, float] = {}
    with ExitStack() as stack:
        tabs: dict[int, tuple[browser.Tab, browser.Tab]] = {}
        for size, place in places.items():
            real = stack.enter_context(browser.tab(place.app.port, place.cookie))
            twin = stack.enter_context(browser.tab(plain.port))
            opened = real.open("" if page == PAGES[0] else page)
            bare.record(opened.deltas, folder / f"{_name(page, size)}.messages")
            first[size] = opened.seconds
            twin.open("", _query(page, size))
            real.rerun()
            tabs[size] = (real, twin)
        for _ in range(ROUNDS):
            for size, (real, twin) in tabs.items():
                ours[size] += [real.rerun().seconds for _ in range(RERUNS)]
                theirs[size] += [twin.rerun(_query(page, size)).seconds for _ in range(RERUNS)]
    return {
        size: Warm(
            page, first[size], statistics.median(ours[size]), statistics.median(theirs[size])
        )
        for size in places
    }


def _name(page: str, size: int) -> str:
    return f"{page}-{size}"


def _query(page: str, size: int) -> str:
    return f"page={_name(page, size)}"


def _wire(place: _Place, plain: servers.Server, size: int) -> Wire:
    page = "country_map"
    with browser.tab(place.app.port, place.cookie) as tab, browser.tab(plain.port) as twin:
        first = tab.open(page).wire_bytes
        unchanged = tab.rerun().wire_bytes
        change = tab.rerun(RECOLOURED).wire_bytes
        twin.open("", _query(page, size))
        unavoidable = twin.rerun(_query(page, size)).wire_bytes
    return Wire(first, change, unchanged, unavoidable)
