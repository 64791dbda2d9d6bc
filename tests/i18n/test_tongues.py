"""The language in which a record's text was given."""

import pytest

from ctai.i18n import tongues

ENGLISH, ARABIC, CHINESE, RUSSIAN = (
    "Border course",
    "دورة الحدود 2026",
    "边境培训班",
    "Курс границы",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [(ARABIC, "ar"), (CHINESE, "zh"), (RUSSIAN, "ru"), (ENGLISH, ""), ("2026", "")],
)
def test_letters_tell_a_language_where_one_of_ours_alone_has_them(text: str, found: str) -> None:
    assert tongues.tongue(text) == found


def test_what_a_record_states_counts_before_its_letters() -> None:
    assert tongues.tongue(ENGLISH, "fr") == "fr"
    assert tongues.sign("en", ENGLISH, "fr") == "[fr]"
    assert tongues.sign("fr", ENGLISH, "fr") == ""


def test_most_letters_count_where_scripts_are_mixed() -> None:
    assert tongues.tongue("برنامج UNODC لمراكش") == "ar"
    assert tongues.tongue("The programme of مراكش") == ""


def test_latin_letters_are_foreign_to_other_scripts_without_a_language_being_guessed() -> None:
    for lang in ("ar", "zh", "ru"):
        assert tongues.is_foreign(lang, ENGLISH)
        assert tongues.sign(lang, ENGLISH) == ""
    for lang in ("en", "fr", "es"):
        assert not tongues.is_foreign(lang, ENGLISH)
    assert not tongues.is_foreign("ar", "2026")


def test_the_first_letter_tells_the_direction() -> None:
    assert tongues.runs_left("2026 دورة (phase II)")
    assert not tongues.runs_left("Phase دورة")
    assert not tongues.runs_left("2026")
