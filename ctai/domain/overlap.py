"""Overlap: records so alike that a person should look before a second one is stored."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

LIKELY_DUPLICATE = 86.0
"""Titles at least this alike (0 to 100, token-set ratio) are shown before saving; on the embedded
records it finds re-worded titles of one event and leaves apart the phases of a programme."""


class Judgement(StrEnum):
    """What two activities that look alike are to each other."""

    DUPLICATE = "duplicate"
    """One undertaking, recorded twice: it counts once."""
    SAME_MONEY = "same_money"
    """The same money at another tier: a donor's grant and what its partner does with it."""
    COMPLEMENTARY = "complementary"
    CONFLICT = "conflict"
    """Two undertakings for the same people on the same days."""
    APART = "apart"
    """Nothing to do with each other, as a person found."""


@dataclass(frozen=True)
class Twin:
    """A stored record that a draft may repeat; `likeness` is 0 to 100."""

    activity_id: int
    title: str
    likeness: float


def plain(title: str) -> str:
    """Reduce a title to its words: no accents, no case, no punctuation."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", letters))


def likely_duplicates(title: str, stored: Iterable[tuple[int, str]]) -> tuple[Twin, ...]:
    """Pick the stored titles that a new one may repeat, most alike first, five at the most.

    Numbers must agree: phase I is not phase II, the third workshop is not the second.
    """
    words = plain(title)
    twins = [
        Twin(activity_id, other, likeness)
        for activity_id, other in stored
        if _numbers(words) == _numbers(plain(other))
        and (likeness := fuzz.token_sort_ratio(words, plain(other))) >= LIKELY_DUPLICATE
    ]
    return tuple(sorted(twins, key=lambda twin: (-twin.likeness, twin.activity_id))[:5])


def _numbers(words: str) -> frozenset[str]:
    numerals = {"i", "ii", "iii", "iv", "v", "first", "second", "third", "fourth"}
    return frozenset(word for word in words.split() if word.isdigit() or word in numerals)
