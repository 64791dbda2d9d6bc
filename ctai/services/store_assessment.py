"""Storing an assessment: entered once, amended as long as no need loses what it rests on."""

from sqlalchemy import delete, select
from sqlmodel import Session, col

from ctai.domain.activities import Known
from ctai.domain.assessments import AssessmentDraft, fields_of_assessment
from ctai.domain.evidence import FLOORS, least_open
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.models.needs import (
    Assessment,
    AssessmentCountry,
    AssessmentEntity,
    AssessmentFinding,
    AssessmentMeasure,
    AssessmentPart,
    FollowUp,
    Need,
)
from ctai.queries import assessments
from ctai.services.activity_parts import write_sources
from ctai.services.evidence_checks import (
    NOT_THERE,
    check_evidence,
    country_gone_faults,
    evidence_faults,
    floor_faults,
    number_of,
    removal_faults,
    rewrite_sources,
)
from ctai.services.revisions import differences, log, now
from ctai.services.store_activity import CHANGED_MEANWHILE, NOT_YOURS

REWRITTEN = (AssessmentCountry, AssessmentEntity, AssessmentPart, AssessmentMeasure, FollowUp)
"""Parts on which nothing else rests, so that an amendment writes them anew."""


def enter_assessment(
    session: Session, author: Viewer, draft: AssessmentDraft, known: Known, why: str = ""
) -> int:
    """Store an assessment and give its number; Refused with every reason."""
    check_evidence(author, draft, known)
    row = Assessment(
        source_key=draft.source_key,
        title=draft.title,
        lead=draft.lead,
        status=draft.status.value,
        created_at=(moment := now()),
        changed_at=moment,
    )
    _set_columns(row, draft)
    session.add(row)
    session.flush()
    number = number_of(row.id)
    _write_parts(session, number, draft)
    _write_findings(session, number, draft)
    write_sources(session, RecordKind.ASSESSMENT, number, draft.sources)
    session.flush()
    changes = differences({}, fields_of_assessment(draft))
    log(session, author, RecordKind.ASSESSMENT, number, changes, why)
    return number


def amend_assessment(
    session: Session,
    author: Viewer,
    number: int,
    draft: AssessmentDraft,
    version: int | None,
    known: Known,
    why: str = "",
) -> None:
    """Change an assessment into a draft; Refused with every reason.

    Findings are told apart by their `finding_id`; those without one are new. `version` is the one
    that the author was looking at: nothing newer is overwritten.
    """
    locked = select(Assessment).where(col(Assessment.id) == number).with_for_update()
    row = session.scalars(locked).one_or_none()
    before = assessments.draft_of(session, author, number)
    if row is None or before is None:
        raise Refused([Fault(NOT_THERE)])
    if not author.may_touch(Action.AMEND, frozenset(before.countries), before.entities):
        raise Refused([Fault(NOT_YOURS)])
    faults = evidence_faults(author, Action.AMEND, draft, known)
    faults += _resting_faults(session, number, before, draft)
    if version is not None and version != row.version:
        faults.append(Fault(CHANGED_MEANWHILE))
    if faults:
        raise Refused(faults)
    changes = differences(fields_of_assessment(before), fields_of_assessment(draft))
    if not changes:
        return
    _set_columns(row, draft)
    row.version += 1
    row.changed_at = now()
    session.flush()
    for table in REWRITTEN:
        session.execute(delete(table).where(col(table.assessment_id) == number))
    _write_parts(session, number, draft)
    _write_findings(session, number, draft)
    rewrite_sources(session, RecordKind.ASSESSMENT, number, draft.sources)
    session.flush()
    log(session, author, RecordKind.ASSESSMENT, number, changes, why)


def _set_columns(row: Assessment, draft: AssessmentDraft) -> None:
    row.title, row.lead, row.status = draft.title, draft.lead, draft.status.value
    row.language = draft.language
    row.findings, row.disclosed = draft.findings, draft.disclosed.value
    row.visibility, row.note = draft.visibility.value, draft.note


def _resting_faults(
    session: Session, number: int, before: AssessmentDraft, draft: AssessmentDraft
) -> list[Fault]:
    floors = {
        found.finding_id: least_open(draft.visibility, FLOORS[found.disclosed])
        for found in draft.discoveries
        if found.finding_id is not None
    }
    gone = {
        found.finding_id: found.text or found.measure
        for found in before.discoveries
        if found.finding_id is not None and found.finding_id not in floors
    }
    resting = session.execute(
        select(col(Need.id), col(Need.code), col(Need.visibility), col(Need.finding_id))
        .where(col(Need.assessment_id) == number)
        .order_by(col(Need.code))
    ).all()
    needs = [(number_of(need), code, level) for need, code, level, _ in resting]
    of_needs = {
        number_of(need): floors.get(found, draft.visibility) for need, _, _, found in resting
    }
    return [
        *removal_faults(session, gone, RecordKind.ASSESSMENT),
        *floor_faults(needs, of_needs),
        *country_gone_faults(session, {n: code for n, code, _ in needs}, draft.countries),
    ]


def _write_parts(session: Session, number: int, draft: AssessmentDraft) -> None:
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
        for link in draft.looked_at
    )
    session.add_all(
        FollowUp(assessment_id=number, what=due.what, due=due.due, done_on=due.done_on)
        for due in draft.follow_ups
    )


def _write_findings(session: Session, number: int, draft: AssessmentDraft) -> None:
    """Store an assessment's findings; those that are there already keep their numbers."""
    rows = session.scalars(
        select(AssessmentFinding).where(col(AssessmentFinding.assessment_id) == number)
    )
    stored = {row.id: row for row in rows}
    for position, found in enumerate(draft.discoveries):
        row = stored.pop(found.finding_id, None) if found.finding_id is not None else None
        if row is None:
            row = AssessmentFinding(assessment_id=number, position=position, measure="", finding="")
            session.add(row)
        row.position, row.measure, row.finding = position, found.measure, found.text.strip()
        row.severity = found.severity.value if found.severity else None
        row.disclosed = found.disclosed.value
    for row in stored.values():
        session.delete(row)
