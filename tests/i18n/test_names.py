"""Names come from the reference files, in the UN's wording."""

import csv
from collections.abc import Iterator

import pytest

from ctai.i18n import LANGUAGES, LanguageUnknown, names


def _rows(file_name: str) -> Iterator[dict[str, str]]:
    with (names.DATA / file_name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def test_the_47_measures_have_a_title_in_every_language() -> None:
    codes = [row["code"] for row in _rows("measures.csv")]
    assert len(codes) == 47
    assert all(names.measure_title(lang, code) for lang in LANGUAGES for code in codes)
    assert names.measure_title("fr", "II.12") == "Terrorisme et Internet"


def test_a_measure_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        names.measure_title("en", "V.1")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pillar", ["I", "II", "III", "IV"])
def test_a_short_pillar_name_fits_an_axis(lang: str, pillar: str) -> None:
    assert len(names.pillar_name(lang, pillar)) <= 30
    whole = names.pillar_name(lang, pillar, short=False)
    assert len(whole) > (10 if lang == "zh" else 20)


def test_terms_are_worded_as_the_un_words_them() -> None:
    assert [names.term(lang, "member_state") for lang in LANGUAGES] == [
        "Member State",
        "État Membre",
        "دولة عضو",
        "会员国",
        "Государство-член",
        "Estado Miembro",
    ]
    with pytest.raises(KeyError):
        names.term("en", "no.such.term")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_is_worded_in_every_language(lang: str) -> None:
    assert [row["key"] for row in _rows("terms.csv") if not row[lang]] == []


def test_countries_and_regions_have_names_in_every_language() -> None:
    assert names.country_name("en", "NGA") == "Nigeria"
    assert names.country_name("ar", "NGA") == "نيجيريا"
    for lang in LANGUAGES:
        assert all(names.country_name(lang, row["iso3"]) for row in _rows("member_states.csv"))
        assert all(names.region_name(lang, row["code"]) for row in _rows("regions.csv"))
    with pytest.raises(KeyError):
        names.country_name("en", "XXX")


def test_an_unknown_entity_is_called_by_its_acronym() -> None:
    assert names.entity_name("en", "UNOCT") == "United Nations Office of Counter-Terrorism"
    assert names.entity_name("fr", "NOBODY") == "NOBODY"


def test_a_currency_has_a_name_and_an_unknown_one_its_code() -> None:
    assert names.currency_name("fr", "EUR") == "euro"
    assert names.currency_name("fr", "XXZ") == "XXZ"


def test_accents_and_case_do_not_change_the_order() -> None:
    states = ["Zambie", "Émirats arabes unis", "érythrée", "Chine", "Estonie"]
    assert sorted(states, key=names.sort_key("fr")) == [
        "Chine",
        "Émirats arabes unis",
        "érythrée",
        "Estonie",
        "Zambie",
    ]


def test_the_arabic_article_and_hamza_do_not_change_the_order() -> None:
    states = ["بنن", "الأردن", "إثيوبيا", "تونس", "البرازيل"]
    assert sorted(states, key=names.sort_key("ar")) == [
        "إثيوبيا",
        "الأردن",
        "البرازيل",
        "بنن",
        "تونس",
    ]


def test_an_unknown_language_has_no_names() -> None:
    with pytest.raises(LanguageUnknown):
        names.term("xx", "need")
    with pytest.raises(LanguageUnknown):
        names.sort_key("xx")
