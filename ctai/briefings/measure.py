"""How much room words take: estimated, since who reads a file may have other fonts than we."""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import ceil

from ctai.briefings.document import Table
from ctai.briefings.pieces import shown

WIDE, BROAD, USUAL, JOINED, NARROW = 1.0, 0.72, 0.57, 0.47, 0.32
"""The width of characters as a share of their size: Chinese, capitals, letters, those of Arabic,
thin ones."""
LINE, TALL_LINE = 1.36, 1.6
"""The height of a line as a share of its letters; Arabic needs more room."""
GIVEN = 0.8
"""How much of what a column has beyond its longest word it gives to columns that have less."""
UNBROKEN = 16
"""A word of more characters is a code or an address and may be broken."""
THIN = frozenset(" .,;:'’|!()[]ijlIftr·/-")


def width(words: str, size: float) -> float:
    """Estimate how wide a line of words is, in the unit of its letters' size."""
    return size * _shares(words)


def lines(words: str, room: float, size: float) -> int:
    """Estimate how many lines words take in a room as wide; what has no space is broken."""
    found = 0
    for line in words.split("\n"):
        found += 1
        left = room
        for word in line.split(" "):
            wide = width(word + " ", size)
            if wide <= left:
                left -= wide
            elif wide <= room:
                found, left = found + 1, room - wide
            else:
                rest = wide - left if left == room else wide
                more = ceil(rest / room)
                found, left = found + more, room - (rest - (more - 1) * room)
    return found


def height(words: str, room: float, size: float) -> float:
    """Estimate how tall words are that are broken into lines."""
    return lines(words, room, size) * leading(words, size)


def leading(words: str, size: float) -> float:
    """Give the height of a line of words."""
    tall = not words.isascii() and any(unicodedata.bidirectional(one) == "AL" for one in words)
    return size * (TALL_LINE if tall else LINE)


def fitted(table: Table, whole: int, size: float, padding: int) -> list[int]:
    """Share a table's width out: half as its columns ask and half by how long their texts are,
    but so that few words are broken. Columns that ask for the same get the same.
    """
    asked = shares([column.width for column in table.columns], whole)
    texts = [
        [column.label, *(shown(row[x]) for row in table.rows)]
        for x, column in enumerate(table.columns)
    ]
    mean = [1 + sum(map(len, column)) / len(column) for column in texts]
    alike = [[m for w, m in zip(asked, mean, strict=True) if abs(w - one) < 2] for one in asked]
    long = shares([sum(means) / len(means) for means in alike], whole)
    wanted = [(one + other) / 2 for one, other in zip(asked, long, strict=True)]
    needed = [min(padding + size * 1.22 * longest(column), whole / 4) for column in texts]
    lacking = sum(max(0.0, need - want) for need, want in zip(needed, wanted, strict=True))
    spare = sum(max(0.0, want - need) for need, want in zip(needed, wanted, strict=True))
    share = min(lacking, spare * GIVEN)
    return shares(
        [
            want + (need - want) * share / (lacking if need > want else spare)
            if need != want and share
            else want
            for need, want in zip(needed, wanted, strict=True)
        ],
        whole,
    )


def shares(widths: Sequence[float], whole: int) -> list[int]:
    """Share a width out in whole units, so that nothing is left."""
    total = sum(widths)
    edges = [round(whole * sum(widths[:at]) / total) for at in range(len(widths) + 1)]
    return [after - before for before, after in pairwise(edges)]


def longest(texts: Sequence[str]) -> float:
    """Give the width of the longest word that one would not like to see broken: a host among them
    (few programs break a link well), no address, no ideographs.
    """
    words = {word for text in texts for word in text.split()}
    return max((width(word, 1) for word in words if _is_whole(word)), default=0.0)


def _is_whole(word: str) -> bool:
    return "\u200b" in word or (len(word) <= UNBROKEN and "/" not in word)


@lru_cache(maxsize=20_000)
def _shares(words: str) -> float:
    return sum(map(_share, words))


@cache
def _share(character: str) -> float:
    if character in THIN:
        return NARROW
    if unicodedata.category(character) in ("Mn", "Cf", "Me"):
        return 0.0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return WIDE
    if unicodedata.bidirectional(character) == "AL":
        return JOINED
    return BROAD if character.isupper() or character in "mwMW%—" else USUAL
