"""The command `brief`: the same bytes in any process, kept as issued, and opened again."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from ctai import db
from ctai.briefings import issued
from ctai.briefings.formats import FORMATS
from ctai.cli import brief, main
from ctai.domain.briefing import Audience, Issued
from ctai.domain.roles import SYSTEM, Visibility
from ctai.domain.scope import Scope
from ctai.i18n import LANGUAGES
from ctai.models.records import DataMoment
from ctai.queries import activities, briefings, codes
from ctai.services.store_activity import amend, enter
from ctai.services.store_evidence import enter_assessment
from ctai.settings import ROOT
from tests.briefings.pages import text_of
from tests.drafts import activity, assessment

THEN = "2026-06-30"
BFA = ["brief", "--country", "bfa", "--to", "pdf"]


@pytest.fixture
def old(own: Engine) -> Engine:
    """An installation whose records have been there for long."""
    with db.transaction(own) as session:
        session.execute(update(DataMoment).values(at=datetime(2026, 1, 1, tzinfo=UTC)))
    return own


def programme(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ctai", *arguments]
    return subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, check=False)


def kept(engine: Engine) -> tuple[Issued, ...]:
    with db.reading(engine) as session:
        return briefings.listed(session, SYSTEM)


def write(engine: Engine) -> None:
    with db.transaction(engine) as session:
        known = codes.known(session)
        enter(session, SYSTEM, activity("Newest course", ("BFA",), ("UNODC",)), known)


def test_a_briefing_is_written_and_kept(
    old: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bfa.pdf"
    asked = ["--lang", "ar", "--audience", "entity", "--entity", "UNODC", "--pillar", "II"]
    assert main([*BFA, *asked, "--as-of", THEN, "--since", "2026-03-31", "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert said.out == f"Written: {out}\n"
    assert said.err.splitlines()[-1] == "Kept as briefing 1."
    assert out.read_bytes().startswith(b"%PDF")
    (one,) = kept(old)
    assert (one.by, one.asked.audience, one.asked.entity) == ("system", Audience.ENTITY, "UNODC")
    assert (one.asked.lang, one.asked.scope.country, one.asked.scope.pillar) == (
        "ar",
        ("BFA",),
        ("II",),
    )
    assert (one.asked.as_of, one.asked.since) == (date(2026, 6, 30), date(2026, 3, 31))


def test_the_same_day_gives_the_same_bytes_in_another_process_after_later_writes(
    old: Engine, tmp_path: Path
) -> None:
    first, second = (
        [*BFA, "--lang", "fr", "--as-of", THEN, "--out", str(tmp_path / name)]
        for name in ("first.pdf", "second.pdf")
    )
    assert main(first) == 0
    write(old)
    assert programme(*second).returncode == 0
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()


def test_a_briefing_of_today_is_opened_again_with_the_same_bytes_after_later_writes(
    old: Engine, tmp_path: Path
) -> None:
    assert main([*BFA, "--out", str(tmp_path / "first.pdf")]) == 0
    write(old)
    assert main(["brief", "--again", "1", "--out", str(tmp_path / "again.pdf")]) == 0
    assert main([*BFA, "--out", str(tmp_path / "new.pdf")]) == 0
    first = (tmp_path / "first.pdf").read_bytes()
    assert (tmp_path / "again.pdf").read_bytes() == first
    assert "Newest course" not in text_of(first)
    assert "Newest course" in text_of((tmp_path / "new.pdf").read_bytes())
    assert len(kept(old)) == 2, "opening again issues nothing"


def test_one_that_differs_when_it_is_opened_again_is_written_and_told(
    old: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*BFA, "--audience", "public", "--out", str(tmp_path / "first.pdf")]) == 0
    with db.transaction(old) as session:
        rows = activities.streamed(session, SYSTEM, Scope(country=("BFA",)), date(2026, 7, 1), "en")
        number = int(str(next(rows)[0]))
        hidden = activity("Hidden", ("BFA",), ("UNODC",), visibility=Visibility.RESTRICTED)
        amend(session, SYSTEM, number, hidden, known=codes.known(session))
    capsys.readouterr()
    assert main(["brief", "--again", "1", "--out", str(tmp_path / "again.pdf")]) == 1
    assert "This is not what was issued on" in capsys.readouterr().err
    assert (tmp_path / "again.pdf").read_bytes() != (tmp_path / "first.pdf").read_bytes()


def test_since_the_last_is_since_the_day_of_the_last_one_issued(
    old: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "x.pdf")]
    assert main([*BFA, "--since", "last", *out]) == 2
    today = datetime.now(UTC).date().isoformat()
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"since · No briefing of this was issued for this audience as of a day before {today}. "
        "Name a day to compare with."
    )
    assert kept(old) == ()
    assert main([*BFA, "--as-of", THEN, *out]) == 0
    assert main([*BFA, "--as-of", "2026-07-31", "--audience", "public", *out]) == 0
    assert main([*BFA, "--since", "last", *out]) == 0
    assert kept(old)[0].asked.since == date(2026, 6, 30)
    assert main([*BFA, "--since", "first", *out]) == 2
    assert "“first” is not a day such as 2026-06-30." in capsys.readouterr().err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
def test_a_country_without_a_partnership_is_briefed_on_in_every_language_and_format(
    old: Engine, tmp_path: Path, lang: str, form: str
) -> None:
    out = tmp_path / f"jpn.{form}"
    assert main(["brief", "--country", "JPN", "--lang", lang, "--to", form, "--out", str(out)]) == 0
    assert out.stat().st_size > 1000
    assert kept(old)[0].asked.scope.country == ("JPN",)


def test_bytes_go_to_a_pipe_but_never_to_a_terminal(
    old: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = programme(*BFA)
    assert piped.returncode == 0
    assert piped.stdout.startswith(b"%PDF")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(BFA) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "A briefing is no text for a terminal. Name a file: --out FILE.\n"
    assert len(kept(old)) == 1


def test_a_file_that_can_not_be_written_is_one_sentence(
    old: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*BFA, "--out", str(tmp_path / "no" / "such" / "x.pdf")]) == 2
    assert "can't be used" in capsys.readouterr().err.splitlines()[-1]


def test_what_takes_long_says_what_it_is_doing(
    old: Engine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(brief, "PATIENCE_S", 0.01)
    assert main([*BFA, "--out", str(tmp_path / "slow.pdf")]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said == [issued.READING, issued.SETTING, "Kept as briefing 1."]
    monkeypatch.setattr(brief, "PATIENCE_S", timedelta(days=1).total_seconds())
    assert main([*BFA, "--out", str(tmp_path / "quick.pdf")]) == 0
    assert capsys.readouterr().err == "Kept as briefing 2.\n"


def test_a_visit_is_briefed_on_by_its_number_and_kept_with_its_countries(
    old: Engine, tmp_path: Path
) -> None:
    with db.transaction(old) as session:
        ahead = assessment("Visit to come", ("BFA",))
        number = enter_assessment(session, SYSTEM, ahead, codes.known(session))
    out = tmp_path / "visit.pdf"
    assert main(["brief", "--visit", str(number), "--out", str(out)]) == 0
    assert "Visit to come" in text_of(out.read_bytes())
    (one,) = kept(old)
    assert (one.asked.visit, one.asked.scope.country) == (number, ("BFA",))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--visit", "999999"], "There is no visit 999999"),
        (["--visit", "9" * 40], "There is no visit 9999"),
        (["--visit", "abc"], "There is no visit abc"),
        (["--country", "XXX"], "“XXX” is not a code"),
        (["--pillar", "V"], "“V” is not a code"),
        (["--audience", "entity", "--entity", "SPECTRE"], "“SPECTRE” is unknown"),
        (["--as-of", "1999-01-01"], "before the first day on record"),
        (["--as-of", "2099-01-01"], "yet to come"),
        (["--as-of", "yesterday"], "is not a day such as"),
        (["--since", "1999-01-01"], "before the first day on record"),
    ],
)
def test_what_can_not_be_given_is_refused_in_words_and_nothing_is_kept(
    old: Engine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    out = tmp_path / "none.pdf"
    assert main(["brief", *arguments, "--out", str(out)]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()
    assert kept(old) == ()


@pytest.mark.parametrize(
    ("name", "seen"), [("--lang", "tlh"), ("--audience", "press"), ("--to", "odt")]
)
def test_an_unknown_language_audience_or_format_is_refused_with_those_there_are(
    old: Engine, capsys: pytest.CaptureFixture[str], name: str, seen: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["brief", name, seen, "--out", "none.pdf"])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert seen in said
    known = {"--lang": LANGUAGES, "--audience": tuple(Audience), "--to": tuple(FORMATS)}[name]
    assert all(one in said for one in known)
    assert kept(old) == ()
