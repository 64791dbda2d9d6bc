"""Isolates: texts of the other direction that leave what stands around them in its place.

Unicode Standard Annex 9, section 2.7.
"""

import re
import unicodedata

from ctai.i18n.languages import direction

FIRST_STRONG, POP = "\u2068", "\u2069"
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|[/?#])\S*")
_JOINED_DIGITS = re.compile(r"\d-\d")


def isolate(text: str) -> str:
    """Keep a text to its own direction, whichever that is."""
    return f"{FIRST_STRONG}{text}{POP}"


def isolated(lang: str, text: str) -> str:
    """Keep a text of the other direction from pulling the punctuation around it to its own side.

    An address is left bare: the marks would become part of the link.
    """
    is_rtl = direction(lang) == "rtl"
    # After an Arabic letter the parts of 2017-08-28 would stand in reverse order (rule W2).
    is_turned = holds_other(lang, text) or (is_rtl and _JOINED_DIGITS.search(text) is not None)
    if _ADDRESS.fullmatch(text) or not is_turned:
        return text
    return isolate(text)


def holds_other(lang: str, text: str) -> bool:
    """Tell whether a letter of a text runs the other way than the language."""
    other = ("L",) if direction(lang) == "rtl" else ("R", "AL")
    return any(unicodedata.bidirectional(character) in other for character in text)
