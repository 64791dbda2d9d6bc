"""Synthetic databases: the real schema filled with any number of made-up undertakings.

Nothing here describes a real activity: every title says so, and no such database is ever shipped.
"""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, insert, select
from sqlalchemy.dialects import sqlite
from sqlmodel import Session, col

from ctai import db
from ctai.domain.activities import (
    ActivityDraft,
    Basis,
    BudgetLine,
    CountryShare,
    MeasureLink,
    OrganisationRole,
    Participation,
    SourceRef,
    Status,
    Text,
)
from ctai.domain.coverage import cells
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.domain.strategy import measures
from ctai.exchange.records_in import read_embedded
from ctai.models import activities as tables
from ctai.models import records as record_tables
from ctai.models.base import Base
from ctai.models.reference import Entity, MemberState
from ctai.queries.records import drafts_of
from ctai.services import initialise
from ctai.services.activity_parts import cell_rows
from ctai.services.add_user import add_user
from ctai.settings import DATA

SEED = 20_260_101
BATCH = 20_000
SAMPLE = 500
"""Undertakings of each database whose cells are held against what the services would write."""

FIELD = 60
"""States in which undertakings take place, an assumption: few enough that a thousand of them touch
most of what a million touch, so that sizes differ in records and hardly in the picture they give.
"""

READER = "synthetic.reader"
MANAGER = "synthetic.manager"
"""The accounts that walk the pages (Executive Office) and download everything (administrator)."""

TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)

STATUSES = (
    *(4 * (Status.COMPLETED,)),
    *(3 * (Status.ONGOING,)),
    *(2 * (Status.PLANNED,)),
    *(Status.REQUESTED, Status.SUSPENDED, Status.CANCELLED, Status.UNKNOWN),
)
VISIBILITIES = (
    *(16 * (Visibility.PUBLIC,)),
    *(3 * (Visibility.UN_SYSTEM,)),
    Visibility.RESTRICTED,
)
Code = TypeVar("Code")
Values = tuple[object, ...]
Table = type[Base]


@dataclass(frozen=True)
class Codes:
    """The codes that synthetic undertakings name, made once and shared by all of them."""

    countries: Sequence[CountryShare]
    measures: Sequence[tuple[MeasureLink, MeasureLink]]
    entities: Sequence[str]


def build(path: Path, size: int, field: int | Sequence[str] = FIELD) -> None:
    """Make a database of this many synthetic activities; the embedded needs are in it as well.

    They take place in so many States, or in these.
    """
    url = f"sqlite:///{path}"
    initialise.initialise(url, DATA, read_embedded)
    engine = db.make_engine(url)
    with db.transaction(engine) as session:
        add_user(session, SYSTEM, READER, Role.VIEWER.value)
        add_user(session, SYSTEM, MANAGER, Role.ADMINISTRATOR.value)
        codes = _codes(session, field)
        first = session.scalars(select(func.max(col(tables.Activity.id)))).one() or 0
    engine.dispose()
    _fill(path, drafts(size, first + 1, codes))
    verify(path, first + 1, size)


def drafts(size: int, first: int, codes: Codes) -> Iterator[tuple[int, bool, ActivityDraft]]:
    """Make undertakings up, the same ones every time: number, whether a programme, and draft."""
    dice = random.Random(SEED)  # noqa: S311  # repeatable on purpose
    for offset in range(size):
        yield first + offset, offset % 100 == 0, _draft(offset, first, dice, codes)


def _draft(offset: int, first: int, dice: random.Random, codes: Codes) -> ActivityDraft:
    number = offset + 1
    status = dice.choice(STATUSES)
    start = TODAY.date() - timedelta(days=dice.randrange(-300, 3650))
    end = start + timedelta(days=dice.randrange(60, 1200))
    as_of = min(TODAY.date(), start + timedelta(days=dice.randrange(0, 900)))
    places = _some(codes.countries, number, dice)
    serving = _some(codes.measures, number, dice)
    return ActivityDraft(
        texts={"en": Text(f"Synthetic undertaking {number}", _description(number))},
        countries=tuple(places),
        participants=_participants(dice, codes.entities),
        status=status,
        status_as_of=_partial(as_of, dice) if number % 9 else None,
        measures=(serving[0][0], *(link for _, link in serving[1:])),
        planned_start=_partial(start, dice) if number % 7 else None,
        planned_end=_partial(end, dice) if number % 5 else None,
        actual_start=start.isoformat() if status is Status.COMPLETED else None,
        actual_end=end.isoformat() if status is Status.COMPLETED else None,
        place="",
        visibility=dice.choice(VISIBILITIES),
        budget=_budget(dice) if number % 10 == 0 else (),
        sources=(SourceRef(f"https://example.invalid/synthetic/{number}"),),
        # Of each hundred the first is a programme, and the next three are its parts.
        parent_id=first + offset - offset % 100 if offset % 100 in (1, 2, 3) else None,
        source_key=f"synthetic-{number}",
    )


def _some(codes: Sequence[Code], number: int, dice: random.Random) -> list[Code]:
    """Pick one to three: the first in turn, so that all have their share from the start."""
    first = codes[number % len(codes)]
    others = dice.sample(codes, dice.randint(0, 2))
    return [first, *(code for code in others if code is not first)]


def _description(number: int) -> str:
    kind = ("training", "equipment", "legal advice", "mentoring")[number % 4]
    return f"Made-up {kind} number {number}, to measure the speed of the app; it never took place."


def _partial(day: date, dice: random.Random) -> str:
    return day.isoformat()[: dice.choice((4, 7, 10, 10))]


def _participants(dice: random.Random, entities: Sequence[str]) -> tuple[Participation, ...]:
    roles = (OrganisationRole.IMPLEMENTING, OrganisationRole.EXTENDING, OrganisationRole.FUNDING)
    taking_part = dice.sample(entities, dice.randint(1, 3))
    return tuple(Participation(e, role) for e, role in zip(taking_part, roles, strict=False))


def _budget(dice: random.Random) -> tuple[BudgetLine, ...]:
    amount = Decimal(dice.randrange(10_000, 5_000_000))
    return (BudgetLine(dice.choice(list(BudgetKind)), amount, dice.choice(("USD", "EUR"))),)


def _codes(session: Session, field: int | Sequence[str]) -> Codes:
    states = sorted(session.scalars(select(col(MemberState.iso3))))
    if isinstance(field, int):
        field = states[:: max(1, len(states) // field)][:field]
    return Codes(
        [CountryShare(iso3) for iso3 in field],
        [
            (MeasureLink(m.code, True, Basis.INFERRED), MeasureLink(m.code, False, Basis.INFERRED))
            for m in measures()
        ],
        sorted(session.scalars(select(col(Entity.acronym)))),
    )


def rows_of(
    number: int, draft: ActivityDraft, is_programme: bool
) -> Iterator[tuple[Table, Values]]:
    """Write an undertaking as rows of its tables, each in the table's order of columns."""
    at = (TODAY - timedelta(minutes=number * 7919 % 3_000_000)).strftime("%Y-%m-%d %H:%M:%S.%f")
    dates = (draft.planned_start, draft.planned_end, draft.actual_start, draft.actual_end)
    kept = (draft.status.value, draft.status_as_of, *dates, draft.place, draft.note)
    own = (number, draft.source_key, draft.parent_id, *kept, draft.visibility.value, 1)
    yield tables.Activity, (*own, at, at, None, None)
    text = draft.texts["en"]
    yield tables.ActivityText, (number, "en", text.title, text.description)
    for share in draft.countries:
        yield tables.ActivityCountry, (number, share.iso3, share.share_pct)
    for link in draft.measures:
        yield tables.ActivityMeasure, (number, link.code, link.is_main, link.basis.value)
    for taking_part in draft.participants:
        yield tables.ActivityEntity, (number, taking_part.entity, int(taking_part.role))
    for line in draft.budget:
        amount = (line.kind.value, int(line.amount * 100), line.currency, line.spans_countries)
        yield tables.BudgetLine, (None, number, *amount, None, None, "")
    yield record_tables.Source, (None, "activity", number, draft.sources[0].url, "", *_NO_CLAIM)
    change = ("status", None, draft.status.value, "synthetic")
    yield record_tables.Revision, (None, at, READER, "activity", number, *change)
    if not is_programme:
        for cell in cells(draft):
            counted = (draft.status.value, draft.visibility.value, cell.weight, cell.scale)
            dated = (cell.fades_from, draft.status_as_of, cell.start_year)
            place = (number, cell.iso3, cell.measure, cell.is_main)
            yield tables.ActivityCell, (*place, *counted, *dated)


_NO_CLAIM = (None, "", "", "")


def _fill(path: Path, made: Iterator[tuple[int, bool, ActivityDraft]]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -262144"):
        connection.execute(f"PRAGMA {pragma}")
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    connection.execute("BEGIN")
    while batch := list(islice(made, BATCH)):
        rows: dict[Table, list[Values]] = {}
        for number, is_programme, draft in batch:
            for table, row in rows_of(number, draft, is_programme):
                rows.setdefault(table, []).append(row)
        for table, written in rows.items():
            connection.executemany(_INSERTS[table], written)
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("UPDATE data_version SET number = number + 1")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


_FILLED = (
    tables.Activity,
    tables.ActivityText,
    tables.ActivityCountry,
    tables.ActivityMeasure,
    tables.ActivityEntity,
    tables.BudgetLine,
    tables.ActivityCell,
    record_tables.Source,
    record_tables.Revision,
)
_INSERTS: dict[Table, str] = {
    table: str(insert(table).compile(dialect=sqlite.dialect(paramstyle="qmark")))
    for table in _FILLED
}


def verify(path: Path, first: int, size: int) -> None:
    """Hold a sample's cells against what the services would write; AssertionError if not equal."""
    engine = db.make_engine(f"sqlite:///{path}")
    numbers = list(range(first, first + size, max(1, size // SAMPLE)))
    with db.reading(engine) as session:
        parent = col(tables.Activity.parent_id)
        programmes = set(session.scalars(select(parent).where(parent.in_(numbers))))
        found = drafts_of(session, SYSTEM, numbers)
        assert set(found) == set(numbers), "activities are missing"
        for number in numbers:
            stored = session.scalars(
                select(tables.ActivityCell).where(col(tables.ActivityCell.activity_id) == number)
            )
            wanted = [] if number in programmes else cell_rows(number, found[number])
            assert _plain(stored) == _plain(wanted), f"cells of activity {number} differ"
    engine.dispose()


def _plain(rows: object) -> list[str]:
    names = sorted(tables.ActivityCell.__table__.columns.keys())  # type: ignore[attr-defined]  # SQLModel hides it
    return sorted(repr([getattr(row, name) for name in names]) for row in rows)  # type: ignore[attr-defined]  # rows of object
