"""The screen's writes of requests and assessments, and of the needs raised from them."""

from ctai.domain.assessments import AssessmentDraft
from ctai.domain.needs import NeedDraft
from ctai.domain.raised_needs import NeedDetails, Origin
from ctai.domain.requests import RequestDraft
from ctai.domain.roles import Viewer
from ctai.services import propose
from ctai.services import raise_need as raising
from ctai.services.propose import Outcome
from ctai.ui import writes


def save(
    viewer: Viewer,
    draft: RequestDraft | AssessmentDraft | NeedDraft,
    number: int | None,
    version: int | None,
    replaces: int | None = None,
) -> Outcome:
    """Store a new request, assessment or need or an amended one, or let it wait; raise Refused.

    `replaces` is a proposal of the author's own that this one is sent instead of.
    """
    with writes.writing() as session:
        return propose.submit(session, viewer, draft, number, version, replaces=replaces)


def raise_need(viewer: Viewer, origin: Origin, details: NeedDetails) -> Outcome:
    """Make a finding or an area a need, or let that wait; raise Refused with reasons."""
    with writes.writing() as session:
        return raising.raise_need(session, viewer, origin, details)
