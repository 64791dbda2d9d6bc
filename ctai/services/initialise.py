"""Setting up: an installation's database, code lists, embedded records and first administrator."""

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlmodel import Session

from ctai import db
from ctai.domain.arrivals import Arrival, Row
from ctai.domain.faults import Fault
from ctai.domain.roles import SYSTEM, Role
from ctai.i18n import LANGUAGES
from ctai.queries import users
from ctai.queries.aliases import entity_aliases
from ctai.services.add_user import add_user
from ctai.services.bring_in import bring_in
from ctai.services.load_reference import NAMES, load_reference, rows_of

EMBEDDED = ("records.csv", "needs.csv")
REFERENCE = {
    "member_states.csv": ("iso3", "iso2", "m49", "region", "kind", *NAMES),
    "regions.csv": ("code", *NAMES),
    "entities.csv": ("acronym", "kind", *NAMES),
    "partnerships.csv": ("iso3", "step", "source_url"),
    "measures.csv": ("code", "pillar", "title", "addressed_to"),
    "measures_i18n.csv": ("code", *LANGUAGES),
    "terms.csv": ("key", *LANGUAGES),
}
"""The code lists, each with the columns that every row fills."""
FIRST_USER = "administrator"
INIT = "python -m ctai init"
WAIT_SECONDS = 120
"""How long a second start waits for the first, which needs some seconds."""
_LOCK = 0x63746169
"""Any number, the same for every start: the name of the lock in PostgreSQL."""

Reader = Callable[[bytes, Mapping[str, str]], Iterable[Row]]
"""Reads a file's bytes, with the entities' other names."""


class DatabaseUnusable(RuntimeError):
    """The database can't be worked with; carries the one reason."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.in_english())


@dataclass(frozen=True)
class Installation:
    """What a set-up added; `password` is the first administrator's, None where there was a user."""

    reference_rows: int
    arrivals: Mapping[str, Arrival]
    password: str | None


def initialise(url: str, folder: Path, read: Reader, *, first_user: bool = True) -> Installation:
    """Bring a database up to date and fill in what it lacks; nothing that is there is changed.

    Two starts at once take turns, and the second finds everything done. `first_user` makes an
    administrator where nobody may sign in yet.
    """
    with explained(url), _alone(_parsed(url)):
        db.upgrade(url)
        engine = db.make_engine(url)
        try:
            with db.transaction(engine) as session:
                return Installation(
                    load_reference(session, SYSTEM, folder),
                    {name: _embedded(session, folder / name, read) for name in EMBEDDED},
                    _first_password(session) if first_user else None,
                )
        finally:
            engine.dispose()


def _embedded(session: Session, path: Path, read: Reader) -> Arrival:
    return bring_in(session, SYSTEM, read(path.read_bytes(), entity_aliases(session)))


def _first_password(session: Session) -> str | None:
    if not users.listed(session, SYSTEM).empty:
        return None
    return add_user(session, SYSTEM, FIRST_USER, Role.ADMINISTRATOR.value)


def reference_faults(folder: Path) -> Iterator[str]:
    """List the code lists of a folder that can't be read, or lack what they are read by."""
    for name, keys in REFERENCE.items():
        try:
            rows = list(rows_of(folder / name))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            yield f"{name}: {error}"
            continue
        missing = [key for key in keys if not rows or not all(row.get(key) for row in rows)]
        if missing:
            yield f"{name}: empty in {', '.join(missing)}"


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Open a database that `initialise` has set up; DatabaseUnusable says what is wrong with it."""
    with explained(url):
        parsed = _parsed(url)
        if _is_file(parsed) and not Path(str(parsed.database)).is_file():
            raise DatabaseUnusable(
                Fault(
                    "There is no database at {place}. First run: {command}",
                    places={"place": str(parsed.database), "command": INIT},
                )
            )
        engine = db.make_engine(url)
        try:
            if not inspect(engine).has_table("alembic_version"):
                raise DatabaseUnusable(
                    Fault(
                        "The database {place} has no tables. First run: {command}",
                        places={"place": _named(url), "command": INIT},
                    )
                )
            yield engine
        finally:
            engine.dispose()


def is_current(url: str) -> bool:
    """Tell whether the tables are those of this version of the programme."""
    try:
        db.check(url)
    except db.MigrationFailed:
        return False
    return True


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn whatever a database answers instead of rows into DatabaseUnusable."""
    try:
        yield
    except db.MigrationFailed as error:
        raise DatabaseUnusable(
            Fault(
                "The tables of {place} are not of this version ({reason}).",
                places={"place": _named(url), "reason": _first_line(error)},
            )
        ) from error
    except DBAPIError as error:
        raise _unreachable(url, error.orig or error) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _unreachable(url, error) from error


def _unreachable(url: str, error: BaseException) -> DatabaseUnusable:
    return DatabaseUnusable(
        Fault(
            "The database {place} can't be used: {reason}. Check CTAI_DATABASE_URL, and whether "
            "the database is running.",
            places={"place": _named(url), "reason": _first_line(error)},
        )
    )


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _not_an_address(url) from error
    is_known = parsed.get_backend_name() in ("sqlite", "postgresql")
    if not is_known or (_is_file(parsed) and parsed.database in (None, "", ":memory:")):
        raise _not_an_address(url)
    return parsed


def _not_an_address(url: str) -> DatabaseUnusable:
    return DatabaseUnusable(
        Fault(
            "{place} is not an address that CTAI_DATABASE_URL can have. Give one such as {wanted}.",
            places={
                "place": _named(url),
                "wanted": "sqlite:////srv/ctai.db, postgresql://user:password@host/ctai",
            },
        )
    )


def _named(url: str) -> str:
    """Write a database's address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "What was given"


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


@contextmanager
def _alone(url: URL) -> Iterator[None]:
    """Let one start at a time pass; the lock goes when its holder ends, however it ends."""
    if not _is_file(url):
        engine = db.make_engine(url.render_as_string(hide_password=False))
        try:
            with engine.connect() as connection:
                connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
                yield
        finally:
            engine.dispose()
        return
    file = Path(f"{url.database}.starting.db")
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
