"""Raise a need: a finding, or an area of a request, becomes one with its evidence filled in."""

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import Known
from ctai.domain.evidence import EvidenceKind
from ctai.domain.faults import Fault, Refused
from ctai.domain.needs import NeedDraft
from ctai.domain.raised_needs import NeedDetails, Origin, need_of_finding, need_of_request
from ctai.domain.roles import Viewer
from ctai.models.reference import MemberState
from ctai.queries import assessments, requests
from ctai.services.propose import Outcome, submit
from ctai.services.store_need import NO_EVIDENCE, check_need


def raise_need(session: Session, author: Viewer, origin: Origin, details: NeedDetails) -> Outcome:
    """Store a need that rests on a finding or a request, or let it wait; Refused with reasons."""
    return submit(session, author, draft_from(session, author, origin, details))


def check_raised(
    session: Session, author: Viewer, origin: Origin, details: NeedDetails, known: Known
) -> None:
    """Refuse a need that can't be raised, with every reason, without storing anything."""
    check_need(session, author, draft_from(session, author, origin, details), known)


def draft_from(session: Session, author: Viewer, origin: Origin, details: NeedDetails) -> NeedDraft:
    """Write the need that something would become; Refused if it is not there for the author."""
    if origin.kind is EvidenceKind.REQUEST:
        return _from_request(session, author, origin.record_id, origin.part_id, details)
    return _from_finding(session, author, origin.record_id, origin.part_id, details)


def _from_finding(
    session: Session,
    author: Viewer,
    assessment_id: int,
    finding_id: int | None,
    details: NeedDetails,
) -> NeedDraft:
    visit = assessments.draft_of(session, author, assessment_id)
    found = [d for d in visit.discoveries if d.finding_id == finding_id] if visit else []
    if visit is None or not found:
        raise Refused([Fault(NO_EVIDENCE)])
    return need_of_finding(visit, assessment_id, found[0], details)


def _from_request(
    session: Session, author: Viewer, request_id: int, item_id: int | None, details: NeedDetails
) -> NeedDraft:
    asked = requests.draft_of(session, author, request_id)
    items = [item for item in asked.items if item.item_id == item_id] if asked else []
    if asked is None or bool(items) != (item_id is not None):
        raise Refused([Fault(NO_EVIDENCE)])
    state = session.scalars(
        select(col(MemberState.name_en)).where(col(MemberState.iso3) == asked.country)
    ).one()
    item = items[0] if items else None
    return need_of_request(asked, request_id, item, f"Government of {state}", details)
