"""Overlap: what two activities that look alike are to each other, and what tells so."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ctai.domain.activities import ActivityDraft, Identifier, OrganisationRole
from ctai.domain.reasons import Reason

PROPOSED = 5
"""Records that are shown beside one, most alike first: as many as a person reads through."""


class Judgement(StrEnum):
    """What two activities that look alike are to each other."""

    DUPLICATE = "duplicate"
    """One undertaking, recorded twice: it counts once."""
    SAME_MONEY = "same_money"
    """The same money at another tier: a donor's grant and what its partner does with it."""
    COMPLEMENTARY = "complementary"
    """Two undertakings of one kind, which may build upon each other."""
    CONFLICT = "conflict"
    """Two undertakings for the same people on the same days."""
    APART = "apart"
    """Nothing to do with each other, as a person found."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part, as its acronym, its IATI identifier or its plain name, and its IATI role."""

    name: str
    role: int


@dataclass(frozen=True, slots=True)
class Money:
    """An amount; `usd` is the same in US dollars at the dated rate, None where none is known."""

    currency: str
    amount: Decimal
    usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What of an activity tells whether it is another one; `number` is 0 for one not yet stored.

    `start` and `end` are the actual dates where known, else the planned ones. `parent` is the
    number of its programme.
    """

    number: int
    titles: tuple[str, ...]
    countries: frozenset[str] = frozenset()
    start: str | None = None
    end: str | None = None
    parties: frozenset[Party] = frozenset()
    identifiers: frozenset[Identifier] = frozenset()
    money: frozenset[Money] = frozenset()
    measures: frozenset[str] = frozenset()
    place: str = ""
    parent: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two activities that overlap: `one` is the smaller number, `score` 0 to 1, reasons in order
    of weight."""

    one: int
    other: int
    judgement: Judgement
    score: float
    reasons: tuple[Reason, ...]


def facts_of(draft: ActivityDraft, number: int = 0) -> Facts:
    """Take from an activity what tells whether it is another one."""
    return Facts(
        number=number,
        titles=tuple(text.title for text in draft.texts.values() if text.title),
        countries=draft.iso3s,
        start=draft.actual_start or draft.planned_start,
        end=draft.actual_end or draft.planned_end,
        parties=frozenset(_parties(draft)),
        identifiers=frozenset(draft.identifiers),
        money=frozenset(money_of((line.currency, line.amount) for line in draft.budget)),
        measures=frozenset(link.code for link in draft.measures),
        place=draft.place,
        parent=draft.parent_id,
        key=draft.source_key or "",
    )


def money_of(amounts: Iterable[tuple[str, Decimal]]) -> Iterator[Money]:
    """Take amounts with the dollars that they are known to be: those that are in dollars."""
    for currency, amount in amounts:
        yield Money(currency, amount, amount if currency == "USD" else None)


def parties_of(name: str, ref: str, role: OrganisationRole | int) -> Iterator[Party]:
    """Give an organisation under each of the names by which another record may call it."""
    for one in (plain(name), ref):
        if one:
            yield Party(one, int(role))


def _parties(draft: ActivityDraft) -> Iterator[Party]:
    for taking_part in draft.participants:
        yield Party(taking_part.entity, int(taking_part.role))
    for named in draft.organisations:
        yield from parties_of(named.name, named.ref, named.role)


def plain(title: str) -> str:
    """Reduce a title to its words: no accents, no case, no punctuation."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", letters))


_NUMBER_WORDS = (
    "i first premier premiere primer primera الاول الاولي первыи первая",
    "ii second deuxieme segundo segunda الثاني الثانيه второи вторая",
    "iii third troisieme tercer tercera الثالث الثالثه третии третья",
    "iv fourth quatrieme cuarto cuarta الرابع الرابعه четвертыи четвертая",
    "v fifth cinquieme quinto quinta الخامس الخامسه пятыи пятая",
    "vi sixth",
    "vii seventh",
    "viii eighth",
    "ix ninth",
    "x tenth",
)
_NUMERALS = {
    word: number for number, words in enumerate(_NUMBER_WORDS, 1) for word in words.split()
}
"""Words for numbers, as `words_of` leaves them, by what they stand for."""
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|e|eme)?")


def numbers_in(words: Iterable[str]) -> frozenset[int]:
    """Give the numbers that a title names, in figures, Roman figures or words."""
    found = set()
    for word in words:
        if word in _NUMERALS:
            found.add(_NUMERALS[word])
        elif match := _ORDINAL.fullmatch(word):
            found.add(int(match[1][:15]))
    return frozenset(found)


_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_ARTICLE = "ال"
_SHORTEST_WITH_ARTICLE = 5
_SAME_LETTERS = str.maketrans({"ة": "ه", "ى": "ي", "ـ": None})
"""Letters that Arabic writers take for each other, and the one that only stretches a word."""


def words_of(title: str) -> tuple[str, ...]:
    """Split a title into its plain words."""
    return tuple(plain(title).translate(_SAME_LETTERS).split())


def tokens_of(words: Iterable[str]) -> tuple[str, ...]:
    """Give what words can be looked up by: Chinese and its kin by two characters each, Arabic
    without the article."""
    found: list[str] = []
    for word in words:
        if _CJK.search(word):
            for part in _CJK.findall(word):
                found += [part[at : at + 2] for at in range(max(1, len(part) - 1))]
            found += [rest for rest in _CJK.sub(" ", word).split() if rest]
        elif word.startswith(_ARTICLE) and len(word) >= _SHORTEST_WITH_ARTICLE:
            found.append(word[len(_ARTICLE) :])
        else:
            found.append(word)
    return tuple(found)
