"""Other names of entities and countries, as files use them."""

import re

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.models.reference import Entity, MemberState

_ALIAS = re.compile(r"alias:([^,;]+)")


def entity_aliases(session: Session) -> dict[str, str]:
    """Give the acronym of every entity by each of its names, in lower case."""
    found: dict[str, str] = {}
    for entity in session.scalars(select(Entity)):
        names = [entity.acronym, entity.name_en, entity.name_fr, *_ALIAS.findall(entity.note)]
        found |= {name.strip().casefold(): entity.acronym for name in names}
    return found


def entity_refs(session: Session) -> dict[str, str]:
    """Give the acronym of every entity by its IATI organisation identifier."""
    pairs = select(col(Entity.iati_org_ref), col(Entity.acronym)).where(
        col(Entity.iati_org_ref) != ""
    )
    return dict(session.execute(pairs).all())


def countries_by_alpha2(session: Session) -> dict[str, str]:
    """Give the ISO alpha-3 code of every State by its alpha-2 code."""
    pairs = select(col(MemberState.iso2), col(MemberState.iso3))
    return dict(session.execute(pairs).all())
