"""The screen's reads of what waits for review."""

from ctai.domain.proposals import AnyDraft, is_reviewed, rebased
from ctai.domain.roles import Viewer
from ctai.queries import accepted, proposals
from ctai.ui import store

waiting = store.remembered(proposals.waiting)
decided = store.remembered(proposals.decided)
trust = store.remembered(proposals.trust)
pending_of = store.remembered(proposals.pending_of)

Whole = proposals.Whole


def fields_of(whole: Whole) -> dict[str, str]:
    """Write a whole proposed record as texts by field."""
    return accepted.fields_of(whole.draft)


def whole(viewer: Viewer, proposal_id: int) -> Whole | None:
    """Read one proposal afresh, to decide on it."""
    with store.reading() as session:
        return proposals.whole(session, viewer, proposal_id)


def is_waiting_for_review(viewer: Viewer) -> bool:
    """Tell whether what somebody writes waits for review."""
    with store.reading() as session:
        return is_reviewed(viewer, proposals.trusted(session, viewer))


def taken_up(
    viewer: Viewer, proposal_id: int, draft_type: type[AnyDraft]
) -> tuple[AnyDraft, int | None] | None:
    """Give a change of one's own that waits or was returned, to amend it and send it again, and
    the number of its record.

    What it changed stands on the record as it is now. None for anybody else's, another kind of
    record, and what is settled.
    """
    found = whole(viewer, proposal_id)
    if found is None or not found.may_come_again(viewer.username):
        return None
    if not isinstance(found.draft, draft_type):
        return None
    if found.record_id is None or not isinstance(found.base, draft_type):
        return found.draft, None
    with store.reading() as session:
        now = accepted.current(session, viewer, found.kind, found.record_id)
    if now is None or not isinstance(now.draft, draft_type):
        return None
    return rebased(found.base, found.draft, now.draft), found.record_id
