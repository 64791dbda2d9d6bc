"""Migrations: from nothing to what the models say, and back to nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from ctai import db
from ctai.db.keeping import keep
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


def test_the_past_begins_with_the_rows_that_an_older_database_has(database_url: str) -> None:
    command.downgrade(_config(database_url), "0002")
    engine = db.make_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO data_version (id, number) VALUES (1, 41)")
        connection.exec_driver_sql(
            "INSERT INTO source (record_kind, record_id, url, title, note, claim_field, "
            "claim_value) VALUES ('need', 1, 'https://example.org', 'Before', '', '', '')"
        )
    db.upgrade(database_url)
    db.check(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE data_version SET number = 42")
        connection.exec_driver_sql("UPDATE source SET title = 'After'")
        spans = connection.exec_driver_sql(
            "SELECT title, since_number, until_number FROM past_source ORDER BY since_number"
        ).all()
        moments = connection.exec_driver_sql("SELECT number FROM data_moment").all()
    assert [tuple(span) for span in spans] == [("Before", 41, 42), ("After", 42, None)]
    assert [tuple(moment) for moment in moments] == [(41,)]
    engine.dispose()


def test_a_kept_table_that_a_migration_changes_is_kept_with_its_new_column(
    database_url: str,
) -> None:
    engine = db.make_engine(database_url)
    with engine.begin() as connection:
        insert = (
            "INSERT INTO source (record_kind, record_id, url, title, note, claim_field, "
            "claim_value) VALUES ('need', 1, 'https://example.org', 'A', '', '', '')"
        )
        connection.exec_driver_sql(insert)
        connection.exec_driver_sql("ALTER TABLE source ADD COLUMN page INTEGER DEFAULT 7")
        keep(connection, "source")
        connection.exec_driver_sql(insert)
        connection.exec_driver_sql("DELETE FROM source WHERE id = 1")
        pages = connection.exec_driver_sql("SELECT page FROM past_source").all()
    assert [tuple(row) for row in pages] == [(7,)]
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
