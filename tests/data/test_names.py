"""Entities, measures and terms have a name in each language, and tell where it is from."""

import csv
import re

import pytest

from ctai.i18n import LANGUAGES
from ctai.settings import DATA

FILES = {
    "entities.csv": ("acronym", "name_"),
    "terms.csv": ("key", ""),
    "measures_i18n.csv": ("code", ""),
}
ORIGIN = re.compile(r"(read|from memory|own translation)(: [a-z]{2}(, [a-z]{2})*)?(?=;|$)")
"""How a note begins: which languages were read in a UN text, and which were not."""


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
def test_nothing_lacks_its_name_in_a_language(name: str, lang: str) -> None:
    key, prefix = FILES[name]
    assert [row[key] for row in rows(name) if not row[f"{prefix}{lang}"].strip()] == []


@pytest.mark.parametrize("name", ["entities.csv", "terms.csv"])
def test_a_note_tells_of_each_language_where_its_wording_is_from(name: str) -> None:
    key, _ = FILES[name]
    unclear = []
    for row in rows(name):
        told = [found for part in row["note"].split("; ") if (found := ORIGIN.fullmatch(part))]
        named = {code for found in told for code in re.findall(r"\b[a-z]{2}\b", found[2] or "")}
        covers_all = any(found[2] is None for found in told)
        if not told or not (covers_all or named == set(LANGUAGES)):
            unclear.append((row[key], row["note"][:80]))
    assert unclear == []
