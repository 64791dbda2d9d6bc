"""Reads against the database alone: recomputing coverage after a write, and what pages ask."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from ctai import db
from ctai.domain import gaps
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.domain.scope import Face, Scope
from ctai.domain.strategy import Level
from ctai.queries import activities, codes, evidence, heatmap, overview, partners
from ctai.services import store_activity

REPEATS = 5
READER = Viewer("synthetic.reader", Role.VIEWER)

YARDSTICK = text(
    "SELECT iso3, measure, status, count(*) FROM activity_cell INDEXED BY ix_activity_cell_counting"
    " GROUP BY iso3, measure, status"
)
"""One grouped query over a covering index of the same database: the least that a count costs."""

Read = Callable[[Session], object]


@dataclass(frozen=True)
class Timed:
    """What was asked and the median of its seconds."""

    what: str
    seconds: float


def recomputing(database: Path) -> tuple[float, float, float]:
    """Time, after a write each, all of coverage and gaps; their query alone; and the yardstick."""
    engine = db.make_engine(f"sqlite:///{database}")
    taken: dict[str, list[float]] = {"all": [], "query": [], "yardstick": []}
    for turn in range(REPEATS + 1):
        with db.transaction(engine) as session:
            store_activity.confirm(session, SYSTEM, _last(session) - turn)
        with db.reading(engine) as session:
            rounds = {
                "yardstick": _seconds(lambda s: s.execute(YARDSTICK).all(), session),
                "all": _seconds(_gaps, session),
                "query": _seconds(
                    lambda s: evidence.coverage(s, READER, Scope(), _today()), session
                ),
            }
        if turn:  # the first round warms the operating system's cache
            for name, seconds in rounds.items():
                taken[name].append(seconds)
    engine.dispose()
    whole, query, yardstick = (statistics.median(taken[n]) for n in taken)
    return whole, query, yardstick


def _gaps(session: Session) -> object:
    found = evidence.evidence(session, READER, Scope(), _today())
    return gaps.gaps(found, Level.MEASURE, _today())


def asked(database: Path) -> list[Timed]:
    """Time what the pages ask the first time that somebody asks it."""
    engine = db.make_engine(f"sqlite:///{database}")
    with db.reading(engine) as session:
        timed = [Timed(name, _median(read, session)) for name, read in READS.items()]
    engine.dispose()
    return timed


def looked_back(database: Path) -> list[tuple[str, float, float]]:
    """Time reads now and as of the newest number, the views made for each: name and seconds."""
    engine = db.make_engine(f"sqlite:///{database}")
    with db.reading(engine) as session:
        number = codes.data_version(session)
    reads = {name: READS[name] for name in LOOKED_BACK} | {"Coverage, needs and gaps": _gaps}
    timed = [
        (name, _opened(read, engine, None), _opened(read, engine, number))
        for name, read in reads.items()
    ]
    engine.dispose()
    return timed


def _opened(read: Read, engine: db.Engine, number: int | None) -> float:
    """Time a read with the opening of its session."""

    def whole() -> None:
        with db.reading(engine, number) as session:
            read(session)

    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        whole()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _listed(scope: Scope, offset: int = 0) -> Read:
    return lambda s: activities.listed(s, READER, scope, _today(), "en", 50, offset)


def _counted(scope: Scope) -> Read:
    return lambda s: activities.count(s, READER, scope, _today())


def _spread(face: Face) -> Read:
    return lambda s: heatmap.undertakings(s, READER, face, Scope(), _today())


def _money(face: Face) -> Read:
    return lambda s: heatmap.money(s, READER, face, Scope(), _today())


_NARROW = Scope(country=("NGA",), pillar=("II",), status=("ongoing",))
_ENTITY = Scope(entity=("UNODC",), role=("4",))
_WORDS = Scope(text="mentoring 77")
_STALE = Scope(freshness="stale")

READS: dict[str, Read] = {
    "Heatmap, by country": _spread(Face.COUNTRY),
    "Heatmap, by entity": _spread(Face.ENTITY),
    "Heatmap, by year": _spread(Face.YEAR),
    "Heatmap's total": lambda s: heatmap.total(s, READER, Scope(), _today()),
    "Money, by country": _money(Face.COUNTRY),
    "Money, by entity": _money(Face.ENTITY),
    "Activities, first 50": _listed(Scope()),
    "Activities, page 10": _listed(Scope(), 450),
    "Activities, 50 of a country, pillar and status": _listed(_NARROW),
    "Activities, 50 stale ones": _listed(_STALE),
    "Count, no filter": _counted(Scope()),
    "Count, country, pillar and status": _counted(_NARROW),
    "Count, entity in a role": _counted(_ENTITY),
    "Count, stale": lambda s: overview.stale_count(s, READER, Scope(), _today()),
    "Count, words in the title": _counted(_WORDS),
    "Activities, 50 with words in the title": _listed(_WORDS),
    "Statuses": lambda s: overview.statuses(s, READER, Scope(), _today()),
    "Changed in 90 days, 10 newest": lambda s: overview.changed_activities(s, READER, _ago(90), 10),
    "Changed in 90 days, counted": lambda s: overview.changed_counts(s, READER, _ago(90)),
    "A country's mapping": lambda s: partners.mapping(s, READER, Scope(country=("NGA",))),
    "A country's timeline": lambda s: partners.timeline(
        s, READER, Scope(country=("NGA",)), _today()
    ),
}


LOOKED_BACK = ("Activities, first 50", "Count, no filter", "Heatmap, by country", "Statuses")
"""Reads that are also timed as of a day gone by: a list, a count, a picture."""


def _median(read: Read, session: Session) -> float:
    first = _seconds(read, session)
    if first > 2:
        return first
    return statistics.median(_seconds(read, session) for _ in range(3))


def _seconds(read: Read, session: Session) -> float:
    started = time.perf_counter()
    read(session)
    return time.perf_counter() - started


def _today() -> date:
    return datetime.now(UTC).date()


def _ago(days: int) -> datetime:
    return datetime.fromtimestamp(datetime.now(UTC).timestamp() - days * 86_400, UTC)


def _last(session: Session) -> int:
    """Give the newest activity's number; the last ones of a database are never programmes."""
    return int(session.execute(text("SELECT max(id) FROM activity")).scalar_one())
