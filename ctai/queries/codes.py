"""Code lists and the data version: what may be read before, and without, any record."""

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import Known
from ctai.models.records import DataVersion
from ctai.models.reference import Entity, Measure, MemberState


def known(session: Session) -> Known:
    """Give every code that a draft may name."""
    return Known(
        countries=frozenset(session.scalars(select(col(MemberState.iso3)))),
        entities=frozenset(session.scalars(select(col(Entity.acronym)))),
        measures=frozenset(session.scalars(select(col(Measure.code)))),
    )


def data_version(session: Session) -> int:
    """Give the number that every write raises; 0 in an empty database."""
    return session.scalars(select(col(DataVersion.number))).first() or 0


def entities(session: Session) -> dict[str, str]:
    """Give the kind of every entity by acronym, in alphabetical order."""
    rows = select(col(Entity.acronym), col(Entity.kind)).order_by(col(Entity.acronym))
    return dict(session.execute(rows).all())


def regions(session: Session) -> dict[str, str]:
    """Give the M49 region of every Member State by its ISO alpha-3 code."""
    rows = select(col(MemberState.iso3), col(MemberState.region))
    return dict(session.execute(rows).all())
