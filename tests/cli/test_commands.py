"""Every command does what it says, ends with the right code, and never shows a traceback."""

import csv
import io
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from ctai import db
from ctai.cli import importing, main
from ctai.domain.arrivals import Arrival
from ctai.models.activities import Activity, ActivityCell, ActivityText
from ctai.models.people import User
from ctai.services.set_password import matches
from ctai.settings import ROOT
from tests.exchange.files import csv_file, need, record

COMMANDS = [
    ["init"],
    ["user"],
    ["user", "add"],
    ["user", "list"],
    ["user", "disable"],
    ["user", "enable"],
    ["user", "password"],
    ["import"],
    ["export"],
    ["gaps"],
    ["brief"],
    ["backup"],
    ["restore"],
    ["check"],
]
PASSWORD = re.compile(r"shown only this once: (\S+)")


def user(engine: Engine, name: str) -> User:
    with db.reading(engine) as session:
        return session.scalars(select(User).where(col(User.username) == name)).one()


def one_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """Give the one line of complaint; nothing else may have been said."""
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert "Traceback" not in line
    return line


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    assert "Example: python -m ctai " + command[0] in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["user"],
        ["user", "add", "amina"],
        ["user", "add", "amina", "--role", "king"],
        ["import"],
        ["export", "--out", "x.csv"],
        ["export", "--to", "pdf", "--out", "x"],
        ["gaps", "--out", "x", "--level", "galaxy"],
        ["brief", "--out", "x", "--audience", "press"],
        ["brief", "--out", "x", "--lang", "tlh"],
        ["brief", "--out", "x", "--to", "odt"],
        ["brief", "--out", "x", "--again", "first"],
    ],
    ids=" ".join,
)
def test_bad_arguments_are_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "--help" in one_sentence(capsys)


def test_init_makes_one_administrator_and_repeats_without_a_change(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"]) == 0
    said = capsys.readouterr().out
    password = PASSWORD.findall(said)
    engine = db.make_engine(f"sqlite:///{empty}")
    assert len(password) == 1
    assert matches(password[0], user(engine, "administrator").password_hash)
    before = dump(empty)
    assert main(["init"]) == 0
    said = capsys.readouterr().out
    assert "Rows added: 0." in said
    assert not PASSWORD.search(said)
    assert dump(empty) == before
    engine.dispose()


def dump(file: Path) -> list[str]:
    connection = sqlite3.connect(file)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_init_keeps_what_somebody_edited(own: Engine) -> None:
    with db.transaction(own) as session:
        text = session.scalars(select(ActivityText).order_by(col(ActivityText.activity_id))).first()
        assert text is not None
        text.title = "Edited"
    before = dump(Path(str(own.url.database)))
    assert main(["init"]) == 0
    assert dump(Path(str(own.url.database))) == before


def test_two_starts_at_once_make_one_installation(empty: Path) -> None:
    starts = [start("init") for _ in range(2)]
    said = [process.communicate(timeout=120) for process in starts]
    assert [process.returncode for process in starts] == [0, 0], said
    assert sum(bool(PASSWORD.search(out)) for out, _ in said) == 1


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ctai", *arguments],
        cwd=ROOT,
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_runs_as_a_programme(own: Engine) -> None:
    said, complaint = start("user", "list").communicate(timeout=60)
    assert complaint == ""
    assert said.splitlines()[1].split("\t")[:2] == ["administrator", "administrator"]


def test_user_add_shows_the_password_it_makes(
    own: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["user", "add", "Amina", "--role", "desk_officer", "--country", "nga"]
    assert main([*arguments, "--country", "BFA"]) == 0
    (password,) = PASSWORD.findall(capsys.readouterr().out)
    assert matches(password, user(own, "amina").password_hash)
    assert main(["user", "list"]) == 0
    assert "amina\tdesk_officer\tBFA; NGA\t" in capsys.readouterr().out


def test_a_password_from_standard_input_is_not_repeated(
    own: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    focal = ["user", "add", "li", "--role", "focal_point", "--entity", "UNODC"]
    assert main([*focal, "--password-stdin"]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("another long password\r\n"))
    assert main(["user", "password", "li", "--password-stdin"]) == 0
    said = capsys.readouterr()
    assert said.out + said.err == ""
    assert matches("another long password", user(own, "li").password_hash)


def test_user_password_makes_a_new_one(own: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "password", "administrator"]) == 0
    (password,) = PASSWORD.findall(capsys.readouterr().out)
    assert matches(password, user(own, "administrator").password_hash)


def test_an_account_is_disabled_and_enabled(own: Engine) -> None:
    assert main(["user", "add", "amina", "--role", "viewer"]) == 0
    assert main(["user", "disable", "amina"]) == 0
    assert not user(own, "amina").active
    assert main(["user", "enable", "amina"]) == 0
    assert user(own, "amina").active


@pytest.mark.parametrize(
    "arguments",
    [
        ["user", "add", "amina", "--role", "desk_officer"],
        ["user", "add", "amina", "--role", "desk_officer", "--country", "XXX"],
        ["user", "add", "administrator", "--role", "viewer"],
        ["user", "disable", "nobody"],
        ["user", "disable", "administrator"],
        ["user", "password", "nobody"],
        ["import", "missing.csv"],
        ["import", "."],
        ["export", "--to", "csv", "--out", "x.csv", "--country", "XXX"],
        ["export", "--to", "csv", "--out", "x.csv", "--what", "needs", "--status", "ongoing"],
        ["export", "--to", "csv", "--out", "no/such/folder/x.csv"],
        ["gaps", "--out", "x.csv", "--country", "Nigeria"],
        ["brief", "--out", "x.csv", "--country", "Nigeria"],
        ["brief", "--out", "x.csv", "--country", "XXX"],
        ["brief", "--out", "x.csv", "--pillar", "V"],
        ["brief", "--out", "x.csv", "--audience", "entity"],
        ["brief", "--out", "x.csv", "--audience", "entity", "--entity", "SPECTRE"],
        ["brief", "--out", "x.csv", "--audience", "state"],
        ["brief", "--out", "x.csv", "--as-of", "1999-12-31"],
        ["brief", "--out", "x.csv", "--as-of", "2099-12-31"],
        ["brief", "--out", "x.csv", "--as-of", "2026-06"],
        ["brief", "--out", "x.csv", "--as-of", "20260630"],
        ["brief", "--out", "x.csv", "--since", "yesterday"],
        ["brief", "--out", "x.csv", "--since", "2099-12-31"],
        ["brief", "--out", "x.csv", "--again", "7"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_sentence(
    own: Engine,
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = Path(str(own.url.database)).parent
    monkeypatch.chdir(folder)
    assert main(arguments) == 2
    one_sentence(capsys)
    assert not list(folder.glob("x.csv*"))


def told(new: int = 0, known: int = 0, refused: int = 0) -> str:
    """Give the line that says what became of a file."""
    return importing.summary(Arrival(new=new, known=known, refused=refused))


def test_import_stores_the_good_rows_and_lists_the_bad(
    own: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "new.csv"
    file.write_bytes(csv_file(record(title="New one"), record(country_iso3="XXX", budget="-1")))
    assert main(["import", str(file), "--visibility", "restricted"]) == 1
    said = capsys.readouterr()
    assert said.out == f"{told(new=1, refused=1)}\n"
    places = [line.split(" · ")[:2] for line in said.err.splitlines()]
    assert places == [["row 3", "country"], ["row 3", "amount"]]
    with db.reading(own) as session:
        assert newest(session).visibility == "restricted"


def newest(session: Session) -> Activity:
    return session.scalars(select(Activity).order_by(col(Activity.id).desc()).limit(1)).one()


def test_import_tells_needs_from_records_and_may_be_repeated(
    own: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "needs.csv"
    file.write_bytes(csv_file(need()))
    assert main(["import", str(file)]) == 0
    assert main(["import", str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        told(new=1),
        told(known=1),
    ]


def test_an_unusable_file_is_one_sentence(
    own: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "book.csv"
    file.write_bytes(b"PK\x03\x04")
    assert main(["import", str(file)]) == 2
    assert "Save it again as XLSX" in one_sentence(capsys)


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def test_export_narrows_to_what_is_asked(own: Engine, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    filters = ["--country", "BFA", "--pillar", "II", "--status", "completed", "--entity", "UNODC"]
    assert main(["export", "--to", "csv", "--out", str(out), *filters]) == 0
    rows = table(out)
    assert rows
    assert all("BFA" in row["country_iso3"] and "UNODC" in row["entity"] for row in rows)
    assert {row["status"] for row in rows} == {"completed"}


@pytest.mark.parametrize("what", ["activities", "needs", "assessments", "requests", "gaps"])
def test_every_list_is_written_to_the_screen(
    own: Engine, what: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    arguments = ["export", "--to", "csv", "--out", "-", "--what", what, "--country", "NGA"]
    assert main([*arguments, "--lang", "fr"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode("utf-8-sig"))))
    assert rows
    assert all("Nigéria" in row["country_name"] for row in rows)


@pytest.mark.parametrize(("level", "group"), [("measure", "II.10"), ("theme", "financing")])
def test_gaps_are_written_at_a_level(own: Engine, tmp_path: Path, level: str, group: str) -> None:
    out = tmp_path / "gaps.csv"
    assert main(["gaps", "--country", "NGA", "--level", level, "--out", str(out)]) == 0
    assert group in {row["group"] for row in table(out)}


def test_check_finds_nothing_wrong_in_a_new_installation(
    own: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctai.cli._catalogue_faults", lambda: iter(()))  # they have their own test
    assert main(["check"]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("o")]
    assert len(said) == 6
    assert all(line.startswith("ok ") for line in said)


def test_check_finds_what_does_not_hang_together(
    own: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(own.url.database)
    connection = sqlite3.connect(file)
    number = connection.execute("SELECT min(activity_id) FROM activity_cell").fetchone()[0]
    connection.execute("UPDATE activity_cell SET weight = 9 WHERE activity_id = ?", (number,))
    connection.execute("DELETE FROM activity_text WHERE activity_id = ?", (number,))
    connection.execute("INSERT INTO activity_country VALUES (999999, 'NGA', NULL)")
    connection.commit()
    connection.close()
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    assert "off  references between rows hold: 1" in said
    assert f"activity {number} has no text" in said
    assert f"activity {number}: " in said
    with db.reading(own) as session:
        assert session.scalars(select(col(ActivityCell.weight)).limit(1)).first() is not None


def test_check_tells_tables_of_another_version(
    own: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctai.cli._catalogue_faults", lambda: iter(()))
    connection = sqlite3.connect(str(own.url.database))
    connection.execute("ALTER TABLE activity ADD COLUMN surplus TEXT")
    connection.commit()
    connection.close()
    assert main(["check"]) == 1
    assert "off  tables are of this version: 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("sqlite:////no/such/ctai.db", "python -m ctai init"),
        ("postgresql://ctai:secret@127.0.0.1:1/ctai", "Connection refused"),
        ("oracle://db", "CTAI_DATABASE_URL"),
        ("nonsense", "CTAI_DATABASE_URL"),
        ("sqlite://", "CTAI_DATABASE_URL"),
    ],
)
@pytest.mark.parametrize("command", [["check"], ["user", "list"]], ids=" ".join)
def test_a_database_that_is_not_there_is_one_sentence(
    empty: Path,
    url: str,
    word: str,
    command: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CTAI_DATABASE_URL", url)
    assert main(command) == 2
    said = one_sentence(capsys)
    assert word in said
    assert "secret" not in said


def test_a_file_that_is_no_database_is_one_sentence(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty.write_text("a,b\n" * 300, encoding="utf-8")
    assert main(["user", "list"]) == 2
    assert "not a database" in one_sentence(capsys)
    assert main(["init"]) == 2
    assert "not a database" in one_sentence(capsys)


def test_an_empty_database_says_what_to_run(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty.touch()
    assert main(["check"]) == 2
    assert "python -m ctai init" in one_sentence(capsys)


def test_a_weak_key_is_one_sentence(
    empty: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTAI_COOKIE_KEY", "short")
    assert main(["check"]) == 2
    assert "CTAI_COOKIE_KEY" in one_sentence(capsys)


@pytest.mark.postgres
def test_init_and_check_work_on_postgresql(
    postgresql_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTAI_COOKIE_KEY", "k" * 32)
    monkeypatch.setenv("CTAI_DATABASE_URL", postgresql_url)
    monkeypatch.setattr("ctai.cli._catalogue_faults", lambda: iter(()))
    assert main(["init"]) == 0
    assert main(["init"]) == 0
    said = capsys.readouterr().out
    assert len(PASSWORD.findall(said)) == 1
    assert "Rows added: 0." in said
    assert main(["check"]) == 0


def test_a_backup_is_restored_by_the_command_line(
    own: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "all.zip"
    main(["check"])
    checked = capsys.readouterr().out
    assert main(["backup", str(place)]) == 0
    said = capsys.readouterr().out
    assert main(["restore", str(place)]) == 2
    assert "not empty" in one_sentence(capsys)
    monkeypatch.setenv("CTAI_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert main(["restore", str(place)]) == 0
    assert capsys.readouterr().out.split()[1:4] == said.split()[1:4]
    main(["check"])
    assert capsys.readouterr().out == checked
    assert "ok   references between rows hold" in checked


def test_what_is_no_backup_is_said_in_a_sentence(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["restore", str(tmp_path / "none.zip")]) == 2
    assert "none.zip" in one_sentence(capsys)
    (tmp_path / "text.zip").write_text("activity_id,title")
    assert main(["restore", str(tmp_path / "text.zip")]) == 2
    assert "text.zip" in one_sentence(capsys)
    assert not empty.exists()
