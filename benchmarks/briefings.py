"""Briefings: how long one takes from the database to the PDF."""

import time
from datetime import UTC, datetime
from pathlib import Path

from ctai import db
from ctai.briefings.build import build
from ctai.briefings.pdf import pdf_bytes
from ctai.domain.briefing import Audience, Briefing
from ctai.domain.roles import SYSTEM
from ctai.domain.scope import Scope

COUNTRY = "NGA"
SCOPES = {"One country": Scope(country=(COUNTRY,)), "All partner States": Scope()}


def timed(path: Path) -> list[tuple[str, float, float, int]]:
    """Build and set each briefing once: its name, seconds to build and to set, and its bytes."""
    engine = db.make_engine(f"sqlite:///{path}")
    today = datetime.now(UTC).date()
    found = []
    for name, scope in SCOPES.items():
        begun = time.perf_counter()
        document = build(engine, SYSTEM, Briefing(Audience.EXECUTIVE, "ar", today, scope), today)
        built = time.perf_counter()
        size = len(pdf_bytes(document))
        found.append((name, built - begun, time.perf_counter() - built, size))
    engine.dispose()
    return found
