"""An installation for a command to work on, of each test's own."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ctai import db
from ctai.cli import main
from ctai.services import set_password as passwords

KEY = "k" * 32


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English, whatever the locale of the machine."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash fast: these accounts guard nothing."""
    monkeypatch.setattr(passwords, "COST", 4)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that `init` has set up, to copy from."""
    file = tmp_path_factory.mktemp("ready") / "ctai.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CTAI_DATABASE_URL", f"sqlite:///{file}")
        patch.setenv("CTAI_COOKIE_KEY", KEY)
        assert main(["init"]) == 0
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return file


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's database will be; nothing is there yet."""
    monkeypatch.setenv("CTAI_COOKIE_KEY", KEY)
    monkeypatch.setenv("CTAI_DATABASE_URL", f"sqlite:///{tmp_path / 'ctai.db'}")
    return tmp_path / "ctai.db"


@pytest.fixture
def own(ready: Path, empty: Path) -> Iterator[Engine]:
    """This test's own copy of an installation."""
    shutil.copy(ready, empty)
    engine = db.make_engine(f"sqlite:///{empty}")
    yield engine
    engine.dispose()
