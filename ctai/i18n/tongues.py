"""The language in which a record's text was given: as it is stated, else as its letters tell."""

import unicodedata
from collections import Counter

from ctai.i18n.catalogue import mark

_SCRIPTS = {"ARABIC": "ar", "CJK": "zh", "CYRILLIC": "ru", "LATIN": ""}
"""What each script tells; Latin letters are those of several languages."""
_OWN = {"ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC"}


AS_GIVEN = mark(
    "Titles stand in the language in which they were given; a code such as [fr] says which."
)


def tongue(text: str, stated: str = "") -> str:
    """Give the language of a text by its code; "" where nobody says and its letters do not tell."""
    return stated or _SCRIPTS.get(_script(text), "")


def is_foreign(lang: str, text: str, stated: str = "") -> bool:
    """Tell whether a text is surely not in a reader's language."""
    if stated:
        return stated != lang
    script = _script(text)
    return script in _SCRIPTS and script != _OWN.get(lang, "LATIN")


def sign(lang: str, text: str, stated: str = "") -> str:
    """Give what marks a text as untranslated, such as [fr]; "" where none is needed or known."""
    code = tongue(text, stated)
    return f"[{code}]" if code and is_foreign(lang, text, stated) else ""


def runs_left(text: str) -> bool:
    """Tell whether a text is written from right to left: its first letter says so."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def _script(text: str) -> str:
    """Name the script of most of a text's letters; "" where it has none."""
    if text.isascii():
        return "LATIN" if any(map(str.isalpha, text)) else ""
    names = (unicodedata.name(one, "").partition(" ")[0] for one in text if one.isalpha())
    (most, _), *_ = Counter(name for name in names).most_common(1) or [("", 0)]
    return most
