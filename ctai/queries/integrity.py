"""Whether the stored records hang together: what `python -m ctai check` asks the database."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from sqlalchemy import Select, select, text
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft
from ctai.domain.roles import Viewer
from ctai.models.activities import (
    Activity,
    ActivityCell,
    ActivityCountry,
    ActivityEntity,
    ActivityText,
)
from ctai.queries.records import drafts_of
from ctai.queries.visible import activities_seen

ROWS_A_BATCH = 500
Counted = Callable[[int, ActivityDraft], list[ActivityCell]]


def broken_keys(session: Session, viewer: Viewer) -> list[str]:
    """List the rows that name a row which is not there.

    PostgreSQL stores none, unless a constraint was switched off: those are listed there.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return [f"{table}, row {number}: no such {parent}" for table, number, parent, _ in rows]
    unchecked = text("SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")
    return [f"not enforced: {name}" for name in connection.scalars(unchecked)]


def unfinished(session: Session, viewer: Viewer) -> Iterator[str]:
    """List the activities that lack a text, a country or an entity."""
    parts = {
        "text": col(ActivityText.activity_id),
        "country": col(ActivityCountry.activity_id),
        "entity": col(ActivityEntity.activity_id),
    }
    for name, there in parts.items():
        statement = select(col(Activity.id)).where(
            ~select(there).where(there == col(Activity.id)).exists()
        )
        for number in session.scalars(activities_seen(statement, viewer)):
            yield f"activity {number} has no {name}"


def miscounted(session: Session, viewer: Viewer, counted: Counted) -> Iterator[str]:
    """List the activities whose stored cells are not what `counted` makes of them.

    In batches, so that a million activities need no more memory than a page of them.
    """
    for numbers in _batches(session, viewer):
        drafts = drafts_of(session, viewer, numbers)
        parents = set(session.scalars(_with_parts(numbers)))
        stored = _cells(session, numbers)
        for number in numbers:
            wanted = [] if number in parents else counted(number, drafts[number])
            found = stored.get(number, [])
            if not _same(found, wanted):
                yield f"activity {number}: {len(found)} cells are not the {len(wanted)} wanted"
        session.expunge_all()


def _batches(session: Session, viewer: Viewer) -> Iterator[list[int]]:
    last = 0
    while True:
        statement = (
            select(col(Activity.id))
            .where(col(Activity.id) > last)
            .order_by(col(Activity.id))
            .limit(ROWS_A_BATCH)
        )
        found = session.scalars(activities_seen(statement, viewer))
        numbers = [number for number in found if number is not None]
        if not numbers:
            return
        yield numbers
        last = numbers[-1]


def _with_parts(numbers: list[int]) -> Select[int | None]:
    parent = col(Activity.parent_id)
    return select(parent).where(parent.in_(numbers)).distinct()


def _cells(session: Session, numbers: list[int]) -> dict[int, list[ActivityCell]]:
    rows = session.scalars(
        select(ActivityCell)
        .where(col(ActivityCell.activity_id).in_(numbers))
        .order_by(col(ActivityCell.activity_id))
    )
    return {number: list(cells) for number, cells in groupby(rows, lambda row: row.activity_id)}


def _same(stored: Iterable[ActivityCell], wanted: Iterable[ActivityCell]) -> bool:
    """Compare cells whatever their order; both databases give a float back as it was stored."""
    return sorted(map(_values, stored)) == sorted(map(_values, wanted))


def _values(cell: ActivityCell) -> tuple[str, ...]:
    values = (
        cell.iso3,
        cell.measure,
        bool(cell.is_main),
        cell.status,
        cell.visibility,
        cell.weight,
        cell.scale,
        cell.fades_from,
        cell.as_of,
        cell.start_year,
    )
    return tuple(map(repr, values))
