"""Answers: activities that may answer a need, and entities that may, each with its reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from ctai.domain.activities import Status
from ctai.domain.checks import LONGEST_TEXT, too_long
from ctai.domain.dates import surely_before
from ctai.domain.faults import Fault
from ctai.domain.ladder import Fit
from ctai.domain.overlap import plain
from ctai.domain.reasons import Reason
from ctai.domain.strategy import by_code

MAIN_MEASURE, OTHER_MEASURE, SAME_THEME = 40, 30, 10
"""The Strategy's measure says most of what an activity is for; the main one more than others."""
FROM_WORDS = 40
"""What titles with the same words add; titles are short and worded by different people, so that
alone they are no more than a hint."""
LIKELY_WORDS = 60.0
"""Titles at least this alike (0 to 100, token-set ratio) are named as a reason."""
LATER, MANDATED, STILL_ON = 10, 5, 5
LEAST = 40
"""Below it nothing speaks for an activity but its country."""
MOST = 10
"""Proposals that a person reads through."""

_HELPS = (Status.PLANNED, Status.ONGOING, Status.COMPLETED)


@dataclass(frozen=True)
class Lacking:
    """What a need asks for, as far as an activity can be held against it."""

    title: str
    countries: frozenset[str]
    measure: str
    evidence_date: str | None


@dataclass(frozen=True)
class Candidate:
    """An activity that may answer a need; its first measure is the main one.

    `pillars` are those that the mandates of its entities name.
    """

    activity_id: int
    titles: tuple[str, ...]
    countries: frozenset[str]
    measures: tuple[str, ...]
    entities: tuple[str, ...]
    pillars: frozenset[str]
    status: Status
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class Proposal:
    """An activity proposed as an answer; `score` is at most 100."""

    activity_id: int
    score: int
    reasons: tuple[Reason, ...]


def proposals(need: Lacking, candidates: Iterable[Candidate]) -> tuple[Proposal, ...]:
    """Pick the activities that may answer a need, best first, `MOST` at the most."""
    found = [p for c in candidates if (p := _proposal(need, c)) is not None]
    return tuple(sorted(found, key=lambda p: (-p.score, p.activity_id))[:MOST])


def _proposal(need: Lacking, candidate: Candidate) -> Proposal | None:
    """Weigh one activity; None where it can't answer the need or nothing speaks for it."""
    shared = need.countries & candidate.countries
    ended = candidate.end or (candidate.start if candidate.status is Status.COMPLETED else None)
    is_over = bool(ended and need.evidence_date and surely_before(ended, need.evidence_date))
    if not shared or candidate.status not in _HELPS or is_over:
        return None
    points = [*_from_measure(need, candidate), *_from_words(need, candidate)]
    if not points:
        return None
    where = Reason("It takes place in {countries}.", {"countries": "; ".join(sorted(shared))})
    weighed = [(0, where), *points, *_from_time(need, candidate), *_from_mandate(need, candidate)]
    score = sum(points for points, _ in weighed)
    if score < LEAST:
        return None
    return Proposal(candidate.activity_id, min(score, 100), tuple(reason for _, reason in weighed))


Points = Iterator[tuple[int, Reason]]


def _from_measure(need: Lacking, candidate: Candidate) -> Points:
    places = {"measure": need.measure}
    themes = {by_code()[code].theme for code in candidate.measures}
    if candidate.measures[:1] == (need.measure,):
        yield MAIN_MEASURE, Reason("Its main measure is the need's, {measure}.", places)
    elif need.measure in candidate.measures:
        yield OTHER_MEASURE, Reason("It also serves the need's measure, {measure}.", places)
    elif by_code()[need.measure].theme in themes:
        yield SAME_THEME, Reason("It serves a measure of the same theme.")


def _from_words(need: Lacking, candidate: Candidate) -> Points:
    words = plain(need.title)
    alike = max((fuzz.token_set_ratio(words, plain(t)) for t in candidate.titles), default=0.0)
    if alike >= LIKELY_WORDS:
        yield round(alike / 100 * FROM_WORDS), Reason("The titles have words in common.")


def _from_time(need: Lacking, candidate: Candidate) -> Points:
    begun = candidate.start
    if begun and need.evidence_date and surely_before(need.evidence_date, begun):
        yield LATER, Reason("It began after the need was found, on {date}.", {"date": begun})
    if candidate.status is not Status.COMPLETED:
        yield STILL_ON, Reason("It is planned or under way.")


def _from_mandate(need: Lacking, candidate: Candidate) -> Points:
    pillar = by_code()[need.measure].pillar.value
    if pillar in candidate.pillars:
        places = {"entities": "; ".join(candidate.entities), "pillar": pillar}
        yield MANDATED, Reason("Pillar {pillar} is in the mandate of {entities}.", places)


def decision_faults(fit: Fit | None, reason: str) -> Iterator[Fault]:
    """Refuse a decision on a link without its answer or its reason."""
    if fit is None:
        yield Fault("Say whether the activity answers the need.", "decision")
    if not reason.strip():
        yield Fault("The reason is missing. Say in a line why.", "reason")
    yield from too_long("reason", reason, LONGEST_TEXT)


@dataclass(frozen=True)
class Experience:
    """What is on record of an entity that could be asked; counts are of activities it takes part
    in."""

    entity: str
    pillars: frozenset[str]
    here: int
    elsewhere: int


@dataclass(frozen=True)
class Suggestion:
    """An entity proposed to be asked on the first rung."""

    entity: str
    score: int
    reasons: tuple[Reason, ...]


def to_ask(measure: str, known: Iterable[Experience]) -> tuple[Suggestion, ...]:
    """Pick the entities whose mandate or experience fits a measure, best first, `MOST` at most."""
    pillar = by_code()[measure].pillar.value
    found = [s for entity in known if (s := _suggestion(measure, pillar, entity)).score > 0]
    return tuple(sorted(found, key=lambda s: (-s.score, s.entity))[:MOST])


def _suggestion(measure: str, pillar: str, known: Experience) -> Suggestion:
    """Weigh one entity: what it did here counts before what it did elsewhere, then its mandate."""
    reasons = []
    if known.here:
        places = {"n": str(known.here), "measure": measure}
        reasons.append(Reason("Activities on {measure} in this country: {n}.", places))
    if known.elsewhere:
        places = {"n": str(known.elsewhere), "measure": measure}
        reasons.append(Reason("Activities on {measure} in other countries: {n}.", places))
    if pillar in known.pillars:
        reasons.append(Reason("Its mandate names pillar {pillar}.", {"pillar": pillar}))
    score = 3 * min(known.here, 5) + min(known.elsewhere, 5) + 4 * (pillar in known.pillars)
    return Suggestion(known.entity, score, tuple(reasons))
