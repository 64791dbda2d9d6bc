"""Bringing a file's records in: good rows are stored together, bad ones are listed."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft, Known
from ctai.domain.arrivals import Arrival, Draft, Row, key_of
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft
from ctai.domain.proposals import ProposalState, Proposed
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.models import draft_json
from ctai.models.activities import Activity
from ctai.models.needs import Assessment, NeedCountry
from ctai.models.needs import Request as RequestRow
from ctai.models.trust import Proposal
from ctai.queries import codes
from ctai.services import propose
from ctai.services.store_activity import check, enter
from ctai.services.store_evidence import (
    check_evidence,
    enter_assessment,
    enter_need,
    enter_request,
)

NOT_ALLOWED = mark("Your role does not bring in files. Ask a desk officer or an administrator.")
CODE_TAKEN = mark("The code “{seen}” stands for another need already. Give this one its own.")


def bring_in(session: Session, author: Viewer, rows: Iterable[Row]) -> Arrival:
    """Store the good rows of a file in the caller's transaction; Refused without the right to.

    A record that is there already stays as it is: somebody may have mended it since. What a focal
    point brings in waits for review, row by row.
    """
    if not author.may(Action.IMPORT):
        raise Refused([Fault(NOT_ALLOWED)])
    listed = codes.known(session)
    there = _there(session)
    is_reviewed = propose.waits(session, author)
    arrival = Arrival()
    for row in rows:
        key = None if row.draft is None else key_of(row.draft)
        if key is not None and key in there and not row.faults:
            arrival.known += 1
            continue
        faults = list(row.faults)
        try:
            if row.draft is not None:
                _look(session, author, row.draft, listed, there)
        except Refused as refusal:
            faults += refusal.faults
        if row.draft is not None and not faults:
            there |= {key, *_codes(row.draft)}
            if is_reviewed:
                propose.submit(session, author, row.draft)
                arrival.waiting += 1
            else:
                _enter(session, author, row.draft, listed)
                arrival.new += 1
        if faults:
            arrival.refused += 1
            arrival.faults += [fault.at(row.place) for fault in faults]
    return arrival


def _codes(draft: Draft) -> tuple[str, ...]:
    return draft.country_codes if isinstance(draft, NeedDraft) else ()


def _look(
    session: Session, author: Viewer, draft: Draft, known: Known, there: set[str | None]
) -> None:
    """Refuse a draft with every reason, without storing anything."""
    taken = [code for code in _codes(draft) if code in there]
    if taken:
        raise Refused([Fault(CODE_TAKEN, "need_id", {"seen": shown(", ".join(taken))})])
    if isinstance(draft, ActivityDraft):
        check(session, author, Action.ENTER, draft, known)
    else:
        check_evidence(author, draft, known)


def _enter(session: Session, author: Viewer, draft: Draft, known: Known) -> None:
    match draft:
        case ActivityDraft():
            enter(session, author, draft, known)
        case AssessmentDraft():
            enter_assessment(session, author, draft, known)
        case RequestDraft():
            enter_request(session, author, draft, known)
        case NeedDraft():
            enter_need(session, author, draft, known)


def _there(session: Session) -> set[str | None]:
    columns = (
        col(Activity.source_key),
        col(Assessment.source_key),
        col(RequestRow.source_key),
        col(NeedCountry.code),
    )
    stored = {key for column in columns for key in session.scalars(select(column)) if key}
    return {*stored, *_waiting(session)}


def _waiting(session: Session) -> set[str]:
    """Give the keys of the new records that wait: a file brought in twice waits once."""
    rows = session.execute(
        select(col(Proposal.record_kind), col(Proposal.draft)).where(
            col(Proposal.state) == ProposalState.PENDING.value,
            col(Proposal.action) == Proposed.ENTER.value,
        )
    )
    drafts = [draft_json.read(RecordKind(kind), text) for kind, text in rows]
    return {key for draft in drafts for key in (key_of(draft), *_codes(draft)) if key}
