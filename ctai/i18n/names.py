"""Names that come from reference files: measures, pillars, terms, countries, entities, currencies.

A name missing in a language is given in English. The files are those of data/, see its README.
"""

import csv
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from babel.numbers import get_currency_name

from ctai.i18n.languages import known, locale_of

DATA = Path(__file__).parents[2] / "data"

Names = Mapping[str, Mapping[str, str]]
"""Per code, the name in each language."""


def measure_title(lang: str, code: str) -> str:
    """The title of a measure of A/RES/60/288, "II.13"; KeyError where there is no such measure."""
    return _name(lang, _names("measures_i18n.csv", "code", ""), code)


def pillar_name(lang: str, pillar: str, *, short: bool = True) -> str:
    """The name of pillar I, II, III or IV; short ones have at most 30 characters, for axes."""
    return term(lang, f"pillar.{pillar}.{'short' if short else 'full'}")


def term(lang: str, key: str) -> str:
    """A term in the UN's wording, by its key in terms.csv; KeyError where there is none."""
    return _name(lang, _names("terms.csv", "key", ""), key)


def country_name(lang: str, iso3: str) -> str:
    """The short name of a Member State or area by ISO 3166-1 alpha-3; KeyError if unknown."""
    return _name(lang, _names("member_states.csv", "iso3", "name_"), iso3)


def country_codes() -> tuple[str, ...]:
    """The ISO 3166-1 alpha-3 codes of all that have a name here."""
    return tuple(_names("member_states.csv", "iso3", "name_"))


def region_name(lang: str, code: str) -> str:
    """The name of a region by its code in regions.csv (UN M49); KeyError if unknown."""
    return _name(lang, _names("regions.csv", "code", "name_"), code)


def entity_name(lang: str, acronym: str) -> str:
    """The full name of an entity by its acronym; the acronym itself where it is unknown."""
    names = _names("entities.csv", "acronym", "name_")
    return _name(lang, names, acronym) if acronym in names else acronym


def currency_name(lang: str, currency: str) -> str:
    """The name of an ISO 4217 currency from CLDR; the code itself where it is unknown."""
    return get_currency_name(currency, locale=locale_of(lang))


def sort_key(lang: str) -> Callable[[str], str]:
    """A key that puts names in the order a reader of the language looks them up.

    Accents, hamza and case do not count; nor does the Arabic article, as in the UN's own lists
    of Member States.
    """
    article = "ال" if known(lang) == "ar" else ""

    def key(name: str) -> str:
        letters = unicodedata.normalize("NFKD", name.strip())
        bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return bare.casefold().removeprefix(article)

    return key


def _name(lang: str, names: Names, code: str) -> str:
    in_languages = names[code]
    return in_languages.get(known(lang)) or in_languages["en"]


@lru_cache(maxsize=8)
def _names(file_name: str, code_column: str, prefix: str) -> Names:
    with (DATA / file_name).open(encoding="utf-8-sig", newline="") as file:
        return MappingProxyType(
            {
                row[code_column]: MappingProxyType(
                    {column.removeprefix(prefix): text for column, text in row.items()}
                )
                for row in csv.DictReader(file)
            }
        )
