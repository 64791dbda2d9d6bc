"""The catalogues are complete, and the command that keeps them finds every fault."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from ctai.i18n import LANGUAGES, messages
from ctai.i18n.catalogue import po_file

TRANSLATED = LANGUAGES[1:]


def _template(tmp_path: Path, source: str) -> Catalog:
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    return messages.extracted(tmp_path)


def _arabic(one: str, strings: tuple[str, ...]) -> list[str]:
    catalogue = read_po(BytesIO(messages.written("ar", Catalog())), locale="ar")
    catalogue.add((one, "{n} needs of {country}"), strings)
    return list(messages.faults("ar", catalogue))


def test_every_catalogue_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_committed_sentence_changes_its_places(lang: str) -> None:
    assert list(messages.faults(lang, messages.committed(lang))) == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_writing_a_catalogue_twice_gives_the_same_bytes(lang: str) -> None:
    once = messages.written(lang, messages.committed(lang))
    again = messages.written(lang, read_po(BytesIO(once), locale=lang))
    assert once == again
    assert b"Creation-Date" not in once
    assert once == po_file(lang).read_bytes()


def test_every_way_of_saying_a_sentence_is_collected(tmp_path: Path) -> None:
    template = _template(
        tmp_path,
        't("a")\ntn("{n} b", "{n} bs", 2)\nmark("c")\ntranslate(lang, "d")\n'
        'translate_plural(lang, "{n} e", "{n} es", 2)\nlanguage.t("f " "g")\nt(variable)\n',
    )
    assert sorted(str(message.id) for message in template if message.id) == sorted(
        ["a", "('{n} b', '{n} bs')", "c", "d", "('{n} e', '{n} es')", "f g"]
    )


def test_a_sentence_put_together_in_the_call_is_reported(tmp_path: Path) -> None:
    _template(tmp_path, 't(f"{n} needs")\nt("a" + b)\ntranslate(lang, f"{x}")\nt("fine")\n')
    assert messages.glued(tmp_path) == [
        "app.py:1: t(f'{n} needs')",
        "app.py:2: t('a' + b)",
        "app.py:3: translate(lang, f'{x}')",
    ]
    assert messages.main(["--check"], tmp_path) == 1


def test_translations_stay_and_unused_sentences_go(tmp_path: Path) -> None:
    old = Catalog(locale="fr")
    old.add("Need", "Besoin")
    old.add("Gone", "Parti")
    merged = messages.merged("fr", old, _template(tmp_path, 't("Need")\nt("New")\n'))
    assert {str(m.id): m.string for m in merged if m.id} == {"Need": "Besoin", "New": ""}
    assert list(messages.faults("fr", merged)) == ["fr: not translated: New"]


def test_a_fuzzy_sentence_is_a_fault(tmp_path: Path) -> None:
    old = Catalog(locale="fr")
    old.add("Need", "Besoin", flags=["fuzzy"])
    merged = messages.merged("fr", old, _template(tmp_path, 't("Need")\n'))
    assert list(messages.faults("fr", merged)) == ["fr: fuzzy: Need"]


def test_other_places_are_a_fault() -> None:
    catalogue = Catalog(locale="fr")
    catalogue.add("{n} of {total}", "{n} sur {totale}")
    assert list(messages.faults("fr", catalogue)) == [
        "fr: other places than in the English: {n} of {total} → {n} sur {totale}"
    ]


def test_a_form_for_one_number_only_may_say_the_number_in_words() -> None:
    alone = ("لا {country}", "واحد {country}", "اثنان {country}")
    counted = ("{n} {country}",) * 3
    assert _arabic("One need of {country}", alone + counted) == []


def test_every_plural_form_keeps_its_places() -> None:
    strings = ("{n} {country}",) * 4 + ("{country}", "{n}")
    assert len(_arabic("{n} need of {country}", strings)) == 2


def test_a_missing_plural_form_is_a_fault() -> None:
    strings = ("{n} {country}",) * 5 + ("",)
    assert _arabic("{n} need of {country}", strings) == [
        "ar: not translated: {n} need of {country}"
    ]
