"""Activities: pages of a list, whole lists row by row, and what belongs to one country."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.models.activities import (
    Activity,
    ActivityCountry,
    ActivityEntity,
    ActivityMeasure,
    ActivityText,
    BudgetLine,
)
from ctai.models.records import Revision, Source
from ctai.queries.scoped import activities_in
from ctai.queries.visible import activities_seen

LIST_COLUMNS = [
    "activity_id",
    "title",
    "language",
    "countries",
    "entities",
    "measures",
    "status",
    "status_as_of",
    "start",
    "end",
    "amounts",
    "visibility",
    "confirmed_at",
    "changed_at",
    "place",
    "source_urls",
]
"""Countries, entities, measures and amounts are texts of codes, joined with "; ", main first."""

ROWS_A_BATCH = 500


def count(session: Session, viewer: Viewer, scope: Scope, today: date) -> int:
    """Count the activities of a scope that a viewer may see."""
    statement = activities_in(select(func.count(col(Activity.id))), scope, today)
    return session.scalars(activities_seen(statement, viewer)).one()


def listed(
    session: Session,
    viewer: Viewer,
    scope: Scope,
    today: date,
    language: str,
    limit: int,
    offset: int = 0,
) -> pd.DataFrame:
    """Give a page of a scope's activities with `LIST_COLUMNS`, last changed first."""
    statement = (
        select(col(Activity.id))
        .order_by(col(Activity.changed_at).desc(), col(Activity.id).desc())
        .limit(limit)
        .offset(offset)
    )
    numbers = _numbers(session, activities_seen(activities_in(statement, scope, today), viewer))
    return pd.DataFrame(_rows(session, viewer, numbers, language), columns=LIST_COLUMNS)


def streamed(
    session: Session, viewer: Viewer, scope: Scope, today: date, language: str, after: int = 0
) -> Iterator[tuple[object, ...]]:
    """Give all of a scope's activities row by row, oldest number first, with flat memory.

    Only those whose number is higher than `after`, so that a later page costs what the first does.
    """
    last = after
    while True:
        statement = (
            select(col(Activity.id))
            .where(col(Activity.id) > last)
            .order_by(col(Activity.id))
            .limit(ROWS_A_BATCH)
        )
        numbers = _numbers(session, activities_seen(activities_in(statement, scope, today), viewer))
        if not numbers:
            return
        yield from _rows(session, viewer, numbers, language)
        last = numbers[-1]
        session.expunge_all()


def by_number(
    session: Session, viewer: Viewer, numbers: Iterable[int], language: str
) -> pd.DataFrame:
    """Give some activities by number with `LIST_COLUMNS`, as far as they are open to the viewer."""
    return pd.DataFrame(_rows(session, viewer, list(numbers), language), columns=LIST_COLUMNS)


def _numbers(session: Session, statement: Select[int | None]) -> list[int]:
    return [number for number in session.scalars(statement) if number is not None]


def _rows(
    session: Session, viewer: Viewer, numbers: Iterable[int], language: str
) -> list[tuple[object, ...]]:
    wanted = list(numbers)
    if not wanted:
        return []
    statement = activities_seen(
        select(
            col(Activity.id),
            col(Activity.status),
            col(Activity.status_as_of),
            func.coalesce(col(Activity.actual_start), col(Activity.planned_start)),
            func.coalesce(col(Activity.actual_end), col(Activity.planned_end)),
            col(Activity.visibility),
            col(Activity.confirmed_at),
            col(Activity.changed_at),
            col(Activity.place),
        ).where(col(Activity.id).in_(wanted)),
        viewer,
    )
    rows = {row[0]: tuple(row) for row in session.execute(statement)}
    titles = _titles(session, wanted, language)
    parts = [_countries(session, wanted), _entities(session, wanted), _measures(session, wanted)]
    amounts, sources = _amounts(session, wanted), _sources(session, wanted)
    return [
        (
            number,
            *titles.get(number, ("", "")),
            *(_joined(part.get(number, [])) for part in parts),
            *rows[number][1:5],
            _joined(amounts.get(number, [])),
            *rows[number][5:],
            " ".join(sources.get(number, [])),
        )
        for number in wanted
        if number in rows
    ]


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _titles(session: Session, numbers: list[int], language: str) -> dict[int, tuple[str, str]]:
    """Pick each title in the reader's language, else in English, else in the first there is."""
    rows = session.execute(
        select(
            col(ActivityText.activity_id), col(ActivityText.language), col(ActivityText.title)
        ).where(col(ActivityText.activity_id).in_(numbers))
    )
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for number, code, title in rows:
        found[number][code] = title
    picked: dict[int, tuple[str, str]] = {}
    for number, texts in found.items():
        code = next(c for c in (language, "en", *sorted(texts)) if texts.get(c))
        picked[number] = (texts[code], code)
    return picked


def _by_number(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, text in rows:
        if text not in found[number]:
            found[number].append(text)
    return found


def _countries(session: Session, numbers: list[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(col(ActivityCountry.activity_id), col(ActivityCountry.iso3))
        .where(col(ActivityCountry.activity_id).in_(numbers))
        .order_by(col(ActivityCountry.iso3))
    )
    return _by_number((number, iso3) for number, iso3 in rows)


def _entities(session: Session, numbers: list[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(col(ActivityEntity.activity_id), col(ActivityEntity.entity))
        .where(col(ActivityEntity.activity_id).in_(numbers))
        .order_by(col(ActivityEntity.role).desc(), col(ActivityEntity.entity))
    )
    return _by_number((number, entity) for number, entity in rows)


def _measures(session: Session, numbers: list[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(col(ActivityMeasure.activity_id), col(ActivityMeasure.measure))
        .where(col(ActivityMeasure.activity_id).in_(numbers))
        .order_by(col(ActivityMeasure.is_main).desc(), col(ActivityMeasure.measure))
    )
    return _by_number((number, measure) for number, measure in rows)


def _amounts(session: Session, numbers: list[int]) -> Mapping[int, list[str]]:
    rows = session.execute(
        select(
            col(BudgetLine.activity_id),
            col(BudgetLine.kind),
            col(BudgetLine.currency),
            col(BudgetLine.amount),
        )
        .where(col(BudgetLine.activity_id).in_(numbers))
        .order_by(col(BudgetLine.id))
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, kind, currency, amount in rows:
        found[number].append(f"{kind} {amount:f} {currency}")
    return found


def _sources(session: Session, numbers: list[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(col(Source.record_id), col(Source.url))
        .where(
            col(Source.record_kind) == RecordKind.ACTIVITY.value,
            col(Source.record_id).in_(numbers),
        )
        .order_by(col(Source.id))
    )
    return _by_number((number, url) for number, url in rows)


def version_of(session: Session, viewer: Viewer, activity_id: int) -> int | None:
    """Give an activity's version, for saving only over what was looked at; None if not open."""
    statement = select(col(Activity.version)).where(col(Activity.id) == activity_id)
    return session.scalars(activities_seen(statement, viewer)).first()


def confirmed(
    session: Session, viewer: Viewer, activity_id: int
) -> tuple[datetime | None, str | None]:
    """Tell when and by whom an activity was last confirmed."""
    statement = select(col(Activity.confirmed_at), col(Activity.confirmed_by)).where(
        col(Activity.id) == activity_id
    )
    row = session.execute(activities_seen(statement, viewer)).first()
    return (None, None) if row is None else (row[0], row[1])


def last_entered(session: Session, viewer: Viewer) -> int | None:
    """Give the number of the activity that this viewer entered last; None if never or not open."""
    entered = (
        select(col(Revision.record_id))
        .where(
            col(Revision.record_kind) == RecordKind.ACTIVITY.value,
            col(Revision.actor) == viewer.username,
            col(Revision.field) == "status",
            col(Revision.old).is_(None),
        )
        .order_by(col(Revision.id).desc())
        .limit(1)
    )
    statement = select(col(Activity.id)).where(col(Activity.id).in_(entered))
    return session.scalars(activities_seen(statement, viewer)).first()
