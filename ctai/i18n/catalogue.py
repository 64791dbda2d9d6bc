"""Whole English sentences become sentences of another language, with their named places filled."""

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from ctai.i18n.isolates import isolated
from ctai.i18n.languages import LANGUAGES, known, locale_of

LOCALES = Path(__file__).parent / "locales"

PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""A named place in a sentence; other braces are plain text."""


def mark(message: str) -> str:
    """The message itself: marks an English sentence that is translated later, elsewhere."""
    return message


def translate(lang: str, message: str, /, **places: object) -> str:
    """The sentence in the language, its {places} filled; English where no translation exists.

    A place without a value stays as written; None reads "not known". Raises LanguageUnknown.
    """
    # msgid "" is the header of a gettext catalogue.
    sentence = _catalogue(known(lang)).gettext(message) if message else ""
    return _filled(lang, sentence, places)


def translate_plural(lang: str, one: str, many: str, n: int, /, **places: object) -> str:
    """The form of the sentence that n asks for; {n} is the number as the language writes it.

    A place of that name stands in its stead.
    """
    sentence = _catalogue(known(lang)).ngettext(one, many, n)
    count = format_decimal(n, format="#,##0", locale=locale_of(lang))
    return _filled(lang, sentence, {"n": count, **places})


def po_file(lang: str) -> Path:
    """Where the catalogue of a language lies; English has none, its sentences are the msgids."""
    return LOCALES / lang / "LC_MESSAGES" / "ctai.po"


@cache
def _catalogue(lang: str) -> NullTranslations:
    if lang == LANGUAGES[0]:
        return NullTranslations()
    compiled = BytesIO()
    with po_file(lang).open("rb") as committed:
        write_mo(compiled, read_po(committed, locale=lang))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _filled(lang: str, sentence: str, places: dict[str, object]) -> str:
    def value(place: re.Match[str]) -> str:
        name = place[1]
        if name not in places:
            return place[0]
        given = places[name]
        return translate(lang, "not known") if given is None else isolated(lang, str(given))

    return PLACE.sub(value, sentence)
