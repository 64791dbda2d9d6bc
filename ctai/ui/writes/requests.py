"""The screen's writes of requests and assessments, and of the needs raised from them."""

from ctai.domain.assessments import AssessmentDraft
from ctai.domain.raised_needs import NeedDetails, Origin
from ctai.domain.requests import RequestDraft
from ctai.domain.roles import Viewer
from ctai.queries import codes
from ctai.services import raise_need as raising
from ctai.services import store_assessment, store_request
from ctai.ui import writes


def save_request(
    viewer: Viewer, draft: RequestDraft, number: int | None, version: int | None
) -> int:
    """Store a new request or an amended one and give its number; raise Refused with reasons."""
    with writes.writing() as session:
        known = codes.known(session)
        if number is None:
            return store_request.enter_request(session, viewer, draft, known)
        store_request.amend_request(session, viewer, number, draft, version, known)
        return number


def save_assessment(
    viewer: Viewer, draft: AssessmentDraft, number: int | None, version: int | None
) -> int:
    """Store a new assessment or an amended one and give its number; raise Refused with reasons."""
    with writes.writing() as session:
        known = codes.known(session)
        if number is None:
            return store_assessment.enter_assessment(session, viewer, draft, known)
        store_assessment.amend_assessment(session, viewer, number, draft, version, known)
        return number


def raise_need(viewer: Viewer, origin: Origin, details: NeedDetails) -> int:
    """Make a finding or an area a need and give its number; raise Refused with reasons."""
    with writes.writing() as session:
        return raising.raise_need(session, viewer, origin, details, codes.known(session))
