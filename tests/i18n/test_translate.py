"""Sentences are found, their places filled, and nothing a user typed can break them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.i18n import (
    LANGUAGES,
    LanguageUnknown,
    best_language,
    direction,
    mark,
    translate,
    translate_plural,
)

DAYS = ("{n} day", "{n} days")


def test_a_sentence_is_found_in_each_language() -> None:
    found = [translate(lang, "not known") for lang in LANGUAGES]
    assert found[:3] == ["not known", "non connu", "غير معروف"]
    assert len(set(found)) == len(LANGUAGES) == 6


def test_a_sentence_without_translation_stays_english() -> None:
    assert translate("ar", "A sentence nobody has written") == "A sentence nobody has written"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_sentence_is_empty_and_not_the_header_of_the_catalogue(lang: str) -> None:
    assert translate(lang, "") == ""


def test_a_marked_sentence_is_unchanged() -> None:
    assert mark("Say who asks.") == "Say who asks."


@pytest.mark.parametrize("lang", ["", "EN", "xx", "../fr"])
def test_an_unknown_language_is_refused(lang: str) -> None:
    with pytest.raises(LanguageUnknown, match="choose one of en, fr, ar"):
        translate(lang, "not known")
    with pytest.raises(LanguageUnknown):
        translate_plural(lang, *DAYS, 2)
    with pytest.raises(LanguageUnknown):
        direction(lang)


def test_places_may_bear_any_name() -> None:
    assert translate("en", "{lang}: {message}", lang="a", message="b") == "a: b"


def test_a_place_without_value_stays_visible() -> None:
    assert translate("en", "{n} of {total}", n=1) == "1 of {total}"


def test_a_missing_value_is_not_known() -> None:
    assert translate("fr", "{date}, {time} UTC", date=None, time="10:00") == "non connu, 10:00 UTC"


def test_braces_in_a_value_are_not_filled_again() -> None:
    assert translate("en", "{a} {b}", a="{b}", b="x") == "{b} x"


def test_text_of_the_other_direction_is_isolated_and_an_address_is_not() -> None:
    assert translate("ar", "{a}", a="WHO (Geneva)") == "\u2068WHO (Geneva)\u2069"
    assert translate("en", "{a}", a="طلب (1)") == "\u2068طلب (1)\u2069"
    assert translate("ar", "{a}", a="طلب") == "طلب"
    assert translate("ar", "[x]({a})", a="https://example.org/a") == "[x](https://example.org/a)"
    assert translate("ar", "[x]({a})", a="/needs?lang=ar") == "[x](/needs?lang=ar)"


@given(st.sampled_from(LANGUAGES), st.text(), st.text(), st.text())
def test_no_text_breaks_a_sentence(lang: str, sentence: str, first: str, second: str) -> None:
    translate(lang, sentence, n=first, date=second)
    shown = translate(lang, "{date}, {time} UTC", date=first, time=second)
    assert first in shown
    assert second in shown


@given(st.sampled_from(LANGUAGES), st.integers(-(2**63), 2**63), st.text())
def test_no_number_breaks_a_plural(lang: str, n: int, text: str) -> None:
    assert translate_plural(lang, *DAYS, n, where=text)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, "0 يوم"),
        (1, "يوم واحد"),
        (2, "يومان"),
        (3, "3 أيام"),
        (11, "11 يوما"),
        (100, "100 يوم"),
        (102, "102 يوم"),
        (1003, "1,003 أيام"),
    ],
)
def test_arabic_has_six_forms(n: int, expected: str) -> None:
    assert translate_plural("ar", *DAYS, n) == expected


@pytest.mark.parametrize(
    ("lang", "n", "expected"),
    [
        ("en", 0, "0 days"),
        ("en", 1, "1 day"),
        ("en", 1200, "1,200 days"),
        ("fr", 0, "0 jour"),
        ("fr", 1, "1 jour"),
        ("fr", 1200, "1\u202f200 jours"),
    ],
)
def test_plurals_count_in_the_way_of_the_language(lang: str, n: int, expected: str) -> None:
    assert translate_plural(lang, *DAYS, n) == expected


def test_arabic_runs_from_right_to_left() -> None:
    assert [lang for lang in LANGUAGES if direction(lang) == "rtl"] == ["ar"]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        (None, "en"),
        ("", "en"),
        ([], "en"),
        ("fr-CA", "fr"),
        ("ar", "ar"),
        ("AR_eg", "ar"),
        ("de", "en"),
        (["de-DE", "fr", "ar"], "fr"),
        ("de-CH, ar;q=0.8, en;q=0.5", "ar"),
        ("*", "en"),
        ("french", "en"),
    ],
)
def test_the_best_language_is_the_first_supported_one(
    accepted: list[str] | str | None, expected: str
) -> None:
    assert best_language(accepted) == expected
