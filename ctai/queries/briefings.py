"""Briefings that were issued, for who issued them and for who may brief the same audiences."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from sqlalchemy import Select, select
from sqlmodel import Session, col

from ctai.domain.briefing import (
    Audience,
    Briefing,
    Format,
    Issued,
    Pinned,
    audience_faults,
    is_of_a_series,
    reader_of,
)
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.models.briefings import IssuedBriefing
from ctai.queries.assessments import version_of
from ctai.queries.visible import briefings_seen

AT_ONCE = 200
"""Rows read at a time where a list ends before the table does."""
LARGEST = 2**31 - 1
"""The largest number that a row can have; a database takes a larger one for an error."""


def listed(
    session: Session, viewer: Viewer, limit: int | None = None, offset: int = 0
) -> tuple[Issued, ...]:
    """List the briefings that a viewer may see, newest first; all of them without a limit."""
    stop = None if limit is None else offset + limit
    return tuple(islice(_open(session, viewer, select(IssuedBriefing)), offset, stop))


def last(session: Session, viewer: Viewer, asked: Briefing) -> Issued | None:
    """Give the last briefing issued on the same to the same reader, as of a day before the one
    that is asked for; None where there is none that the viewer may see."""
    alike = select(IssuedBriefing).where(
        col(IssuedBriefing.audience) == asked.audience.value,
        col(IssuedBriefing.countries) == ",".join(asked.scope.country),
        col(IssuedBriefing.pillars) == ",".join(asked.scope.pillar),
        col(IssuedBriefing.as_of) < asked.as_of.isoformat(),
    )
    found = _open(session, viewer, alike)
    return next((one for one in found if is_of_a_series(one.asked, asked)), None)


def issued(session: Session, viewer: Viewer, number: int) -> Issued | None:
    """Give a briefing by its number; None where there is none that the viewer may see."""
    if not 0 < number <= LARGEST:
        return None
    one = select(IssuedBriefing).where(col(IssuedBriefing.id) == number)
    return next(_open(session, viewer, one), None)


def _open(session: Session, viewer: Viewer, statement: Select[IssuedBriefing]) -> Iterator[Issued]:
    """Read the briefings of a statement that a viewer may see, newest first, as far as needed."""
    rows = briefings_seen(statement, viewer).order_by(col(IssuedBriefing.id).desc())
    with session.scalars(rows.execution_options(yield_per=AT_ONCE)) as found:
        yield from (one for one in map(_issued, found) if _is_open(session, viewer, one))


def _is_open(session: Session, viewer: Viewer, one: Issued) -> bool:
    """Tell whether a viewer may see that a briefing was issued: their own, or one that they might
    issue themselves."""
    if one.by == viewer.username:
        return True
    return not audience_faults(one.asked, viewer) and is_visit_seen(session, viewer, one.asked)


def is_visit_seen(session: Session, viewer: Viewer, asked: Briefing) -> bool:
    """Tell whether author and audience may both see the visit of a briefing, where it is of one."""
    if asked.visit is None:
        return True
    both = (viewer, reader_of(asked))
    return all(version_of(session, one, asked.visit) is not None for one in both)


def _issued(row: IssuedBriefing) -> Issued:
    assert row.id is not None, "a stored row has its number"  # noqa: S101
    asked = Briefing(
        audience=Audience(row.audience),
        lang=row.lang,
        as_of=date.fromisoformat(row.as_of),
        scope=Scope(country=_codes(row.countries), pillar=_codes(row.pillars)),
        since=None if row.since is None else date.fromisoformat(row.since),
        entity=row.entity,
        visit=row.visit,
    )
    return Issued(
        number=row.id,
        by=row.issued_by,
        at=row.issued_at,
        asked=asked,
        pinned=Pinned(row.as_of_number, row.since_number),
        format=Format(row.format),
        digest=row.digest,
    )


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(code for code in joined.split(",") if code)
