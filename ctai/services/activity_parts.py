"""The parts of a stored activity: its texts, links, money, sources, and what it counts."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft, SourceRef
from ctai.domain.activities import BudgetLine as BudgetLineDraft
from ctai.domain.coverage import cells
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import SYSTEM, Visibility
from ctai.models.activities import (
    Activity,
    ActivityCell,
    ActivityCountry,
    ActivityEntity,
    ActivityIdentifier,
    ActivityMeasure,
    ActivityOrganisation,
    ActivityText,
    BudgetLine,
)
from ctai.models.base import Base
from ctai.models.records import Source
from ctai.queries import records

Values = Mapping[str, Any]
"""A row to be, by column."""


def write_parts(session: Session, activity_id: int, draft: ActivityDraft) -> None:
    """Store the parts of an activity, where there are none of it."""
    session.add_all(table(**row) for table, row in part_rows(activity_id, draft))
    session.flush()


def part_rows(activity_id: int, draft: ActivityDraft) -> Iterator[tuple[type[Base], Values]]:
    """Give the rows of an activity's parts, but for what it counts, each with its table."""
    own: dict[str, Any] = {"activity_id": activity_id}
    for language, text in draft.texts.items():
        named = {"language": language, "title": text.title, "description": text.description}
        yield ActivityText, own | named
    for country in draft.countries:
        yield ActivityCountry, own | {"iso3": country.iso3, "share_pct": country.share_pct}
    for link in draft.measures:
        told: dict[str, Any] = {"measure": link.code, "is_main": link.is_main}
        yield ActivityMeasure, own | told | {"basis": link.basis.value, "rule": link.rule}
    for taking_part in draft.participants:
        yield ActivityEntity, own | {"entity": taking_part.entity, "role": int(taking_part.role)}
    for position, one in enumerate(draft.organisations):
        listed = {"name": one.name, "ref": one.ref, "kind": one.kind}
        place = {"position": position, "role": int(one.role)}
        yield ActivityOrganisation, own | listed | place
    for identifier in draft.identifiers:
        yield ActivityIdentifier, own | {"kind": identifier.kind, "value": identifier.value}
    for line in draft.budget:
        yield BudgetLine, own | _written(line) | {"kind": line.kind.value}
    for source in draft.sources:
        yield Source, source_row(RecordKind.ACTIVITY, activity_id, source)


def _written(value: BudgetLineDraft | SourceRef) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}


def write_sources(
    session: Session, kind: RecordKind, record_id: int, sources: tuple[SourceRef, ...]
) -> None:
    """Store where a record was read."""
    session.add_all(Source(**source_row(kind, record_id, source)) for source in sources)


def source_row(kind: RecordKind, record_id: int, source: SourceRef) -> dict[str, Any]:
    """Give the row of where a record was read."""
    return {"record_kind": kind.value, "record_id": record_id} | _written(source)


def clear_parts(session: Session, activity_id: int) -> None:
    for table in (
        ActivityText,
        ActivityCountry,
        ActivityMeasure,
        ActivityEntity,
        ActivityOrganisation,
        ActivityIdentifier,
        BudgetLine,
    ):
        session.execute(delete(table).where(col(table.activity_id) == activity_id))
    session.execute(
        delete(Source).where(
            col(Source.record_kind) == RecordKind.ACTIVITY.value,
            col(Source.record_id) == activity_id,
        )
    )


def count(
    session: Session,
    activity_id: int,
    draft: ActivityDraft,
    former_parent: int | None = None,
) -> None:
    """Work out what an undertaking counts; a programme with parts counts through them alone."""
    session.execute(delete(ActivityCell).where(col(ActivityCell.activity_id) == activity_id))
    has_parts = session.scalars(
        select(col(Activity.id)).where(col(Activity.parent_id) == activity_id).limit(1)
    ).first()
    if has_parts is None:
        session.add_all(cell_rows(activity_id, draft))
    if draft.parent_id is not None:
        session.execute(
            delete(ActivityCell).where(col(ActivityCell.activity_id) == draft.parent_id)
        )
    if former_parent is not None and former_parent != draft.parent_id:
        orphaned = records.draft_of(session, SYSTEM, former_parent)
        if orphaned is not None:
            count(session, former_parent, orphaned)
    session.flush()


def cell_rows(activity_id: int, draft: ActivityDraft) -> list[ActivityCell]:
    """Turn a draft into the rows of what it counts per country and measure."""
    return [ActivityCell(**row) for row in cell_values(activity_id, draft)]


def cell_values(activity_id: int, draft: ActivityDraft) -> list[dict[str, Any]]:
    """Give the same rows, by column."""
    return [
        {
            "activity_id": activity_id,
            "iso3": cell.iso3,
            "measure": cell.measure,
            "is_main": cell.is_main,
            "status": draft.status.value,
            "visibility": draft.visibility.value,
            "weight": cell.weight,
            "scale": cell.scale,
            "fades_from": cell.fades_from,
            "as_of": draft.status_as_of,
            "start_year": cell.start_year,
        }
        for cell in cells(draft)
    ]


def parent_of(session: Session, activity_id: int | None) -> int | None:
    """Give the programme that an activity belongs to now."""
    return session.scalars(
        select(col(Activity.parent_id)).where(col(Activity.id) == activity_id)
    ).first()


def is_less_open(session: Session, draft: ActivityDraft, activity_id: int | None) -> bool:
    """Tell whether a draft would be less open than its programme, or its parts than itself."""
    if draft.parent_id is None and activity_id is None:
        return False
    ranks = list(Visibility)
    own = ranks.index(draft.visibility)
    above = select(col(Activity.visibility)).where(col(Activity.id) == draft.parent_id)
    below = select(col(Activity.visibility)).where(col(Activity.parent_id) == activity_id)
    parts = session.scalars(below) if activity_id is not None else ()
    return any(own > ranks.index(Visibility(code)) for code in session.scalars(above)) or any(
        own < ranks.index(Visibility(code)) for code in parts
    )
