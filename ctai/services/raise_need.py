"""Raise a need: a finding, or an area of a request, becomes one with its evidence filled in."""

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import Known
from ctai.domain.faults import Fault, Refused
from ctai.domain.needs import NeedDraft
from ctai.domain.raised_needs import NeedDetails, need_of_finding, need_of_request
from ctai.domain.roles import Viewer
from ctai.models.reference import MemberState
from ctai.queries import assessments, requests
from ctai.services.store_need import NO_EVIDENCE, enter_need


def raise_from_finding(
    session: Session,
    author: Viewer,
    assessment_id: int,
    finding_id: int,
    details: NeedDetails,
    known: Known,
) -> int:
    """Store a need that rests on a finding and give its number; Refused with every reason."""
    draft = draft_from_finding(session, author, assessment_id, finding_id, details)
    return enter_need(session, author, draft, known)


def raise_from_request(
    session: Session,
    author: Viewer,
    request_id: int,
    item_id: int | None,
    details: NeedDetails,
    known: Known,
) -> int:
    """Store a need that rests on an area of a request, or on a request that names no areas."""
    draft = draft_from_request(session, author, request_id, item_id, details)
    return enter_need(session, author, draft, known)


def draft_from_finding(
    session: Session, author: Viewer, assessment_id: int, finding_id: int, details: NeedDetails
) -> NeedDraft:
    """Write the need that a finding would become; Refused if the author sees no such finding."""
    visit = assessments.draft_of(session, author, assessment_id)
    found = [d for d in visit.discoveries if d.finding_id == finding_id] if visit else []
    if visit is None or not found:
        raise Refused([Fault(NO_EVIDENCE)])
    return need_of_finding(visit, assessment_id, found[0], details)


def draft_from_request(
    session: Session, author: Viewer, request_id: int, item_id: int | None, details: NeedDetails
) -> NeedDraft:
    """Write the need that a request would become; Refused if the author sees no such area."""
    asked = requests.draft_of(session, author, request_id)
    items = [item for item in asked.items if item.item_id == item_id] if asked else []
    if asked is None or bool(items) != (item_id is not None):
        raise Refused([Fault(NO_EVIDENCE)])
    state = session.scalars(
        select(col(MemberState.name_en)).where(col(MemberState.iso3) == asked.country)
    ).one()
    item = items[0] if items else None
    return need_of_request(asked, request_id, item, f"Government of {state}", details)
