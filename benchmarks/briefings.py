"""Briefings: how long one takes from the database to its file, in each format."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ctai import db
from ctai.briefings.build import build
from ctai.briefings.formats import FORMATS
from ctai.domain.briefing import Audience, Briefing, Format
from ctai.domain.roles import SYSTEM
from ctai.domain.scope import Scope

COUNTRY = "NGA"
PARTNERS = ("BFA", "MDG", "NGA")
"""The partner States, in which all undertakings of the largest briefing take place."""


@dataclass(frozen=True)
class Timed:
    """A briefing: the activities that it lists, processor seconds for its content and its file,
    seconds by the clock for both, and its bytes.
    """

    what: str
    listed: int
    file: Format
    content: float
    written: float
    waited: float
    size: int


def timed(path: Path, partners: Path) -> Iterator[Timed]:
    """Brief on one country of a database, and on all partners of one that tells of them alone."""
    yield from _of("One country", path, Scope(country=(COUNTRY,)))
    yield from _of("All partner States", partners, Scope())


def _of(what: str, path: Path, scope: Scope) -> Iterator[Timed]:
    engine = db.make_engine(f"sqlite:///{path}")
    today = datetime.now(UTC).date()
    asked = Briefing(Audience.EXECUTIVE, "ar", today, scope)
    for name, writing in FORMATS.items():
        begun, began = time.perf_counter(), time.process_time()
        document = build(engine, SYSTEM, asked, today)
        built = time.process_time()
        size = len(writing.written(document))
        content, written = built - began, time.process_time() - built
        waited = time.perf_counter() - begun
        # The annex, which ends a briefing, lists every activity.
        listed = len(getattr(document.body[-1], "rows", ()))
        yield Timed(what, listed, name, content, written, waited, size)
    engine.dispose()
