"""Accepted records: what readers see of a record of any kind, to hold a proposal against."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from sqlmodel import Session

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Draft
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft
from ctai.domain.roles import Viewer
from ctai.queries import activities, records


@dataclass(frozen=True)
class Current:
    """A record as it is stored now, and its version."""

    draft: Draft
    version: int


def current(session: Session, viewer: Viewer, kind: RecordKind, record_id: int) -> Current | None:
    """Give a record as it is now; None where there is none that the viewer may see.

    Only activities can be amended so far: other kinds have no version to hold a change against.
    """
    if kind is not RecordKind.ACTIVITY:
        return None
    draft = records.draft_of(session, viewer, record_id)
    version = activities.version_of(session, viewer, record_id)
    return None if draft is None or version is None else Current(draft, version)


def fields_of(draft: Draft) -> dict[str, str]:
    """Write a draft of any kind as plain texts by field; see `records.fields_of`."""
    match draft:
        case ActivityDraft():
            return records.fields_of(draft)
        case NeedDraft():
            return _need_fields(draft)
        case AssessmentDraft():
            return _assessment_fields(draft)
        case RequestDraft():
            return _request_fields(draft)


def _need_fields(draft: NeedDraft) -> dict[str, str]:
    return {
        "code": draft.code,
        "title": draft.title,
        "countries": _joined(draft.countries),
        "measure": f"{draft.measure} ({draft.basis})",
        "severity": draft.severity or "",
        "wanted_by": draft.wanted_by or "",
        "evidence_kind": draft.evidence_kind,
        "evidence": " · ".join(
            filter(None, (draft.evidence_body, draft.evidence_title, draft.evidence_ref))
        ),
        "evidence_date": draft.evidence_date or "",
        "state": draft.state,
        "state_as_of": draft.state_as_of or "",
        "disclosed": draft.disclosed,
        "visibility": draft.visibility,
        "sources": _joined(" · ".join(filter(None, astuple(one))) for one in draft.sources),
        "note": draft.note,
    }


def _assessment_fields(draft: AssessmentDraft) -> dict[str, str]:
    return {
        "title": draft.title,
        "lead": draft.lead,
        "joining": _joined(draft.joining),
        "countries": _joined(draft.countries),
        "measures": _joined(f"{one.measure} ({one.finding})" for one in draft.measures),
        "dates": _joined(
            " · ".join(filter(None, (f"{part.start or ''}/{part.end or ''}", part.place)))
            for part in draft.parts
        ),
        "status": draft.status,
        "findings": draft.findings,
        "disclosed": draft.disclosed,
        "follow_ups": _joined(
            " · ".join(filter(None, (due.what, due.due, due.done_on))) for due in draft.follow_ups
        ),
        "visibility": draft.visibility,
        "sources": _joined(" · ".join(filter(None, astuple(one))) for one in draft.sources),
        "note": draft.note,
    }


def _request_fields(draft: RequestDraft) -> dict[str, str]:
    return {
        "what": draft.what,
        "countries": draft.country,
        "authority": draft.authority,
        "requested_on": draft.requested_on or "",
        "addressed_to": draft.addressed_to,
        "measure": draft.measure,
        "status": draft.status,
        "answered_on": draft.answered_on or "",
        "visibility": draft.visibility,
        "sources": _joined(" · ".join(filter(None, astuple(one))) for one in draft.sources),
        "note": draft.note,
    }


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)
