"""Overlaps of a whole store: which activities are worth comparing, in near-linear time."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from ctai.domain.dates import Precision, precision
from ctai.domain.overlap import PROPOSED, Candidate, Facts, tokens_of, words_of
from ctai.domain.overlap_looked import Looked
from ctai.domain.overlap_pairs import LARGE_AMOUNT, compare

LARGEST_BLOCK = 40
"""Activities of a block that are all compared with each other; of a larger one each is compared
with `NEIGHBOURS` that began after it, so that work grows with the records and not their square."""
NEIGHBOURS = 6
RARE_WORDS = 3
"""Words of a title by which it is looked up: those that the fewest titles of its country have."""
ORGANISATIONS = 4
"""Organisations by which an activity is looked up together with its start."""
WORD_PAIRS = 4
"""Rare words that are looked up by twos as well, where each by itself is too common."""

_NOWHERE = ""

Block = list[Looked]


def candidates(stored: Sequence[Facts]) -> Iterator[Candidate]:
    """Give all overlaps of a store, each once, country by country; their order is not told.

    Memory holds one country's records made ready at a time. A pair that shares an identifier, or
    of which one names the other, is always compared; in two countries otherwise only those of one
    title and start.
    """
    named = _by_name(stored) | _abroad(stored)
    yield from named.values()
    here: defaultdict[str, list[Facts]] = defaultdict(list)
    for facts in stored:
        for iso3 in facts.countries or (_NOWHERE,):
            here[iso3].append(facts)
    for iso3 in sorted(here):
        for one, other in _pairs([Looked(facts) for facts in here.pop(iso3)]):
            both = one.facts.countries & other.facts.countries or {_NOWHERE}
            found = compare(one, other) if min(both) == iso3 else None
            if found is not None and (found.one, found.other) not in named:
                yield found


def nearest(one: Facts, stored: Iterable[Facts], limit: int = PROPOSED) -> tuple[Candidate, ...]:
    """Give the records that one may repeat or meet, most surely first; every one is compared."""
    looked = Looked(one)
    others = (Looked(facts) for facts in stored if facts.number != one.number)
    found = (compare(looked, other) for other in others)
    return tuple(sorted(filter(None, found), key=in_order)[:limit])


def in_order(found: Candidate) -> tuple[float, int, int]:
    """Put overlaps in order, the surest first."""
    return (-found.score, found.one, found.other)


def _by_name(stored: Sequence[Facts]) -> dict[tuple[int, int], Candidate]:
    """Compare those that share an identifier, and each with those that it names."""
    owners: defaultdict[str, list[Looked]] = defaultdict(list)
    naming: defaultdict[str, list[Looked]] = defaultdict(list)
    for facts in stored:
        if not facts.identifiers:
            continue
        one = Looked(facts)
        for value in one.own:
            owners[value].append(one)
        for value in one.named:
            naming[value].append(one)
    return dict(_told(owners, naming))


def _told(
    owners: Mapping[str, list[Looked]], naming: Mapping[str, list[Looked]]
) -> Iterator[tuple[tuple[int, int], Candidate]]:
    for value, own in owners.items():
        pairs = [*combinations(own, 2), *((a, b) for a in own for b in naming.get(value, ()))]
        for one, other in pairs:
            told = compare(one, other) if one.facts.number != other.facts.number else None
            if told is not None:
                yield (told.one, told.other), told


def _abroad(stored: Sequence[Facts]) -> dict[tuple[int, int], Candidate]:
    """Compare those in different countries that have a title and a start in common."""
    alike: defaultdict[int, list[Facts]] = defaultdict(list)
    for facts in stored:
        for title in facts.titles:
            alike[hash((facts.start, *sorted(words_of(title))))].append(facts)
    found: dict[tuple[int, int], Candidate] = {}
    for block in alike.values():
        for one, other in _of_block([Looked(facts) for facts in block]):
            if (
                one.facts.countries & other.facts.countries
                or one.facts.number == other.facts.number
            ):
                continue
            told = compare(one, other)
            if told is not None:
                found[told.one, told.other] = told
    return found


def _pairs(here: Sequence[Looked]) -> Iterator[tuple[Looked, Looked]]:
    """Give the pairs of a country that are worth comparing, each once."""
    blocks = _blocks(here)
    seen: set[tuple[int, int]] = set()
    for block in blocks:
        for one, other in _of_block(block):
            pair = (one.facts.number, other.facts.number)
            key = pair if pair[0] < pair[1] else (pair[1], pair[0])
            if key[0] != key[1] and key not in seen:
                seen.add(key)
                yield one, other


def _blocks(here: Sequence[Looked]) -> Iterator[Block]:
    titles = [_title_tokens(one.facts) for one in here]
    common = Counter(token for split in titles for tokens in split for token in set(tokens))
    found: defaultdict[Hashable, Block] = defaultdict(list)
    for one, split in zip(here, titles, strict=True):
        for key in {*_title_keys(split, common), *_other_keys(one)}:
            found[key].append(one)
    return (block for block in found.values() if len(block) > 1)


def _title_tokens(facts: Facts) -> list[tuple[str, ...]]:
    return [tokens_of(words_of(title)) for title in facts.titles]


def _title_keys(split: Iterable[tuple[str, ...]], common: Counter[str]) -> Iterator[Hashable]:
    """Give a title's rare words, its less rare ones by twos, and the whole of it."""
    for tokens in split:
        rare = sorted(set(tokens), key=lambda token: (common[token], token))
        yield from rare[:RARE_WORDS]
        yield from combinations(rare[:WORD_PAIRS], 2)
        yield ("whole", *sorted(tokens))


def _other_keys(one: Looked) -> Iterator[Hashable]:
    """Give the amounts, the flows of money, and who takes part and where from when on."""
    for money in one.facts.money:
        if money.amount >= LARGE_AMOUNT:
            yield ("money", money.currency, money.amount)
        if money.usd is not None and money.currency != "USD":
            yield ("money", "USD", money.usd)
    yield from one.flows
    if one.facts.start is not None:
        yield from _begun(one, one.facts.start)


def _begun(one: Looked, start: str) -> Iterator[Hashable]:
    month, first = start[:7], sorted(one.organisations)[:ORGANISATIONS]
    for pair in combinations(first, 2):
        yield (*pair, month)
    if precision(start) is Precision.DAY:
        yield from ((name, start) for name in first)
    if one.is_short:
        yield from (("place", place, month) for place in one.places)


def _of_block(block: Block) -> Iterator[tuple[Looked, Looked]]:
    if len(block) <= LARGEST_BLOCK:
        yield from combinations(block, 2)
        return
    ordered = sorted(block, key=lambda one: (one.facts.start or "", one.facts.number))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            yield one, other
