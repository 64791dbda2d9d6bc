"""Other names of entities, as files use them."""

import re

from sqlalchemy import select
from sqlmodel import Session

from ctai.models.reference import Entity

_ALIAS = re.compile(r"alias:([^,;]+)")


def entity_aliases(session: Session) -> dict[str, str]:
    """Give the acronym of every entity by each of its names, in lower case."""
    found: dict[str, str] = {}
    for entity in session.scalars(select(Entity)):
        names = [entity.acronym, entity.name_en, entity.name_fr, *_ALIAS.findall(entity.note)]
        found |= {name.strip().casefold(): entity.acronym for name in names}
    return found
