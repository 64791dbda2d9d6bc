"""The writer: whole sentences in the reader's language, whose numbers are figures of the ledger."""

import re
from datetime import date

from ctai.briefings.document import Quoted, Text
from ctai.briefings.ledger import Figure, Ledger, Unfounded
from ctai.i18n import dates, lists, names, translate, translate_plural
from ctai.i18n.isolates import FIRST_STRONG, POP, holds_other
from ctai.i18n.tongues import is_foreign, sign, tongue

_FIRST_MARK = 0xE000
"""Figures stand as private-use characters while a sentence is put together; a record's own, which
no font has, are left out."""
_MARK = re.compile("[\ue000-\uf8ff]")
_DIGIT = re.compile(r"\d")


class Words(str):
    """Words of a record, a date or a code: their digits are not figures of ours."""

    __slots__ = ()


class Writer:
    """Writes a briefing's sentences; a number may only enter one as a figure of the ledger."""

    def __init__(self, lang: str) -> None:
        """Begin a briefing in a language."""
        self.lang = lang
        self.ledger = Ledger(lang)

    def t(self, message: str, /, **places: object) -> Text:
        """Write a sentence; Unfounded where a place holds a number that is no figure."""
        marked, figures = _marked(places)
        return _pieces(translate(self.lang, message, **marked), figures)

    def tn(self, one: str, many: str, n: Figure, /, **places: object) -> Text:
        """Write the form of a sentence that a count asks for; {n} is the count."""
        marked, figures = _marked({"n": n, **places})
        return _pieces(translate_plural(self.lang, one, many, int(n.value), **marked), figures)

    def say(self, message: str, /, **places: object) -> str:
        """Write a heading or a label, in which no figure stands."""
        marked, figures = _marked(places)
        if figures:
            raise Unfounded(f"{message}: a heading holds no figure")
        return translate(self.lang, message, **marked)

    def given(self, words: str, stated: str | None = None) -> Text:
        """Write words of a record as they were given: marked, where they are of another language
        than the reader's; `stated` is the code of theirs where the record tells it.
        """
        stated = stated or ""
        if not is_foreign(self.lang, words, stated):
            return (str(words),)
        code = sign(self.lang, words, stated)
        mark = (f" {FIRST_STRONG}{code}{POP}",) if code else ()
        return (Quoted(words, tongue(words, stated)), *mark)

    def date(self, iso: str | date | None) -> Words:
        """Write a date as precisely as it is known."""
        text = iso.isoformat() if isinstance(iso, date) else iso
        return Words(dates.partial_date(self.lang, text))

    def country(self, iso3: str) -> Words:
        """Name a country."""
        return Words(names.country_name(self.lang, iso3))

    def countries(self, codes: str) -> Words:
        """Name the countries of a list of codes joined by "; "."""
        found = (names.country_name(self.lang, iso3) for iso3 in codes.split("; ") if iso3)
        return Words(lists.listed(self.lang, found))

    def codes(self, joined: str) -> Words:
        """Write a list of codes joined by "; "."""
        return Words(lists.listed(self.lang, joined.split("; ")))

    def measure(self, code: str) -> Words:
        """Name a measure with its code."""
        return Words(f"{code} {names.measure_title(self.lang, code)}")

    def pillar(self, code: str) -> Words:
        """Name a pillar with its number."""
        return Words(f"{code} · {names.pillar_name(self.lang, code)}")


def _quote(text: Text) -> list[str | Figure]:
    """Keep words that run the other way from turning the sentence around them."""
    return [FIRST_STRONG, *text, POP] if any(map(_may_turn, text)) else [*text]


def _may_turn(one: str | Figure) -> bool:
    return isinstance(one, str) and (isinstance(one, Quoted) or holds_other("en", one))


def of(*parts: str | Figure) -> Text:
    """Put a cell together: words of records, and figures."""
    return tuple(str(part) if isinstance(part, str) else part for part in parts)


def _marked(places: dict[str, object]) -> tuple[dict[str, object], list[Text]]:
    marked: dict[str, object] = {}
    figures: list[Text] = []
    for name, value in places.items():
        if isinstance(value, Figure | tuple):
            marked[name] = chr(_FIRST_MARK + len(figures))
            figures.append(value if isinstance(value, tuple) else (value,))
        elif isinstance(value, Words) or value is None:
            marked[name] = None if value is None else _MARK.sub("", str(value))
        elif isinstance(value, str) and not _DIGIT.search(value):
            marked[name] = _MARK.sub("", value)
        else:
            raise Unfounded(f"{name}={value!r}: a number of a sentence must be a figure")
    return marked, figures


def _pieces(sentence: str, figures: list[Text]) -> Text:
    pieces: list[str | Figure] = []
    at = 0
    for found in _MARK.finditer(sentence):
        pieces += [sentence[at : found.start()], *_quote(figures[ord(found.group()) - _FIRST_MARK])]
        at = found.end()
    return tuple(piece for piece in (*pieces, sentence[at:]) if piece != "")
