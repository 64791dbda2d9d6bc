"""A database whole: every table's rows as they are in one moment, and put back into an empty one.

By what the database says of its tables, not by the models, which are of today only: a copy may be
of an older version. Values are plain: texts, numbers, truths, moments in UTC, and None.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, Table, func, inspect, select, text
from sqlmodel import Session

from ctai.db import MIGRATIONS
from ctai.models.past import past_name

ROWS_A_BATCH = 500
VERSION = "alembic_version"
_OF_TIME = ("data_version", "data_moment")
"""What a database without any record may have rows in."""

Row = Sequence[object]


@dataclass(frozen=True)
class Whole:
    """A database in one moment: the version of its tables, and each table's columns by name."""

    revision: str
    data_version: int
    tables: dict[str, tuple[str, ...]]
    rows: Callable[[str], Iterator[Row]]


@contextmanager
def steady(engine: Engine) -> Iterator[Whole]:
    """Look at one moment of a database, however long the reading takes and whoever writes."""
    is_file = engine.dialect.name == "sqlite"
    reader = engine if is_file else engine.execution_options(isolation_level="REPEATABLE READ")
    with reader.connect() as connection:
        number = connection.execute(text("SELECT max(number) FROM data_version")).scalar()
        revision = MigrationContext.configure(connection).get_current_revision()
        tables = _tables(connection)
        columns = {name: tuple(table.c.keys()) for name, table in tables.items()}

        def rows(name: str) -> Iterator[Row]:
            return _rows(connection, tables[name])

        yield Whole(revision or "", number or 0, columns, rows)


def _tables(connection: Connection) -> dict[str, Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return {name: metadata.tables[name] for name in sorted(metadata.tables) if name != VERSION}


def _rows(connection: Connection, table: Table) -> Iterator[Row]:
    """Give a table's rows in the order of its key, which for a past one is an index."""
    ways = (list(one.columns) for one in table.indexes if one.name == f"ix_{table.name}_key")
    keys = list(table.primary_key) or next(ways, [])
    statement = select(table).order_by(*keys).execution_options(yield_per=ROWS_A_BATCH)
    for row in connection.execute(statement):
        yield [_plain(value) for value in row]


def _plain(value: object) -> object:
    if isinstance(value, datetime):  # SQLite keeps no zone: every moment is of UTC
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value


def knows(revision: str) -> bool:
    """Tell whether our migrations lead to a version."""
    return revision in {found.revision for found in ScriptDirectory(MIGRATIONS).walk_revisions()}


def tables_of(connection: Connection) -> list[str]:
    """Name every table but the one that tells the version."""
    return [name for name in inspect(connection).get_table_names() if name != VERSION]


def revision_of(engine: Engine) -> str:
    """Give the version of a database's tables; empty where it has none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def is_empty(engine: Engine) -> bool:
    """Tell whether a database holds no record, account or code list."""
    with engine.connect() as connection:
        return not any(
            connection.execute(select(func.count()).select_from(table)).scalar()
            for name, table in _tables(connection).items()
            if name not in _OF_TIME
        )


@contextmanager
def unwatched(session: Session) -> Iterator[Connection]:
    """Let rows be put in as they were, in the caller's transaction, which ends as it began.

    No trigger keeps the past meanwhile, since past and revisions are put in themselves, and no key
    is looked up before all rows are there. At the end keys are checked and numbers go on after the
    highest.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        with _unwatched_postgresql(connection):
            yield connection
        _go_on(connection)
        return
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    triggers = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    ).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield connection
    for _, statement in triggers:
        connection.exec_driver_sql(statement)


@contextmanager
def _unwatched_postgresql(connection: Connection) -> Iterator[None]:
    """Keys go and come back, which checks them; to defer them would hold an event for each row."""
    keys = connection.exec_driver_sql(
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname"
    ).all()
    tables = tables_of(connection)
    for table, name, _ in keys:
        connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
    for table, name, definition in keys:
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def put(connection: Connection, name: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    """Put rows into a table, in place of those that are there."""
    table = Table(name, MetaData(), autoload_with=connection)
    connection.execute(table.delete())
    batch: list[dict[str, object]] = []
    for row in rows:
        batch.append(dict(zip(columns, row, strict=True)))
        if len(batch) == ROWS_A_BATCH:
            connection.execute(table.insert(), batch)
            batch = []
    if batch:
        connection.execute(table.insert(), batch)


def _go_on(connection: Connection) -> None:
    """Have PostgreSQL number new rows after the highest number that a table ever held."""
    tables = _tables(connection)
    for name, table in tables.items():
        if "id" not in table.c or past_name(name) == name:
            continue
        sequence = connection.execute(
            text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": f'"{name}"'}
        ).scalar()
        if sequence is None:
            continue
        kept = [tables[one] for one in (name, past_name(name)) if one in tables]
        highest = [connection.execute(select(func.max(one.c.id))).scalar() for one in kept]
        numbers = [number for number in highest if number is not None]
        connection.execute(
            text("SELECT setval(:sequence, :number, :is_used)"),
            {"sequence": sequence, "number": max(numbers, default=1), "is_used": bool(numbers)},
        )
