"""Storing the evidence under the gap matrix: needs, assessments and requests."""

from sqlmodel import Session

from ctai.domain.activities import Known
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import (
    AssessmentDraft,
    NeedDraft,
    RequestDraft,
    assessment_faults,
    need_faults,
    request_faults,
)
from ctai.domain.roles import Action, Viewer
from ctai.models.needs import (
    Assessment,
    AssessmentCountry,
    AssessmentEntity,
    AssessmentMeasure,
    AssessmentPart,
    FollowUp,
    Need,
    NeedCountry,
    RequestAnswer,
)
from ctai.models.needs import Request as RequestRow
from ctai.services.activity_parts import write_sources
from ctai.services.revisions import differences, log, now
from ctai.services.store_activity import NOT_YOUR_SCOPE


def enter_need(session: Session, author: Viewer, draft: NeedDraft, known: Known) -> int:
    """Store a need and give its number; Refused with every reason."""
    check_evidence(author, draft, known)
    row = Need(
        code=draft.code,
        title=draft.title,
        measure=draft.measure,
        basis=draft.basis.value,
        severity=draft.severity.value if draft.severity else None,
        wanted_by=draft.wanted_by,
        evidence_kind=draft.evidence_kind.value,
        evidence_body=draft.evidence_body,
        evidence_title=draft.evidence_title,
        evidence_date=draft.evidence_date,
        evidence_ref=draft.evidence_ref,
        state=draft.state.value,
        state_as_of=draft.state_as_of,
        disclosed=draft.disclosed.value,
        visibility=draft.visibility.value,
        note=draft.note,
        created_at=(moment := now()),
        changed_at=moment,
    )
    session.add(row)
    session.flush()
    number = _number(row.id)
    codes = draft.country_codes or tuple(
        draft.code if index == 0 else f"{draft.code}-{iso3}"
        for index, iso3 in enumerate(draft.countries)
    )
    for iso3, code in zip(draft.countries, codes, strict=True):
        session.add(NeedCountry(need_id=number, iso3=iso3, code=code))
    write_sources(session, RecordKind.NEED, number, draft.sources)
    fields = {
        "code": draft.code,
        "title": draft.title,
        "countries": "; ".join(draft.countries),
        "measure": draft.measure,
        "severity": row.severity or "",
        "wanted_by": draft.wanted_by or "",
        "evidence": " · ".join(
            filter(None, (draft.evidence_body, draft.evidence_title, draft.evidence_ref))
        ),
        "evidence_date": draft.evidence_date or "",
        "state": row.state,
        "state_as_of": draft.state_as_of or "",
        "visibility": row.visibility,
    }
    log(session, author, RecordKind.NEED, number, differences({}, fields))
    return number


def enter_assessment(session: Session, author: Viewer, draft: AssessmentDraft, known: Known) -> int:
    """Store an assessment and give its number; Refused with every reason."""
    check_evidence(author, draft, known)
    row = Assessment(
        source_key=draft.source_key,
        title=draft.title,
        lead=draft.lead,
        status=draft.status.value,
        findings=draft.findings,
        disclosed=draft.disclosed.value,
        visibility=draft.visibility.value,
        note=draft.note,
        created_at=(moment := now()),
        changed_at=moment,
    )
    session.add(row)
    session.flush()
    number = _number(row.id)
    _assessment_parts(session, number, draft)
    write_sources(session, RecordKind.ASSESSMENT, number, draft.sources)
    fields = {
        "title": draft.title,
        "lead": draft.lead,
        "joining": "; ".join(draft.joining),
        "countries": "; ".join(draft.countries),
        "measures": "; ".join(f"{link.measure} ({link.finding})" for link in draft.measures),
        "dates": "; ".join(f"{p.start or ''}/{p.end or ''}" for p in draft.parts),
        "status": row.status,
        "visibility": row.visibility,
    }
    log(session, author, RecordKind.ASSESSMENT, number, differences({}, fields))
    return number


def _assessment_parts(session: Session, number: int, draft: AssessmentDraft) -> None:
    session.add_all(AssessmentCountry(assessment_id=number, iso3=iso3) for iso3 in draft.countries)
    session.add_all(AssessmentEntity(assessment_id=number, entity=e) for e in draft.joining)
    session.add_all(
        AssessmentPart(assessment_id=number, start=part.start, ends=part.end, place=part.place)
        for part in draft.parts
    )
    session.add_all(
        AssessmentMeasure(
            assessment_id=number,
            measure=link.measure,
            finding=link.finding.value,
            basis=link.basis.value,
        )
        for link in draft.measures
    )
    session.add_all(
        FollowUp(assessment_id=number, what=due.what, due=due.due, done_on=due.done_on)
        for due in draft.follow_ups
    )
    session.flush()


def enter_request(session: Session, author: Viewer, draft: RequestDraft, known: Known) -> int:
    """Store a request and give its number; Refused with every reason."""
    check_evidence(author, draft, known)
    row = RequestRow(
        source_key=draft.source_key,
        iso3=draft.country,
        what=draft.what,
        authority=draft.authority,
        requested_on=draft.requested_on,
        addressed_to=draft.addressed_to,
        measure=draft.measure,
        status=draft.status.value,
        visibility=draft.visibility.value,
        note=draft.note,
        created_at=(moment := now()),
        changed_at=moment,
    )
    session.add(row)
    session.flush()
    number = _number(row.id)
    if draft.answered_on:
        session.add(
            RequestAnswer(
                request_id=number, entity=draft.addressed_to, answered_on=draft.answered_on
            )
        )
    write_sources(session, RecordKind.REQUEST, number, draft.sources)
    fields = {
        "what": draft.what,
        "country": draft.country,
        "authority": draft.authority,
        "requested_on": draft.requested_on or "",
        "addressed_to": draft.addressed_to,
        "status": row.status,
        "answered_on": draft.answered_on or "",
        "visibility": row.visibility,
    }
    log(session, author, RecordKind.REQUEST, number, differences({}, fields))
    return number


def check_evidence(
    author: Viewer, draft: NeedDraft | AssessmentDraft | RequestDraft, known: Known
) -> None:
    """Refuse a draft with every reason at once: what is wrong, and what is not the author's."""
    match draft:
        case NeedDraft():
            faults = need_faults(draft, known)
            countries, entities = draft.iso3s, frozenset({draft.evidence_body})
        case AssessmentDraft():
            faults = assessment_faults(draft, known)
            countries = frozenset(draft.countries)
            entities = frozenset({draft.lead, *draft.joining})
        case RequestDraft():
            faults = request_faults(draft, known)
            countries, entities = frozenset({draft.country}), frozenset({draft.addressed_to})
    if not author.may_touch(Action.ENTER, countries, entities):
        own = ", ".join(sorted(author.countries)) or author.entity or "–"
        faults = (*faults, Fault(NOT_YOUR_SCOPE, "country", {"seen": own}))
    if faults:
        raise Refused(faults)


def _number(number: int | None) -> int:
    assert number is not None, "a flushed row has its number"  # noqa: S101
    return number
