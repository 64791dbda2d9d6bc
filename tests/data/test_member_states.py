"""The list of States and regions is complete, and each code leads to the next."""

import csv
from pathlib import Path

import pycountry
import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
LANGUAGES = ("en", "fr", "es", "ar", "zh", "ru")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STATES = {row["iso3"]: row for row in rows("member_states.csv")}
REGIONS = {row["code"]: row for row in rows("regions.csv")}


def test_there_are_193_members_and_two_observers() -> None:
    kinds = [row["kind"] for row in STATES.values()]
    assert len(rows("member_states.csv")) == len(STATES) == 195
    assert kinds.count("member") == 193
    assert {code for code, row in STATES.items() if row["kind"] == "observer"} == {"PSE", "VAT"}


def test_states_are_sorted_by_code() -> None:
    assert list(STATES) == sorted(STATES)


def test_codes_are_those_of_iso_3166() -> None:
    for iso3, row in STATES.items():
        country = pycountry.countries.get(alpha_3=iso3)
        assert country is not None, iso3
        assert (row["iso2"], row["m49"]) == (country.alpha_2, country.numeric)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_there_once_in_every_language(language: str) -> None:
    for table in (STATES, REGIONS):
        names = [row[f"name_{language}"] for row in table.values()]
        assert all(name and name == name.strip() for name in names)
        assert len(set(names)) == len(names)


def test_every_name_says_where_it_is_from() -> None:
    for row in [*STATES.values(), *REGIONS.values()]:
        origin, _, languages = row["note"].partition(": ")
        assert origin in {"cldr", "un usage, from memory"}
        assert set(languages.split()) <= set(LANGUAGES)
        assert bool(languages) == (origin != "cldr")


def test_every_region_leads_to_the_world() -> None:
    assert REGIONS["001"]["parent"] == ""
    for code in {*REGIONS, *(row["region"] for row in STATES.values())}:
        seen = []
        while code != "001":
            assert code not in seen
            seen.append(code)
            code = REGIONS[code]["parent"]


def test_every_lowest_region_has_states() -> None:
    parents = {row["parent"] for row in REGIONS.values()}
    assert {row["region"] for row in STATES.values()} == REGIONS.keys() - parents


@pytest.mark.parametrize(
    ("iso3", "language", "name"),
    [
        ("PRK", "en", "Democratic People’s Republic of Korea"),
        ("TUR", "en", "Türkiye"),
        ("CIV", "fr", "Côte d’Ivoire"),
        ("BOL", "es", "Bolivia (Estado Plurinacional de)"),
        ("PSE", "ar", "دولة فلسطين"),
        ("COD", "zh", "刚果民主共和国"),
        ("RUS", "ru", "Российская Федерация"),
    ],
)
def test_names_follow_united_nations_usage(iso3: str, language: str, name: str) -> None:
    assert STATES[iso3][f"name_{language}"] == name
