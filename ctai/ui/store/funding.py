"""The screen's reads of funding requests, made afresh: they change by the minute and by person."""

import pandas as pd

from ctai.domain.faults import Fault
from ctai.domain.funding_draft import FundingDraft, NeedFacts
from ctai.domain.funding_history import AnsweredTest, FundingView
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.queries import funding, funding_needs, records
from ctai.services import file_funding
from ctai.ui import store


def view(viewer: Viewer, request_id: int) -> FundingView | None:
    """Read a request whole; None where it is not open."""
    with store.reading() as session:
        return funding.view(session, viewer, request_id)


def history(viewer: Viewer, request_id: int) -> pd.DataFrame:
    """Read a request's revisions, newest first."""
    with store.reading() as session:
        return records.history(session, viewer, RecordKind.FUNDING_REQUEST, request_id)


def version(viewer: Viewer, request_id: int) -> int | None:
    """Read the version of a request that a form starts from."""
    with store.reading() as session:
        return funding.version_of(session, viewer, request_id)


def pickable(viewer: Viewer) -> tuple[NeedFacts, ...]:
    """List the needs for which a viewer may write a request."""
    with store.reading() as session:
        return funding_needs.pickable(session, viewer)


def tests_of(viewer: Viewer, need_ids: tuple[int, ...]) -> tuple[AnsweredTest, ...]:
    """Read the newest answers to the four tests of some needs."""
    with store.reading() as session:
        return funding_needs.tests_of(session, viewer, need_ids)


def faults(
    viewer: Viewer, draft: FundingDraft, request_id: int | None, *, sending: bool
) -> list[Fault]:
    """List every reason not to keep, or not to send, what was written."""
    with store.reading() as session:
        return file_funding.faults(session, viewer, draft, request_id, sending=sending)
