"""Overlap of two activities: what speaks for it, what they are to each other, and how surely."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from ctai.domain.dates import Precision, precision
from ctai.domain.overlap import Candidate, Judgement
from ctai.domain.overlap_looked import FAMILY, OF_MONEY, Looked
from ctai.domain.reasons import Reason

ALIKE = 86.0
"""Titles at least this alike (0 to 100) may be of one undertaking; on the embedded records it finds
re-worded titles of one event and leaves apart the phases of a programme."""
NEARLY_THE_SAME = 95.0
"""Titles so alike that, of the same organisations, no date is needed to call them one."""
WORTH_A_LOOK = 72.0
"""Titles at least this alike are shown where something else speaks for it as well."""
FEWEST_WORDS = 3
"""A title of fewer words, such as “Training course”, says nothing by itself."""
LARGE_AMOUNT = Decimal(1000)
"""Smaller amounts are equal by chance."""
SHORTEST_CUT = 24
"""Identifiers are cut off by some systems; one of fewer characters may begin many others."""


@dataclass(frozen=True)
class _Seen:
    """What two activities have in common."""

    title: float
    numbers_agree: bool
    is_telling: bool
    shared: frozenset[str]
    doers: frozenset[str]
    amount: Decimal | None
    currency: str
    start: bool | None
    days: bool | None
    place: str
    measures: frozenset[str]
    crossed: str


def compare(one: Looked, other: Looked) -> Candidate | None:
    """Tell what two activities are to each other; None where nothing speaks for an overlap.

    The same whichever comes first. Parts of one programme are no overlap.
    """
    if one.facts.number > other.facts.number:
        one, other = other, one
    if _is_family(one, other):
        return None
    by_name = _by_identifier(one, other)
    title = _likeness(one, other)
    if by_name is None and title[0] < WORTH_A_LOOK and not _may_meet(one, other):
        return None
    seen = _seen(one, other, title)
    found = by_name or _by_likeness(one, other, seen)
    if found is None:
        return None
    judgement, score, first = found
    reasons = (*first, *_reasons(seen))
    numbers = (one.facts.number, other.facts.number)
    return Candidate(*numbers, judgement, round(min(score, 1.0), 4), reasons)


def _is_family(one: Looked, other: Looked) -> bool:
    if one.own & other.own:
        return False
    parents = one.facts.parent, other.facts.parent
    if one.facts.number in parents or other.facts.number in parents:
        return bool(one.facts.number and other.facts.number)
    if parents[0] is not None and parents[0] == parents[1]:
        return True
    if not (one.named or other.named):
        return False
    kinds = {kind for kind, _ in _links(one, other)}
    return bool(kinds & FAMILY) and not kinds & OF_MONEY


def _links(one: Looked, other: Looked) -> Iterator[tuple[str, str]]:
    """Give how they name each other, and by which identifier."""
    for naming, meant in ((one, other), (other, one)):
        if not naming.named:
            continue
        for value in sorted(meant.own & naming.named.keys()):
            yield naming.named[value], value


_Found = tuple[Judgement, float, tuple[Reason, ...]]


def _by_identifier(one: Looked, other: Looked) -> _Found | None:
    if same := one.own & other.own:
        why = Reason("Both have the identifier {name}.", {"name": min(same)})
        return Judgement.DUPLICATE, 1.0, (why,)
    if money := [value for kind, value in _links(one, other) if kind in OF_MONEY]:
        why = Reason("One names the other as its partner: {name}.", {"name": money[0]})
        return Judgement.SAME_MONEY, 0.97, (why,)
    if flows := one.flows & other.flows:
        name = min(flow.value for flow in flows)
        why = Reason("Both are part of the flow of money {name}.", {"name": name})
        return Judgement.SAME_MONEY, 0.95, (why,)
    return None


def _may_meet(one: Looked, other: Looked) -> bool:
    """Tell quickly whether two with different titles may have money or a place in common."""
    if one.facts.money and other.facts.money:
        return True
    return one.is_short and other.is_short and bool(one.places.keys() & other.places.keys())


def _seen(one: Looked, other: Looked, title: tuple[float, bool, bool]) -> _Seen:
    amount, currency = _same_amount(one, other)
    return _Seen(
        *title,
        one.organisations & other.organisations,
        one.doers & other.doers,
        amount,
        currency,
        _same_start(one, other),
        _same_days(one, other),
        _same_place(one, other),
        one.facts.measures & other.facts.measures,
        _crossed(one, other),
    )


def _likeness(one: Looked, other: Looked) -> tuple[float, bool, bool]:
    """Compare all titles of one with all of the other: the greatest likeness, whether the numbers
    in them agree, and whether they have enough words to say anything."""
    best = (0.0, True, False)
    for words, numbers, count in one.titles:
        for others, their_numbers, their_count in other.titles:
            alike = fuzz.ratio(words, others)
            is_telling = min(count, their_count) >= FEWEST_WORDS
            best = max(best, (alike, numbers == their_numbers, is_telling))
    return best


def _same_amount(one: Looked, other: Looked) -> tuple[Decimal | None, str]:
    """Give the largest amount that both name, in its currency or in dollars at a dated rate."""
    pairs = [(m.amount, m.currency) for m in one.facts.money & other.facts.money]
    theirs = {money.usd for money in other.facts.money if money.usd is not None}
    pairs += [(m.usd, "USD") for m in one.facts.money if m.usd is not None and m.usd in theirs]
    large = [pair for pair in pairs if pair[0] >= LARGE_AMOUNT]
    return max(large) if large else (None, "")


def _same_start(one: Looked, other: Looked) -> bool | None:
    """Tell whether both began on the same day, or in the same month as far as it is known."""
    a, b = one.facts.start, other.facts.start
    if a is None or b is None:
        return None
    shorter = min(len(a), len(b))
    return a[:shorter] == b[:shorter]


def _same_days(one: Looked, other: Looked) -> bool | None:
    """Tell whether their days can overlap; None where a start or an end is not known."""
    if one.first is None or other.first is None:
        return None
    if one.last is None or other.last is None:
        return None
    return one.first <= other.last and other.first <= one.last


def _same_place(one: Looked, other: Looked) -> str:
    """Give the first place that both name."""
    return next((name for words, name in one.places.items() if words in other.places), "")


def _crossed(one: Looked, other: Looked) -> str:
    """Name the organisation that funds one of the two and carries out or reports the other."""
    found = (one.funders & other.doers) - one.doers | (other.funders & one.doers) - other.doers
    for giver, taker in ((one, other), (other, one)):
        for name in taker.funders:
            if giver.is_reported_by((name,)) and not taker.is_reported_by((name,)):
                found |= {name}
    return min(found, default="")


def _is_cut(one: Looked, other: Looked) -> str:
    """Give the identifier by which one names the other, cut off at its end."""
    for naming, meant in ((one, other), (other, one)):
        for value, kind in sorted(naming.named.items()):
            is_long = len(value) >= SHORTEST_CUT and kind in OF_MONEY
            if is_long and any(own.startswith(value) and own != value for own in meant.own):
                return value
    return ""


def _by_likeness(one: Looked, other: Looked, seen: _Seen) -> _Found | None:
    """Judge by what they look like; conservative: only what hardly can be two is called one."""
    is_apart = seen.start is False and seen.days is not True
    alike = seen.title if seen.numbers_agree else min(seen.title, WORTH_A_LOOK)
    score = _score(seen, alike)
    if alike >= ALIKE and seen.is_telling:
        if cut := _is_cut(one, other):
            why = Reason("One names the other as its partner: {name}.", {"name": cut})
            return Judgement.SAME_MONEY, max(score, 0.95), (why,)
        if not is_apart and (seen.crossed or _is_told_twice(one, other, seen)):
            return Judgement.SAME_MONEY, score + 0.1, ()
        if _is_one(one, other, seen):
            return Judgement.DUPLICATE, score + 0.1, ()
    if seen.amount is not None and seen.crossed and not is_apart:
        return Judgement.SAME_MONEY, score, ()
    if _is_conflict(one, other, seen):
        return Judgement.CONFLICT, score, ()
    speaks = bool(seen.shared) + bool(seen.amount) + bool(seen.start) + bool(seen.place)
    if alike >= ALIKE or (alike >= WORTH_A_LOOK and speaks) or (seen.amount and seen.shared):
        return Judgement.COMPLEMENTARY, score, ()
    return None


def _is_told_twice(one: Looked, other: Looked, seen: _Seen) -> bool:
    """Tell whether two publishers begin one undertaking at the same time under the same title,
    and are not both parts of a third."""
    if not (one.own and other.own) or one.publishers & other.publishers:
        return False
    is_third = bool(one.givers & other.givers)
    return bool(seen.start) and seen.title >= NEARLY_THE_SAME and not is_third


def _is_one(one: Looked, other: Looked, seen: _Seen) -> bool:
    """Tell whether two alike titles hardly can be of two undertakings.

    Two identifiers are two undertakings to those who gave them. In two countries only an event of
    the same day, and in no two places, is one: trainings are repeated country by country.
    """
    if (one.own and other.own) or not seen.doers:
        return False
    if one.facts.place and other.facts.place and not seen.place:
        return False
    is_same = seen.title >= NEARLY_THE_SAME
    is_to_the_day = _is_to_the_day(one, other)
    if one.facts.countries != other.facts.countries:
        return is_same and bool(seen.start) and is_to_the_day
    if seen.start is None:
        return is_same
    return seen.start and (is_same or is_to_the_day)


def _is_to_the_day(one: Looked, other: Looked) -> bool:
    starts = (one.facts.start, other.facts.start)
    return all(start is not None and precision(start) is Precision.DAY for start in starts)


def _is_conflict(one: Looked, other: Looked, seen: _Seen) -> bool:
    """Tell whether two short events claim the same people: same place or measure, same days."""
    is_short = one.is_short and other.is_short
    return bool(is_short and seen.days and seen.place and seen.measures)


def _score(seen: _Seen, alike: float) -> float:
    """Weigh what two activities have in common, 0 to 1; titles weigh most."""
    points = 0.55 * alike / 100
    points += 0.1 * bool(seen.shared) + 0.12 * bool(seen.amount) + 0.05 * bool(seen.place)
    points += 0.1 * (seen.start is True) + 0.05 * (seen.days is True) + 0.03 * bool(seen.measures)
    points -= 0.12 * (seen.start is False) + 0.05 * (seen.days is False)
    return max(0.0, points)


def _reasons(seen: _Seen) -> Iterator[Reason]:
    """Say what two activities have in common, what weighs most first."""
    if seen.title >= WORTH_A_LOOK:
        yield Reason("Their titles are alike to {n} %.", {"n": str(int(seen.title))})
        if not seen.numbers_agree:
            yield Reason("The numbers in their titles differ.")
    if seen.crossed:
        yield Reason("{name} funds one and carries out the other.", {"name": seen.crossed})
    if seen.amount is not None:
        places = {"amount": f"{seen.amount:f}", "currency": seen.currency}
        yield Reason("Both name the amount {amount} {currency}.", places)
    if seen.shared:
        names = "; ".join(sorted(seen.shared))
        yield Reason("These take part in both: {entities}.", {"entities": names})
    yield from _when_and_where(seen)


def _when_and_where(seen: _Seen) -> Iterator[Reason]:
    if seen.start:
        yield Reason("They begin at the same time.")
    elif seen.days:
        yield Reason("They run at the same time.")
    elif seen.start is False:
        yield Reason("They begin at different times.")
    if seen.place:
        yield Reason("Both take place in {name}.", {"name": seen.place})
    if seen.measures:
        yield Reason("Both serve the measure {measure}.", {"measure": min(seen.measures)})
