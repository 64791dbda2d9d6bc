"""The screen's reads of requests and assessments, each whole."""

import pandas as pd

from ctai.domain.assessments import AssessmentDraft
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.raised_needs import NeedDetails, Origin
from ctai.domain.requests import RequestDraft
from ctai.domain.roles import Viewer
from ctai.queries import assessments, codes, records, requests
from ctai.services import raise_need
from ctai.ui import store


def request(viewer: Viewer, number: int) -> RequestDraft | None:
    """Read a request afresh."""
    with store.reading() as session:
        return requests.draft_of(session, viewer, number)


def request_version(viewer: Viewer, number: int) -> int | None:
    """Read the version of a request that a form starts from."""
    with store.reading() as session:
        return requests.version_of(session, viewer, number)


def needs_of_request(viewer: Viewer, number: int) -> pd.DataFrame:
    """Read the needs that rest on a request."""
    with store.reading() as session:
        return requests.needs_of(session, viewer, number)


def assessment(viewer: Viewer, number: int) -> AssessmentDraft | None:
    """Read an assessment afresh."""
    with store.reading() as session:
        return assessments.draft_of(session, viewer, number)


def assessment_version(viewer: Viewer, number: int) -> int | None:
    """Read the version of an assessment that a form starts from."""
    with store.reading() as session:
        return assessments.version_of(session, viewer, number)


def needs_of_assessment(viewer: Viewer, number: int) -> pd.DataFrame:
    """Read the needs that rest on an assessment."""
    with store.reading() as session:
        return assessments.needs_of(session, viewer, number)


def history(viewer: Viewer, kind: RecordKind, number: int) -> pd.DataFrame:
    """Read a record's revisions, newest first."""
    with store.reading() as session:
        return records.history(session, viewer, kind, number)


def need_faults(viewer: Viewer, origin: Origin, details: NeedDetails) -> list[Fault]:
    """List every reason not to raise a need, before it is tried."""
    with store.reading() as session:
        try:
            raise_need.check_raised(session, viewer, origin, details, codes.known(session))
        except Refused as refusal:
            return list(refusal.faults)
    return []
