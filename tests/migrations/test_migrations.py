"""Migrations: from nothing to what the models say, and back to nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from ctai import db
from ctai.models import Base


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(db.MIGRATIONS))
    config.attributes["url"] = url
    return config


def _tables(url: str) -> set[str]:
    engine = db.make_engine(url)
    tables = set(inspect(engine).get_table_names())
    engine.dispose()
    return tables


def test_upgrading_from_nothing_gives_what_the_models_say(database_url: str) -> None:
    db.check(database_url)
    assert _tables(database_url) == {*Base.metadata.tables, "alembic_version"}


def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    db.upgrade(database_url)
    db.check(database_url)


def test_every_step_goes_back_and_forth_again(database_url: str) -> None:
    command.downgrade(_config(database_url), "base")
    assert _tables(database_url) == {"alembic_version"}
    db.upgrade(database_url)
    db.check(database_url)


def test_the_constraints_of_the_models_are_in_the_database(database_url: str) -> None:
    engine = db.make_engine(database_url)
    found = inspect(engine)
    for table in Base.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if str(c.name).startswith("ck_")}
        assert {c["name"] for c in found.get_check_constraints(table.name)} == wanted, table.name
        indexes = {index.name for index in table.indexes}
        assert indexes <= {index["name"] for index in found.get_indexes(table.name)}, table.name
    engine.dispose()


def test_the_migrations_are_one_line_of_descent() -> None:
    script = ScriptDirectory(str(db.MIGRATIONS))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    file = tmp_path / "new" / "ctai.db"
    db.upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
