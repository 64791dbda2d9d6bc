"""Warm reruns of every reading page, each beside a bare page with the same elements."""

import statistics
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
ROUNDS = 4
RERUNS = 5
"""Rounds of reruns, real and bare in turn, so that a busy moment of the machine hits both."""

RECOLOURED = "indicator=activities"
"""The query with which the map shows another indicator."""


@dataclass(frozen=True)
class Warm:
    """Medians of a page's warm reruns, in seconds, and of its first opening on this server."""

    page: str
    first: float
    real: float
    bare: float

    @property
    def ratio(self) -> float:
        """Compare with the bare page of the same run."""
        return self.real / self.bare


@dataclass(frozen=True)
class Wire:
    """Bytes that the map page sends: at first, for another colour, and when nothing changed."""

    first: int
    change: int
    unchanged: int


@dataclass(frozen=True)
class Walk:
    """What a walk over all pages of one server found; memory in MiB."""

    pages: tuple[Warm, ...]
    wire: Wire
    peak_mib: float
    resident_mib: float


def walk(database: Path, folder: Path) -> Walk:
    """Walk over all reading pages of a database; the bare pages are recorded into a folder."""
    cookie = servers.cookie_of(database, synthetic.READER)
    script = Path(bare.__file__)
    with (
        servers.app_on(database) as app,
        servers.served(script, {bare.RECORDED: str(folder)}) as plain,
    ):
        timed = tuple(_warm(app, plain, cookie, page, folder) for page in PAGES)
        wire = _wire(app, cookie)
        return Walk(timed, wire, app.memory_mib("VmHWM"), app.memory_mib())


def _warm(app: servers.Server, plain: servers.Server, cookie: str, page: str, folder: Path) -> Warm:
    query = f"page={page}"
    with browser.tab(app.port, cookie) as real, browser.tab(plain.port) as twin:
        opened = real.open("" if page == PAGES[0] else page)
        bare.record(opened.deltas, folder / f"{page}.messages")
        twin.open("", query)
        real.rerun()
        twin.rerun(query)
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(ROUNDS):
            ours += [real.rerun().seconds for _ in range(RERUNS)]
            theirs += [twin.rerun(query).seconds for _ in range(RERUNS)]
    return Warm(page, opened.seconds, statistics.median(ours), statistics.median(theirs))


def _wire(app: servers.Server, cookie: str) -> Wire:
    with browser.tab(app.port, cookie) as tab:
        first = tab.open("country_map").wire_bytes
        unchanged = tab.rerun().wire_bytes
        change = tab.rerun(RECOLOURED).wire_bytes
    return Wire(first, change, unchanged)
