"""Text in pieces of one direction, for formats whose readers know no isolates of Unicode."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ctai.briefings.document import Chart, Document, Quoted, Table, Text
from ctai.briefings.ledger import Figure
from ctai.i18n import dates
from ctai.i18n.languages import direction

INK, QUIET, ACCENT, RULE = "1F2A35", "5A6672", "00689D", "D5DBE1"
"""The colours of a briefing's pages, as in `briefing.typ`."""
LATIN, ARABIC, CHINESE = "Noto Sans", "Noto Sans Arabic", "Noto Sans SC"
"""The fonts that are named for the scripts."""

_LEFT, _RIGHT = "\u200e", "\u200f"
_EMBEDDED, _POP = ("\u202a", "\u202b"), "\u202c"
"""Embeddings from left to right and from right to left, which every reader of files knows."""
_JOINED = "\u2060"
"""Keeps a number of the ledger in the line of an ideograph before it."""
_ISOLATES = re.compile("[\u2066-\u2069]")
_CODE = re.compile("[A-Z]+-[A-Z0-9-]*[0-9]+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Piece:
    """Some text of one direction; a piece with an `entry` is that number of the ledger, one with a
    `link` leads to that address.

    `lang` is the language of quoted words, "" where it is not known; None is the document's.
    """

    text: str
    is_rtl: bool
    entry: int | None = None
    lang: str | None = None
    link: str = ""


def is_rtl(lang: str) -> bool:
    """Say whether a language is written from right to left."""
    return direction(lang) == "rtl"


def pieces(text: Text, rtl: bool, *, noted: bool = True) -> list[Piece]:
    """Cut a text where its direction turns; `noted` puts each figure's ledger number behind it.

    An address is a link under its host's name: whole, it would fill a column of its own.
    """
    found: list[Piece] = []
    parts: list[Piece] = []
    for part in text:
        if isinstance(part, Quoted):
            found += [*_cut(parts, rtl), *_quoted(part, rtl)]
            parts = []
        elif isinstance(part, Figure):
            parts.append(Piece(steady(part.worded, rtl), rtl))
            if noted:
                held = (
                    _JOINED if unicodedata.east_asian_width(part.worded[-1:] or "0") == "W" else ""
                )
                parts.append(Piece(_mark(rtl) + held, rtl))
                parts.append(Piece(str(part.entry), rtl, part.entry))
        elif part.startswith("http"):
            for address in part.split():
                parts += [Piece(", ", rtl)] if parts and parts[-1].link else []
                parts.append(Piece(steady(host(address), rtl), rtl, link=steady(address, rtl)))
        else:
            parts.append(Piece(unbroken(steady(part, rtl)), rtl))
    return [*found, *_cut(parts, rtl)]


def _quoted(words: Quoted, rtl: bool) -> list[Piece]:
    """Cut words of a record in their own direction, held together where that is not the text's."""
    own = words.is_rtl
    held = steady(words, own)
    if own != rtl:
        held = f"{_EMBEDDED[own]}{held}{_POP}{_mark(rtl)}"
    return _cut([Piece(held, own, lang=words.lang)], own)


def base(text: Text, rtl: bool) -> bool:
    """Tell whether a cell runs from right to left: as the words do that it quotes, if it does."""
    return text[0].is_rtl if text and isinstance(text[0], Quoted) else rtl


def host(address: str) -> str:
    """Give the name of the site that an address leads to."""
    name = f"{address}//".split("/")[2].removeprefix("www.") or address
    return name.replace(".", ".\u200b")  # where a line may break


def unbroken(words: str) -> str:
    """Keep codes of records whole at the end of a line; one that stands alone is left as typed, so
    that it is found by those who search for it.
    """
    if _CODE.fullmatch(words):
        return words
    return _CODE.sub(lambda code: code.group().replace("-", "\u2011"), words)


def shown(text: Text) -> str:
    """Give a text as wide as it stands on a page: with hosts for addresses, without numbers."""
    return "".join(
        ", ".join(map(host, part.split())) if part.startswith("http") else part
        for part in (one.worded if isinstance(one, Figure) else one for one in text)
    )


def said(text: Text) -> str:
    """Give a text as it is read, with its figures and without their numbers."""
    return "".join(part.worded if isinstance(part, Figure) else part for part in text)


def reference(found: Iterable[Text], rtl: bool) -> list[Piece]:
    """Give the first and last ledger number of a table or chart, as it stands behind the title."""
    entries = [part.entry for text in found for part in text if isinstance(part, Figure)]
    if not entries:
        return []
    first, last = min(entries), max(entries)
    words = str(first) if first == last else f"{first}–{last}"
    return [Piece(_mark(rtl), rtl), Piece(words, rtl, first)]


def title(block: Table | Chart, rtl: bool) -> list[Piece]:
    """Give the title of a table or chart, and where the ledger tells of its figures."""
    cells: Sequence[Text]
    if isinstance(block, Table):
        cells = [cell for row in block.rows for cell in row]
    else:
        cells = [series.values for series in block.series]
    return [*pieces((block.title,), rtl), *reference(cells, rtl)]


def foot(document: Document) -> str:
    """Give what stands at the foot of every page: the title, shortened, and the day."""
    day = dates.partial_date(document.lang, document.as_of)
    return f"\u2068{document.title[:90]}\u2069 · \u2068{day}\u2069"


def steady(words: str, rtl: bool) -> str:
    """Give words that XML can hold, with marks of direction in place of isolates."""
    return _NOT_XML.sub("", _ISOLATES.sub(_mark(rtl), words))


def embedded(words: str, rtl: bool) -> str:
    """Give words that read in the document's direction where nothing else says so."""
    held = steady(words, rtl)
    return f"{_EMBEDDED[True]}{held}{_POP}" if rtl else held


def ink_on(fill: str) -> str:
    """Give the colour of text, white or ink, that is read better on a ground (#RRGGBB)."""
    light = _luminance(fill.removeprefix("#"))
    dark = _luminance(INK)
    return "FFFFFF" if 1.05 / (light + 0.05) > (light + 0.05) / (dark + 0.05) else INK


def _mark(rtl: bool) -> str:
    return _RIGHT if rtl else _LEFT


def _cut(parts: list[Piece], rtl: bool) -> list[Piece]:
    turns = iter(_directions("".join(part.text for part in parts), rtl))
    found: list[Piece] = []
    for part in parts:
        words = part.text
        start, last = 0, rtl
        for at, turn in zip(range(len(words)), turns, strict=False):
            if at > start and turn != last:
                found.append(replace(part, text=words[start:at], is_rtl=last))
                start = at
            last = turn
        if words:
            found.append(replace(part, text=words[start:], is_rtl=last))
    return found


@lru_cache(maxsize=20_000)
def _directions(words: str, rtl: bool) -> tuple[bool, ...]:
    """Say of each character whether it runs right to left, after Unicode's bidi algorithm: digits
    follow the last letter, what is neutral between two letters of one direction joins them.
    """
    strong: list[bool | None] = []
    last = rtl
    for character in words:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL", "L"):
            last = kind != "L"
        strong.append(last if kind in ("R", "AL", "L", "EN", "AN", "NSM") else None)
    found: list[bool] = []
    before = rtl
    after = _next_known(strong, rtl)
    for one, following in zip(strong, after, strict=True):
        known = one if one is not None else (before if before == following else rtl)
        found.append(known)
        before = one if one is not None else before
    return tuple(found)


def _next_known(strong: list[bool | None], rtl: bool) -> list[bool]:
    found: list[bool] = []
    following = rtl
    for one in reversed(strong):
        following = following if one is None else one
        found.append(following)
    return found[::-1]


def _luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
