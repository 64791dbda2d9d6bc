"""Lists as a reader of each language expects them: names in a cell, and names in a sentence."""

import re
from collections.abc import Iterable

from babel.lists import format_list

from ctai.i18n.isolates import FIRST_STRONG, isolated
from ctai.i18n.languages import direction, known, locale_of

_COMMAS = {"ar": "، ", "zh": "、"}
_SEMICOLONS = {"ar": "؛ ", "zh": "；"}
_RIGHT_TO_LEFT_MARK = "\u200f"
_SOUNDS_LIKE_I = re.compile("h?[ií](?![aeo])", re.IGNORECASE)
"""Before such a name Spanish writes "e" for "y": a rule of CLDR that Babel does not read."""


def listed(lang: str, parts: Iterable[str]) -> str:
    """Write names one after the other, as a cell or a label sets them apart: A, B, C."""
    return _led(lang, _COMMAS.get(known(lang), ", ").join(_apart(lang, parts)))


def phrases(lang: str, parts: Iterable[str]) -> str:
    """Write phrases that may hold commas one after the other: A; B; C."""
    return _led(lang, _SEMICOLONS.get(known(lang), "; ").join(_apart(lang, parts)))


def told(lang: str, parts: Iterable[str]) -> str:
    """Write names as a sentence lists them, after CLDR's pattern: A, B and C."""
    words = _apart(lang, parts)
    if lang == "es" and len(words) > 1 and _SOUNDS_LIKE_I.match(words[-1]):
        return f"{listed(lang, words[:-1])} e {words[-1]}"
    return _led(lang, format_list(words, style="standard", locale=locale_of(lang)))


def _apart(lang: str, parts: Iterable[str]) -> list[str]:
    """Keep each part of another direction to itself, or its neighbours would change places."""
    return [isolated(lang, part) for part in parts]


def _led(lang: str, text: str) -> str:
    """Run a list from right to left where the language does, whatever its first part is."""
    is_mixed = direction(lang) == "rtl" and FIRST_STRONG in text
    return f"{_RIGHT_TO_LEFT_MARK}{text}" if is_mixed else text
