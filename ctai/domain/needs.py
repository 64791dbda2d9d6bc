"""Needs, the assessments and requests that are their evidence, and the checks each must pass."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ctai.domain.activities import Basis, Known, SourceRef, Status
from ctai.domain.checks import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    bad_date,
    source_faults,
    too_long,
    unknown_country,
    unknown_entity,
    unknown_measure,
)
from ctai.domain.dates import is_partial_date, surely_before
from ctai.domain.faults import Fault
from ctai.domain.roles import Visibility


class NeedState(StrEnum):
    """What is known of a need, as of its source's date or the day somebody moved it."""

    OPEN = "open"
    BEING_ANSWERED = "being_answered"
    PARTLY_ADDRESSED = "partly_addressed"
    ADDRESSED = "addressed"
    WITHDRAWN = "withdrawn"


UNMET_STATES = (NeedState.OPEN, NeedState.BEING_ANSWERED, NeedState.PARTLY_ADDRESSED)
"""States in which something is still lacking."""


class EvidenceKind(StrEnum):
    """What says that a need exists; without one there is no need, only an opinion."""

    ASSESSMENT = "assessment"
    RATING = "rating"
    RECOMMENDATION = "recommendation"
    REQUEST = "request"


class Severity(StrEnum):
    """How grave the source calls a need; None where it does not say."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Disclosure(StrEnum):
    """Whether a finding may be read: yes, only that it exists, not at all, or nobody has said."""

    YES = "yes"
    PARTLY = "partly"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


class Finding(StrEnum):
    """What an assessment found on a measure; `NOT_RECORDED` is not the same as no need."""

    NEED = "need"
    NO_NEED = "no_need"
    NOT_RECORDED = "not_recorded"


class Step(StrEnum):
    """A step in a State's partnership with the initiative."""

    REQUESTED = "requested"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CONCLUDED = "concluded"


@dataclass(frozen=True)
class NeedDraft:
    """A need as somebody gives it; several countries where one regional finding names them."""

    code: str
    title: str
    countries: tuple[str, ...]
    measure: str
    evidence_kind: EvidenceKind
    evidence_body: str
    evidence_title: str
    evidence_date: str | None
    evidence_ref: str = ""
    state: NeedState = NeedState.OPEN
    state_as_of: str | None = None
    severity: Severity | None = None
    wanted_by: str | None = None
    disclosed: Disclosure = Disclosure.YES
    visibility: Visibility = Visibility.PUBLIC
    basis: Basis = Basis.INFERRED
    sources: tuple[SourceRef, ...] = ()
    note: str = ""
    country_codes: tuple[str, ...] = ()
    """The need's code in each country, where a file numbers a regional finding once per country."""

    @property
    def iso3s(self) -> frozenset[str]:
        """Give the countries' codes."""
        return frozenset(self.countries)


def need_faults(draft: NeedDraft, known: Known) -> tuple[Fault, ...]:
    """List every reason not to store a need."""
    return (
        *_need_text_faults(draft),
        *_countries(draft.countries, known),
        *unknown_measure(draft.measure, known.measures),
        *bad_date("evidence_date", draft.evidence_date),
        *bad_date("state_as_of", draft.state_as_of),
        *bad_date("wanted_by", draft.wanted_by),
        *source_faults(draft.sources),
    )


def _need_text_faults(draft: NeedDraft) -> Iterator[Fault]:
    if not draft.code.strip():
        yield Fault("The need has no code. Give one, such as N-NGA-001.", "need_id")
    if not draft.title.strip():
        yield Fault("The need has no title. Say in one line what is needed.", "title")
    if not draft.evidence_body.strip():
        yield Fault("The evidence is missing. Name the body that found the need.", "evidence_body")
    for column in ("code", "title", "evidence_body", "evidence_title", "evidence_ref"):
        yield from too_long(column, getattr(draft, column), LONGEST_TITLE)
    yield from too_long("note", draft.note, LONGEST_TEXT)


def _countries(countries: tuple[str, ...], known: Known) -> Iterator[Fault]:
    if not countries:
        yield Fault("The country is missing. Choose at least one Member State.", "country")
    for iso3 in countries:
        yield from unknown_country(iso3, known.countries)
    if len(set(countries)) < len(countries):
        yield Fault("A country is named twice. Name each country once.", "country")


@dataclass(frozen=True)
class AssessmentPart:
    """A dated part of an assessment, such as the online and the on-site half of a visit."""

    start: str | None
    end: str | None = None
    place: str = ""


@dataclass(frozen=True)
class LookedAt:
    """A measure that an assessment looked at, and what it found there."""

    measure: str
    finding: Finding = Finding.NOT_RECORDED
    basis: Basis = Basis.INFERRED


@dataclass(frozen=True)
class FollowUp:
    """What is due after an assessment, by when, and since when it is done."""

    what: str
    due: str | None
    done_on: str | None = None


@dataclass(frozen=True)
class AssessmentDraft:
    """An assessment as somebody gives it."""

    title: str
    lead: str
    countries: tuple[str, ...]
    measures: tuple[LookedAt, ...]
    parts: tuple[AssessmentPart, ...] = ()
    joining: tuple[str, ...] = ()
    status: Status = Status.COMPLETED
    findings: str = ""
    disclosed: Disclosure = Disclosure.UNKNOWN
    follow_ups: tuple[FollowUp, ...] = ()
    visibility: Visibility = Visibility.PUBLIC
    sources: tuple[SourceRef, ...] = ()
    source_key: str | None = None
    note: str = ""


def assessment_faults(draft: AssessmentDraft, known: Known) -> tuple[Fault, ...]:
    """List every reason not to store an assessment."""
    return (
        *_titled(draft.title),
        *too_long("findings", draft.findings, LONGEST_TEXT),
        *too_long("note", draft.note, LONGEST_TEXT),
        *(f for part in draft.parts for f in too_long("place", part.place, LONGEST_TEXT)),
        *(f for due in draft.follow_ups for f in too_long("follow_up", due.what, LONGEST_TEXT)),
        *_countries(draft.countries, known),
        *(f for entity in (draft.lead, *draft.joining) for f in _entity(entity, known)),
        *_joining(draft.joining),
        *_looked_at(draft.measures, known),
        *(f for part in draft.parts for f in _part_faults(part)),
        *(f for follow_up in draft.follow_ups for f in bad_date("due", follow_up.due)),
        *(f for follow_up in draft.follow_ups for f in bad_date("done_on", follow_up.done_on)),
        *source_faults(draft.sources),
    )


def _titled(title: str) -> Iterator[Fault]:
    if not title.strip():
        yield Fault("The title is missing. Say in one line what is done.", "title")
    yield from too_long("title", title, LONGEST_TITLE)


def _entity(acronym: str, known: Known) -> Iterator[Fault]:
    yield from unknown_entity(acronym, known.entities)


def _joining(joining: tuple[str, ...]) -> Iterator[Fault]:
    if len(set(joining)) < len(joining):
        yield Fault("An entity has the same role twice. Name it once in each role.", "entity")


def _looked_at(links: tuple[LookedAt, ...], known: Known) -> Iterator[Fault]:
    for link in links:
        yield from unknown_measure(link.measure, known.measures)
    if len({link.measure for link in links}) < len(links):
        yield Fault("A measure is named twice. Name each measure once.", "measure")


def _part_faults(part: AssessmentPart) -> Iterator[Fault]:
    bad = [*bad_date("start_date", part.start), *bad_date("end_date", part.end)]
    yield from bad
    if part.start and part.end and not bad and surely_before(part.end, part.start):
        yield Fault(
            "The end, {seen}, is before the start, {wanted}. Correct one of the two.",
            "end_date",
            {"seen": part.end, "wanted": part.start},
        )


@dataclass(frozen=True)
class RequestDraft:
    """A Member State's request for assistance, and the answer to it where there is one."""

    country: str
    what: str
    authority: str
    requested_on: str | None
    addressed_to: str
    measure: str
    status: Status = Status.REQUESTED
    answered_on: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    sources: tuple[SourceRef, ...] = ()
    source_key: str | None = None
    note: str = ""


def request_faults(draft: RequestDraft, known: Known) -> tuple[Fault, ...]:
    """List every reason not to store a request."""
    return (
        *_titled(draft.what),
        *_countries((draft.country,), known),
        *too_long("authority", draft.authority, LONGEST_TITLE),
        *too_long("note", draft.note, LONGEST_TEXT),
        *unknown_entity(draft.addressed_to, known.entities),
        *unknown_measure(draft.measure, known.measures),
        *bad_date("requested_on", draft.requested_on),
        *bad_date("answered_on", draft.answered_on),
        *_answer_faults(draft),
        *source_faults(draft.sources),
    )


def _answer_faults(draft: RequestDraft) -> Iterator[Fault]:
    asked, answered = draft.requested_on, draft.answered_on
    dates = [day for day in (asked, answered) if day and is_partial_date(day)]
    if len(dates) == 2 and surely_before(dates[1], dates[0]):
        yield Fault(
            "The answer, {seen}, is before the request, {wanted}. Correct one of the two.",
            "answered_on",
            {"seen": dates[1], "wanted": dates[0]},
        )
