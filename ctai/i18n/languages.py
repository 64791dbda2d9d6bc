"""The languages of the interface: their codes, their direction, and which one suits a visitor."""

from collections.abc import Sequence
from typing import Literal

from babel import Locale

LANGUAGES: tuple[str, ...] = ("en", "fr", "ar", "zh", "ru", "es")
"""ISO 639-1 codes in the order of the language menu; the first is the language of the msgids."""

# CLDR's plain "en" is American ("August 28, 2017", "$"); the UN writes "28 August 2017", "US$".
_LOCALES = {"en": "en_001"}


class LanguageUnknown(ValueError):
    """The code is none of LANGUAGES."""


def known(lang: str) -> str:
    """The code itself; raise LanguageUnknown where it is none of LANGUAGES."""
    if lang not in LANGUAGES:
        raise LanguageUnknown(f"unknown language {lang!r}: choose one of {', '.join(LANGUAGES)}")
    return lang


def locale_of(lang: str) -> Locale:
    """The CLDR locale whose numbers, dates and names the language uses."""
    return Locale.parse(_LOCALES.get(known(lang), lang))


def direction(lang: str) -> Literal["ltr", "rtl"]:
    """The direction in which the language is written."""
    return "rtl" if locale_of(lang).text_direction == "rtl" else "ltr"


def best_language(accepted: Sequence[str] | str | None) -> str:
    """The first supported language a visitor asks for, or English.

    Takes BCP 47 tags in order of preference ("fr-CA", "ar"), one of them, or the text of an
    Accept-Language header; weights are not read, since browsers send the best first.
    """
    tags = accepted.split(",") if isinstance(accepted, str) else accepted or ()
    for tag in tags:
        code = tag.split(";")[0].strip().replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]
