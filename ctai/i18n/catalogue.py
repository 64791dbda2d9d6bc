"""Whole English sentences become sentences of another language, with their named places filled."""

import re
import unicodedata
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from ctai.i18n.languages import LANGUAGES, direction, known, locale_of

LOCALES = Path(__file__).parent / "locales"

PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""A named place in a sentence; other braces are plain text."""

_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|[/?#])\S*")
_JOINED_DIGITS = re.compile(r"\d-\d")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


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
        return translate(lang, "not known") if given is None else _isolated(lang, str(given))

    return PLACE.sub(value, sentence)


def _isolated(lang: str, text: str) -> str:
    """Keep text of the other direction from pulling the punctuation around it to its own side.

    Unicode Technical Report 9, section 2.7. An address is left bare: the marks would become
    part of the link.
    """
    is_rtl = direction(lang) == "rtl"
    other = ("L",) if is_rtl else ("R", "AL")
    is_turned = any(unicodedata.bidirectional(c) in other for c in text)
    # After an Arabic letter the parts of 2017-08-28 would stand in reverse order (rule W2).
    is_turned = is_turned or (is_rtl and _JOINED_DIGITS.search(text) is not None)
    if _ADDRESS.fullmatch(text) or not is_turned:
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
