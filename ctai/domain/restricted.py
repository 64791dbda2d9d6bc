"""Restricted overlap: what a reader inside the United Nations is told of what they don't see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class HiddenCell:
    """A restricted activity, where it counts, and its entity; None where none is a member."""

    activity_id: int
    iso3: str
    measure: str
    entity: str | None


@dataclass(frozen=True)
class RestrictedOverlap:
    """So many restricted activities in a country overlap with what the reader sees there.

    Nothing else is in it: no number, title, measure, date or money. `entity` is whom to ask; None
    is the country's desk.
    """

    iso3: str
    entity: str | None
    activities: int


def restricted_overlaps(
    hidden: Iterable[HiddenCell], seen: Iterable[tuple[str, str]]
) -> tuple[RestrictedOverlap, ...]:
    """Count hidden activities by country and entity, where the reader sees something as well.

    `seen` are the countries and measures of the activities and unmet needs that the reader sees.
    An activity counts once in a country, in however many of its measures it overlaps.
    """
    places = frozenset(seen)
    found = {
        (cell.iso3, cell.entity, cell.activity_id)
        for cell in hidden
        if (cell.iso3, cell.measure) in places
    }
    counted = Counter((iso3, entity) for iso3, entity, _ in found)
    order = sorted(counted, key=lambda one: (one[0], one[1] is None, one[1] or ""))
    return tuple(RestrictedOverlap(iso3, entity, counted[iso3, entity]) for iso3, entity in order)
