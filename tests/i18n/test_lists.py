"""Lists of names, as each language writes them."""

import pytest

from ctai.i18n import LANGUAGES, lists


@pytest.mark.parametrize(
    ("lang", "cell", "sentence"),
    [
        ("en", "A, B, C", "A, B and C"),
        ("fr", "A, B, C", "A, B et C"),
        ("zh", "A、B、C", "A、B和C"),
        ("ru", "A, B, C", "A, B и C"),
        ("es", "A, B, C", "A, B y C"),
    ],
)
def test_each_language_sets_names_apart_in_its_own_way(lang: str, cell: str, sentence: str) -> None:
    assert lists.listed(lang, "ABC") == cell
    assert lists.told(lang, "ABC") == sentence


def test_arabic_joins_its_names_with_its_own_comma_and_its_own_and() -> None:
    names = ("مالي", "النيجر", "تشاد")
    assert lists.listed("ar", names) == "مالي، النيجر، تشاد"
    assert lists.told("ar", names) == "مالي والنيجر وتشاد"
    assert lists.phrases("ar", names) == "مالي؛ النيجر؛ تشاد"


def test_codes_in_an_arabic_list_stand_apart_and_the_list_runs_from_right_to_left() -> None:
    assert lists.listed("ar", ("IOM", "UNODC")) == "\u200f\u2068IOM\u2069، \u2068UNODC\u2069"


@pytest.mark.parametrize(
    ("last", "word"),
    [("Italia", "e"), ("Irán", "e"), ("Hispania", "e"), ("Hiena", "y"), ("Malí", "y")],
)
def test_spanish_writes_e_before_the_sound_of_an_i(last: str, word: str) -> None:
    assert lists.told("es", ("Chad", last)) == f"Chad {word} {last}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_and_one_name_need_no_words_between(lang: str) -> None:
    for write in (lists.listed, lists.phrases, lists.told):
        assert write(lang, ()) == ""
        assert write(lang, ("2",)) == "2"
