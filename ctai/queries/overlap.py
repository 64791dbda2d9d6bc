"""Overlaps: what of the store can be compared, and what people have decided about pairs."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from ctai.domain.activities import Identifier
from ctai.domain.overlap import Facts, Judgement, Party, money_of, parties_of
from ctai.domain.roles import Action, Viewer
from ctai.models.activities import (
    Activity,
    ActivityCountry,
    ActivityEntity,
    ActivityIdentifier,
    ActivityMeasure,
    ActivityOrganisation,
    ActivityText,
    BudgetLine,
)
from ctai.models.exchange import OverlapDecision
from ctai.queries.visible import activities_seen


@dataclass(frozen=True)
class Decided:
    """What a person decided about two activities; `one` is the smaller number."""

    one: int
    other: int
    judgement: Judgement
    why: str
    by: str
    at: datetime


def facts(session: Session, viewer: Viewer, countries: Collection[str]) -> list[Facts]:
    """Give what tells overlaps of the activities in some countries that a viewer sees, in eight
    statements however many they are."""
    there = select(col(ActivityCountry.activity_id)).where(col(ActivityCountry.iso3).in_(countries))
    seen = activities_seen(select(col(Activity.id)).where(col(Activity.id).in_(there)), viewer)
    columns = (
        col(Activity.id),
        func.coalesce(col(Activity.actual_start), col(Activity.planned_start)),
        func.coalesce(col(Activity.actual_end), col(Activity.planned_end)),
        col(Activity.place),
        col(Activity.parent_id),
        func.coalesce(col(Activity.source_key), ""),
    )
    rows = session.execute(select(*columns).where(col(Activity.id).in_(seen)))
    found = {
        number: Facts(number, (), start=start, end=end, place=place, parent=parent, key=key)
        for number, start, end, place, parent, key in rows.all()
    }
    parts = {name: _parts(session, seen, *of) for name, of in _PARTS.items()}
    return [_whole(one, parts) for _, one in sorted(found.items())]


_PARTS: dict[str, tuple[Any, ...]] = {
    "titles": (ActivityText.activity_id, ActivityText.title),
    "countries": (ActivityCountry.activity_id, ActivityCountry.iso3),
    "measures": (ActivityMeasure.activity_id, ActivityMeasure.measure),
    "entities": (ActivityEntity.activity_id, ActivityEntity.entity, ActivityEntity.role),
    "organisations": (
        ActivityOrganisation.activity_id,
        ActivityOrganisation.name,
        ActivityOrganisation.ref,
        ActivityOrganisation.role,
    ),
    "identifiers": (
        ActivityIdentifier.activity_id,
        ActivityIdentifier.kind,
        ActivityIdentifier.value,
    ),
    "money": (BudgetLine.activity_id, BudgetLine.currency, BudgetLine.amount),
}
"""Columns of the parts that tell overlaps, the activity's number first."""

Parts = defaultdict[int, list[tuple[Any, ...]]]


def _parts(session: Session, seen: Select[Any], number: Any, *columns: Any) -> Parts:
    found: Parts = defaultdict(list)
    statement = select(number, *columns).where(number.in_(seen)).order_by(number, *columns)
    for activity_id, *values in session.execute(statement):
        found[activity_id].append(tuple(values))
    return found


def _whole(one: Facts, parts: dict[str, Parts]) -> Facts:
    own = {name: found[one.number] for name, found in parts.items()}
    return replace(
        one,
        titles=tuple(title for (title,) in own["titles"] if title),
        countries=frozenset(iso3 for (iso3,) in own["countries"]),
        measures=frozenset(code for (code,) in own["measures"]),
        parties=frozenset(_parties(own["entities"], own["organisations"])),
        identifiers=frozenset(Identifier(*named) for named in own["identifiers"]),
        money=frozenset(money_of((currency, amount) for currency, amount in own["money"])),
    )


def _parties(
    entities: list[tuple[Any, ...]], organisations: list[tuple[Any, ...]]
) -> Iterator[Party]:
    for entity, role in entities:
        yield Party(entity, role)
    for name, ref, role in organisations:
        yield from parties_of(name, ref, role)


def decided(session: Session, viewer: Viewer) -> list[Decided]:
    """Give what was decided about pairs of which a viewer sees both, newest first.

    A record that came back under another number is found by its key. What the United Nations
    decide among themselves is told to nobody outside.
    """
    if not viewer.may(Action.SEE_UN_SYSTEM):
        return []
    found = _decided(session)
    numbers = {number for one in found for number in (one.one, one.other)}
    statement = select(col(Activity.id)).where(col(Activity.id).in_(numbers))
    seen = set(session.scalars(activities_seen(statement, viewer)))
    return [one for one in found if {one.one, one.other} <= seen]


def _decided(session: Session) -> list[Decided]:
    newest = select(OverlapDecision).order_by(col(OverlapDecision.id).desc())
    rows = list(session.scalars(newest))
    keys = {key for row in rows for key in (row.own_key, row.other_key) if key}
    keyed = select(col(Activity.source_key), col(Activity.id)).where(
        col(Activity.source_key).in_(keys)
    )
    numbers = dict(session.execute(keyed).all())
    found = []
    for row in rows:
        one = numbers.get(row.own_key, row.activity_id)
        other = numbers.get(row.other_key, row.other_id)
        told = (Judgement(row.judgement), row.why, row.decided_by, row.decided_at)
        found.append(Decided(min(one, other), max(one, other), *told))
    return found
