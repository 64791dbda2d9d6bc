"""Assessments: a look at a State's capacities, what it found, and the checks it must pass."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from ctai.domain.activities import Basis, Known, SourceRef, Status
from ctai.domain.checks import (
    LONGEST_TEXT,
    bad_date,
    source_faults,
    too_long,
    unknown_entity,
    unknown_language,
    unknown_measure,
)
from ctai.domain.dates import is_partial_date, last_day, surely_before
from ctai.domain.evidence import (
    Disclosure,
    Finding,
    Severity,
    country_faults,
    title_faults,
)
from ctai.domain.faults import Fault, shown
from ctai.domain.roles import Visibility


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
class AssessmentFinding:
    """One thing that an assessment found; `finding_id` is its number once it is stored.

    A withheld finding has no text here: that it exists is all that is recorded.
    """

    measure: str
    text: str
    severity: Severity | None = None
    disclosed: Disclosure = Disclosure.UNKNOWN
    finding_id: int | None = None


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
    discoveries: tuple[AssessmentFinding, ...] = ()
    language: str | None = None
    """In which its texts were written, by its code; None where nobody has said."""

    @property
    def entities(self) -> frozenset[str]:
        """Give the acronyms of all who take part."""
        return frozenset({self.lead, *self.joining})

    @property
    def looked_at(self) -> tuple[LookedAt, ...]:
        """Give the measures, with those on which there is a finding and nothing else is said."""
        named = {link.measure for link in self.measures}
        found = dict.fromkeys(d.measure for d in self.discoveries if d.measure not in named)
        return (*self.measures, *(LookedAt(m, Finding.NEED, Basis.CONFIRMED) for m in found))

    @property
    def newest_date(self) -> str | None:
        """Give the date of the part that ends last; None where no part has a date."""
        dates = [day for part in self.parts if (day := part.end or part.start)]
        return max(dates, key=last_day, default=None)


def assessment_faults(draft: AssessmentDraft, known: Known) -> tuple[Fault, ...]:
    """List every reason not to store an assessment."""
    return (
        *title_faults(draft.title),
        *unknown_language("language", draft.language),
        *too_long("findings", draft.findings, LONGEST_TEXT),
        *too_long("note", draft.note, LONGEST_TEXT),
        *(f for part in draft.parts for f in too_long("place", part.place, LONGEST_TEXT)),
        *country_faults(draft.countries, known),
        *(f for e in (draft.lead, *draft.joining) for f in unknown_entity(e, known.entities)),
        *_joining(draft),
        *_looked_at(draft.measures, known),
        *(f for part in draft.parts for f in _part_faults(part)),
        *_withheld_text(draft.disclosed, draft.findings, "findings"),
        *_discovery_faults(draft.discoveries, known),
        *_follow_up_faults(draft),
        *source_faults(draft.sources),
    )


def _joining(draft: AssessmentDraft) -> Iterator[Fault]:
    if len(set(draft.joining)) < len(draft.joining):
        yield Fault("An entity has the same role twice. Name it once in each role.", "entity")
    if draft.lead and draft.lead in draft.joining:
        yield Fault(
            "{seen} leads and can't join as well. Remove it from one of the two.",
            "entity",
            {"seen": shown(draft.lead)},
        )


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


def _withheld_text(disclosed: Disclosure, text: str, column: str) -> Iterator[Fault]:
    if disclosed is Disclosure.WITHHELD and text.strip():
        yield Fault(
            "“{seen}” is marked as withheld, and what is withheld is not kept here. "
            "Remove the text, or say that it exists and is not public.",
            column,
            {"seen": shown(text)},
        )


def _discovery_faults(found: tuple[AssessmentFinding, ...], known: Known) -> Iterator[Fault]:
    for number, one in enumerate(found, start=1):
        if not one.text.strip() and one.disclosed is not Disclosure.WITHHELD:
            yield Fault(
                "Finding {seen} says nothing. Write what was found, mark it as withheld, "
                "or remove the row.",
                "discoveries",
                {"seen": str(number)},
            )
        yield from _withheld_text(one.disclosed, one.text, "discoveries")
        yield from too_long("discoveries", one.text, LONGEST_TEXT)
        yield from unknown_measure(one.measure, known.measures)
    kept = [one.finding_id for one in found if one.finding_id is not None]
    if len(set(kept)) < len(kept):
        yield Fault("A finding stands here twice. Remove one of the two rows.", "discoveries")


def _follow_up_faults(draft: AssessmentDraft) -> Iterator[Fault]:
    starts = [p.start for p in draft.parts if p.start and is_partial_date(p.start)]
    begun = min(starts, key=last_day, default=None)
    for number, one in enumerate(draft.follow_ups, start=1):
        if not one.what.strip():
            yield Fault(
                "Follow-up {seen} says nothing. Write what is due, or remove the row.",
                "follow_up",
                {"seen": str(number)},
            )
        yield from too_long("follow_up", one.what, LONGEST_TEXT)
        yield from bad_date("due", one.due)
        yield from bad_date("done_on", one.done_on)
        for column, day in (("due", one.due), ("done_on", one.done_on)):
            if day and begun and is_partial_date(day) and surely_before(day, begun):
                yield Fault(
                    "The follow-up's date, {seen}, is before the assessment began, {wanted}. "
                    "Correct one of the two.",
                    column,
                    {"seen": day, "wanted": begun},
                )


def fields_of_assessment(draft: AssessmentDraft) -> dict[str, str]:
    """Write an assessment as plain texts by field, to compare versions and to log the change."""
    return {
        "title": draft.title,
        "written_in": draft.language or "",
        "lead": draft.lead,
        "joining": "; ".join(draft.joining),
        "countries": "; ".join(draft.countries),
        "measures": "; ".join(
            f"{link.measure} ({link.finding}, {link.basis})" for link in draft.looked_at
        ),
        "dates": "; ".join(f"{p.start or ''}/{p.end or ''}" for p in draft.parts),
        "place": "; ".join(p.place for p in draft.parts if p.place),
        "status": draft.status.value,
        "findings": draft.findings,
        "disclosed": draft.disclosed.value,
        "discoveries": "; ".join(
            f"{d.measure}: {d.text} ({', '.join(filter(None, (d.severity, d.disclosed)))})"
            for d in draft.discoveries
        ),
        "follow_up": "; ".join(
            " · ".join(filter(None, (f.what, f.due, f.done_on and f"done {f.done_on}")))
            for f in draft.follow_ups
        ),
        "visibility": draft.visibility.value,
        "sources": "; ".join(" · ".join(filter(None, astuple(s))) for s in draft.sources),
        "note": draft.note,
    }
