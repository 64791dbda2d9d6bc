"""Accepted records: what readers see of a record of any kind, to hold a proposal against."""

from dataclasses import dataclass

from sqlmodel import Session

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Draft
from ctai.domain.assessments import AssessmentDraft, fields_of_assessment
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import NeedDraft, fields_of_need
from ctai.domain.requests import RequestDraft, fields_of_request
from ctai.domain.roles import Viewer
from ctai.queries import activities, assessments, need_drafts, records, requests

_READS = {
    RecordKind.ACTIVITY: (records.draft_of, activities.version_of),
    RecordKind.ASSESSMENT: (assessments.draft_of, assessments.version_of),
    RecordKind.REQUEST: (requests.draft_of, requests.version_of),
    RecordKind.NEED: (need_drafts.draft_of, need_drafts.version_of),
}


@dataclass(frozen=True)
class Current:
    """A record as it is stored now, and its version."""

    draft: Draft
    version: int


def current(session: Session, viewer: Viewer, kind: RecordKind, record_id: int) -> Current | None:
    """Give a record as it is now; None where there is none that the viewer may see."""
    if kind not in _READS:
        return None
    draft_of, version_of = _READS[kind]
    draft = draft_of(session, viewer, record_id)
    version = version_of(session, viewer, record_id)
    return None if draft is None or version is None else Current(draft, version)


def fields_of(draft: Draft) -> dict[str, str]:
    """Write a draft of any kind as plain texts by field; see `records.fields_of`."""
    match draft:
        case ActivityDraft():
            return records.fields_of(draft)
        case NeedDraft():
            return fields_of_need(draft)
        case AssessmentDraft():
            return fields_of_assessment(draft)
        case RequestDraft():
            return fields_of_request(draft)
