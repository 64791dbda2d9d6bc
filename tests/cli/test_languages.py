"""The command line speaks the language of the terminal, where it is one of the six."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from ctai.cli import importing, main
from ctai.cli.language import current
from ctai.domain.arrivals import Arrival
from ctai.i18n import LANGUAGES, translate
from tests.exchange.files import csv_file, record

LOCALES = {
    "en": "en_GB.UTF-8",
    "fr": "fr_CA.UTF-8",
    "ar": "ar_EG.UTF-8",
    "zh": "zh_CN.UTF-8",
    "ru": "ru_RU.UTF-8",
    "es": "es_MX@euro",
}


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A terminal of each language."""
    monkeypatch.setenv("LC_ALL", LOCALES[request.param])
    return str(request.param)


@pytest.mark.parametrize(
    ("found", "spoken"),
    [
        ({"LC_ALL": "C", "LANG": "fr_FR"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "ru_RU.UTF-8", "LANG": "fr_FR"}, "ru"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "fr.UTF-8"}, "fr"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "en"),
    ],
)
def test_the_first_locale_that_is_set_says_the_language(
    found: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    assert current() == spoken


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ([], "Write the gap matrix as CSV."),
        (["brief"], "the language of the briefing"),
        (["user", "add"], "Add an account."),
        (["export"], "only this country, by its code; may be repeated"),
    ],
    ids=str,
)
def test_help_is_in_the_language_of_the_terminal(
    command: list[str], sentence: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    for one in (sentence, "Usage:", "Options", "show this help, and end"):
        assert "".join(translate(lang, one).split()) in "".join(said.split())


@pytest.mark.parametrize(
    ("arguments", "sentence", "places"),
    [
        (["import"], "These arguments are missing: {names}.", {"names": "FILE"}),
        (["check", "--high"], "These arguments are not known: {names}.", {"names": "--high"}),
        (["brief", "--out"], "{name} needs a value.", {"name": "--out"}),
        (
            ["brief", "--again", "first"],
            "{name}: “{seen}” is not a whole number.",
            {"name": "--again", "seen": "first"},
        ),
        (
            ["brief", "--lang", "tlh"],
            "{name}: “{seen}” is not known here. Use one of {wanted}.",
            {"name": "--lang", "seen": "tlh", "wanted": ", ".join(LANGUAGES)},
        ),
    ],
    ids=str,
)
def test_bad_arguments_are_told_in_the_language_of_the_terminal(
    arguments: list[str],
    sentence: str,
    places: dict[str, str],
    lang: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert translate(lang, sentence, **places) in said
    assert translate(lang, "See: {command}", command="").strip("\u2068\u2069 ") in said


def test_faults_of_a_file_are_told_row_by_row_in_the_language_of_the_terminal(
    own: Engine, tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "records.csv"
    file.write_bytes(csv_file(record(country_iso3="ZZZ")))
    assert main(["import", str(file)]) == 1
    said = capsys.readouterr()
    assert translate(lang, "row {numbers}", numbers="2") in said.err
    assert said.out.strip() == importing.summary(Arrival(refused=1))
    assert (lang == "en") == said.out.startswith("New:")
    assert "ZZZ" in said.err
    assert lang == "en" or " is " not in said.err


def test_what_is_refused_and_what_is_missing_is_told_in_the_language_of_the_terminal(
    empty: Path, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 2
    sentence = "There is no database at {place}. First run: {command}"
    places = {"place": str(empty), "command": "python -m ctai init"}
    assert capsys.readouterr().err.strip() == translate(lang, sentence, **places)
    monkeypatch.setenv("CTAI_ATTEMPTS", "0")
    assert main(["check"]) == 2
    sentence = "{name} is “{seen}”. Give a number above zero."
    places = {"name": "CTAI_ATTEMPTS", "seen": "0"}
    assert capsys.readouterr().err.strip() == translate(lang, sentence, **places)


def test_a_password_can_be_copied_without_marks_of_direction(
    own: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
    assert main(["user", "add", "amina", "--role", "viewer"]) == 0
    assert capsys.readouterr().out.rstrip("\n").split(" ")[-1].isascii()
