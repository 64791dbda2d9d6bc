"""Briefings that were issued, for who issued them and for who may brief the same audiences."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.briefing import (
    Audience,
    Briefing,
    Format,
    Issued,
    Pinned,
    audience_faults,
    reader_of,
)
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.models.briefings import IssuedBriefing
from ctai.queries.assessments import version_of
from ctai.queries.visible import briefings_seen


def listed(session: Session, viewer: Viewer) -> tuple[Issued, ...]:
    """List the briefings that a viewer may see, newest first."""
    rows = briefings_seen(select(IssuedBriefing), viewer).order_by(col(IssuedBriefing.id).desc())
    found = map(_issued, session.scalars(rows))
    return tuple(one for one in found if _is_open(session, viewer, one))


def issued(session: Session, viewer: Viewer, number: int) -> Issued | None:
    """Give a briefing by its number; None where there is none that the viewer may see."""
    one = briefings_seen(select(IssuedBriefing).where(col(IssuedBriefing.id) == number), viewer)
    row = session.scalars(one).one_or_none()
    found = None if row is None else _issued(row)
    return found if found is not None and _is_open(session, viewer, found) else None


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
