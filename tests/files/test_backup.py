"""Backup and restore: the same records, revisions and past, from either database into either."""

import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from ctai import db
from ctai.db import whole
from ctai.domain.faults import Refused
from ctai.domain.plans import PlanDraft
from ctai.domain.roles import SYSTEM, Role
from ctai.files.backup import backup, restore
from ctai.queries import integrity
from ctai.services import build_plan, save_plan
from ctai.services.activity_parts import cell_rows
from ctai.services.add_user import add_user
from ctai.services.keep_view import keep_view
from ctai.services.make_token import make_token
from ctai.services.store_activity import amend, enter
from ctai.services.store_evidence import enter_need
from tests import drafts
from tests.conftest import PostgresServer
from tests.drafts import KNOWN, PEOPLE, activity, add_code_lists
from tests.plans_drafts import agree, item, version_of

TARGET = "restored"


@pytest.fixture
def lived_in(engine: Engine) -> Engine:
    """A store in which people have worked: amended, agreed a plan, made a token, kept a view."""
    with db.transaction(engine) as session:
        add_code_lists(session)
        enter(session, SYSTEM, activity("Before — «avant» قبل"), KNOWN)
        enter(session, SYSTEM, activity("Part"), KNOWN)
        enter(session, SYSTEM, activity("Whole"), KNOWN)
        number = enter_need(session, SYSTEM, drafts.need(), KNOWN)
        add_user(session, SYSTEM, "vera", "viewer", password="correct horse battery")
        plan = build_plan.build(session, SYSTEM, "NGA", "Plan").plan_id
    with db.transaction(engine) as session:
        amend(session, SYSTEM, 1, activity("After", ("BFA",)), known=KNOWN)
        # A row that names one which comes after it.
        amend(session, SYSTEM, 2, activity("Part", parent_id=3), known=KNOWN)
        draft = PlanDraft("NGA", "Plan", (item(number),))
        save_plan.save(session, SYSTEM, plan, draft, version_of(session, plan))
        agree(session, plan, SYSTEM)
        make_token(session, PEOPLE[Role.VIEWER], "spreadsheet", 30)
        keep_view(session, PEOPLE[Role.VIEWER], "Mine", "gaps", {"country": "NGA"})
    return engine


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def target_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    server.execute("CREATE DATABASE {}", TARGET)
    yield server.url(TARGET)
    server.execute("DROP DATABASE {} WITH (FORCE)", TARGET)


def _told(engine: Engine) -> dict[str, object]:
    with whole.steady(engine) as found:
        # Sorted here: each database has its own order of letters.
        rows = {name: sorted(map(repr, found.rows(name))) for name in found.tables}
        return {"revision": found.revision, "number": found.data_version, **rows}


def _guards(engine: Engine) -> list[str]:
    """Name every trigger and key of a database."""
    triggers = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }
    with engine.connect() as connection:
        found = list(connection.execute(text(triggers[engine.dialect.name])).scalars())
    there = inspect(engine)
    keys = [key for name in there.get_table_names() for key in there.get_foreign_keys(name)]
    return sorted([*found, *(str(key["name"]) for key in keys)])


def test_a_restored_store_is_the_same_row_by_row(
    lived_in: Engine, target_url: str, tmp_path: Path
) -> None:
    made = backup(lived_in, SYSTEM, tmp_path / "all.zip")
    found = restore(target_url, SYSTEM, tmp_path / "all.zip")
    assert found == made
    engine = db.make_engine(target_url)
    try:
        told = _told(lived_in)
        assert _told(engine) == told
        for name in ("revision", "past_activity", "plan_item", "user_account", "api_token"):
            assert told[name]
        db.check(target_url)
        _lives_on(engine)
    finally:
        engine.dispose()


def _lives_on(engine: Engine) -> None:
    """New numbers follow, the past goes on, keys hold, and what was agreed stays frozen."""
    with db.transaction(engine) as session:
        assert enter(session, SYSTEM, activity("New"), KNOWN).activity_id == 4
        amend(session, SYSTEM, 2, activity("Amended"), known=KNOWN)
        for broken in (
            integrity.broken_keys(session, SYSTEM),
            integrity.miscounted(session, SYSTEM, cell_rows),
        ):
            assert not list(broken)
    with engine.connect() as connection:
        spans = text("SELECT count(*) FROM past_activity WHERE id = 2")
        assert connection.execute(spans).scalar() == 3
        for forbidden in ("DELETE FROM revision", "UPDATE plan_item SET title = 'x'"):
            with pytest.raises(DBAPIError):
                connection.execute(text(forbidden))
            connection.rollback()


def test_every_trigger_and_key_is_there_again(
    lived_in: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    backup(lived_in, SYSTEM, tmp_path / "all.zip")
    before = _guards(lived_in)
    with db.transaction(lived_in) as session, whole.unwatched(session):
        pass
    assert _guards(lived_in) == before != []


def test_a_backup_is_of_one_moment_whoever_writes_meanwhile(lived_in: Engine) -> None:
    with whole.steady(lived_in) as found:
        before = list(found.rows("activity"))
        with db.transaction(lived_in) as session:
            enter(session, SYSTEM, activity("Meanwhile"), KNOWN)
        assert list(found.rows("activity")) == before
        assert [row[0] for row in found.rows("data_version")]
        numbers = [
            row[found.tables["data_version"].index("number")] for row in found.rows("data_version")
        ]
        assert numbers == [found.data_version]


def test_only_its_owner_may_read_the_file(lived_in: Engine, tmp_path: Path) -> None:
    place = tmp_path / "all.zip"
    place.write_bytes(b"an older one")
    place.chmod(0o644)
    backup(lived_in, SYSTEM, place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.glob("all*")] == ["all.zip"]


def test_nobody_but_an_administrator_takes_everything(lived_in: Engine, tmp_path: Path) -> None:
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(Refused):
            backup(lived_in, PEOPLE[role], tmp_path / "all.zip")
    assert not (tmp_path / "all.zip").exists()


def test_a_database_with_records_is_left_alone(
    lived_in: Engine, database_url: str, tmp_path: Path
) -> None:
    backup(lived_in, SYSTEM, tmp_path / "all.zip")
    before = _told(lived_in)
    with pytest.raises(Refused, match="not empty"):
        restore(database_url, SYSTEM, tmp_path / "all.zip")
    assert _told(lived_in) == before


def test_a_file_that_is_not_whole_stores_nothing(
    lived_in: Engine, target_url: str, tmp_path: Path
) -> None:
    place = tmp_path / "all.zip"
    engine = db.make_engine(target_url)
    try:
        for harm in ("cut", "changed", "fewer", "other", "newer", "text"):
            backup(lived_in, SYSTEM, place)
            _harm(place, harm)
            with pytest.raises(Refused):
                restore(target_url, SYSTEM, place)
            assert not whole.revision_of(engine) or whole.is_empty(engine), harm
        backup(lived_in, SYSTEM, place)
        restore(target_url, SYSTEM, place)  # what was refused left nothing in the way
        assert _told(engine) == _told(lived_in)
    finally:
        engine.dispose()


def _harm(place: Path, how: str) -> None:
    if how == "cut":
        place.write_bytes(place.read_bytes()[:-200])
        return
    if how == "text":
        place.write_text("activity_id,title\n")
        return
    with zipfile.ZipFile(place) as file:
        held = {name: file.read(name) for name in file.namelist()}
    manifest = json.loads(held["manifest.json"])
    if how == "changed":
        held["tables/activity.jsonl"] = held["tables/activity.jsonl"].replace(
            b"ongoing", b"planned"
        )
    if how == "fewer":
        held["tables/revision.jsonl"] = b"".join(held["tables/revision.jsonl"].splitlines(True)[1:])
    if how == "other":
        del manifest["tables"]["activity"]
    if how == "newer":
        manifest["revision"] = "9999"
    held["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(place, "w") as file:
        for name, content in held.items():
            file.writestr(name, content)


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    tmp_path: Path, target_url: str
) -> None:
    old = f"sqlite:///{tmp_path / 'old.db'}"
    db.upgrade(old, "0007")
    engine = db.make_engine(old)
    try:
        with engine.begin() as connection:
            number = "INSERT INTO data_version (id, number) VALUES (1, 7)"
            connection.execute(text(number))
        backup(engine, SYSTEM, tmp_path / "old.zip")
    finally:
        engine.dispose()
    restore(target_url, SYSTEM, tmp_path / "old.zip")
    db.check(target_url)
    engine = db.make_engine(target_url)
    try:
        with engine.connect() as connection:
            found = connection.execute(text("SELECT number FROM data_version")).scalars().all()
            assert found == [7]
    finally:
        engine.dispose()
