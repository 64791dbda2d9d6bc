"""Decide a proposal: accept what a focal point wrote, return it with a comment, or withdraw it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Draft
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import NeedDraft
from ctai.domain.proposals import (
    ProposalState,
    Proposed,
    comment_faults,
    countries_of,
    decider_faults,
    entities_of,
    move_faults,
)
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.models import draft_json
from ctai.models.trust import Proposal
from ctai.queries import accepted, users
from ctai.queries.visible import proposals_seen
from ctai.services import ways_in
from ctai.services.propose import NOT_OPEN, NOT_YOUR_PROPOSAL, RECORDED_ALREADY, locked, moved
from ctai.services.revisions import Change, log
from ctai.services.store_need import owners_of

NO_PROPOSAL = mark("There is no such change, or it is not open to you.")
NOT_YOUR_REVIEW = mark(
    "This change is not yours to decide. A desk officer of its countries does, and where it moves "
    "a record from one desk to another, an administrator."
)
AUTHOR_GONE = mark(
    "{seen}, who wrote this, may no longer write such a record. Return it, and enter it yourself."
)
OVERTAKEN = mark(
    "The record has changed since this was written, as the table shows. Return it, so that its "
    "author sees what is there now and sends it again."
)
DRAFT_MOVED = mark("This change was sent anew while you were looking. Look at it again.")

_ACTIONS = {
    Proposed.ENTER: Action.ENTER,
    Proposed.AMEND: Action.AMEND,
    Proposed.CONFIRM: Action.CONFIRM,
}


def accept(
    session: Session,
    decider: Viewer,
    proposal_id: int,
    version: int | None = None,
    comment: str = "",
) -> int:
    """Let a change count and give its record's number; Refused with every reason.

    It is written by the rules of today, in its author's name as their account has it today, so
    that nobody can have more written through a desk than they could write. `version` is that of
    the proposal which the decider looked at.
    """
    proposal = _open(session, decider, proposal_id, ProposalState.ACCEPTED, version)
    kind, action = RecordKind(proposal.record_kind), Proposed(proposal.action)
    draft = draft_json.read(kind, proposal.draft)
    author = _author(session, proposal, _ACTIONS[action], draft)
    faults = [*comment_faults(ProposalState.ACCEPTED, comment)]
    now = None
    if proposal.record_id is not None:
        ways_in.lock(session, kind, proposal.record_id)
        now = accepted.current(session, author, kind, proposal.record_id)
        faults += _overtaken(proposal, kind, now)
    if faults:
        raise Refused(faults)
    why = comment or proposal.why
    try:
        with session.begin_nested():
            number = _write(session, author, proposal, draft, now, why)
    except IntegrityError as error:
        raise Refused([Fault(RECORDED_ALREADY)]) from error
    proposal.record_id = number
    moved(session, decider, proposal, ProposalState.ACCEPTED, comment)
    log(session, decider, kind, number, [Change("accepted_by", None, decider.username)], why)
    return number


def give_back(
    session: Session,
    decider: Viewer,
    proposal_id: int,
    comment: str,
    version: int | None = None,
) -> None:
    """Return a change to its author with what is to be mended; Refused with every reason."""
    proposal = _open(session, decider, proposal_id, ProposalState.RETURNED, version)
    if faults := [*comment_faults(ProposalState.RETURNED, comment)]:
        raise Refused(faults)
    moved(session, decider, proposal, ProposalState.RETURNED, comment.strip())


def withdraw(session: Session, author: Viewer, proposal_id: int, comment: str = "") -> None:
    """Take one's own change back before it is decided; Refused with every reason."""
    proposal = locked(session, proposal_id)
    if proposal is None or proposal.author != author.username:
        raise Refused([Fault(NOT_YOUR_PROPOSAL)])
    if faults := [*comment_faults(ProposalState.WITHDRAWN, comment)]:
        raise Refused(faults)
    moved(session, author, proposal, ProposalState.WITHDRAWN, comment)


def _open(
    session: Session,
    decider: Viewer,
    proposal_id: int,
    to: ProposalState,
    version: int | None,
) -> Proposal:
    """Hold a proposal that the decider may decide on; Refused with every reason."""
    seen = proposals_seen(select(col(Proposal.id)).where(col(Proposal.id) == proposal_id), decider)
    if session.scalars(seen).first() is None:
        raise Refused([Fault(NO_PROPOSAL)])
    proposal = locked(session, proposal_id)
    if proposal is None:
        raise Refused([Fault(NO_PROPOSAL)])
    faults = [
        *decider_faults(proposal.author, decider.username),
        *move_faults(ProposalState(proposal.state), to),
    ]
    if version is not None and version != proposal.version and not faults:
        faults.append(Fault(DRAFT_MOVED))
    if not _may_decide(decider, proposal, to):
        faults.append(Fault(NOT_YOUR_REVIEW))
    if faults:
        raise Refused(faults)
    return proposal


def _may_decide(decider: Viewer, proposal: Proposal, to: ProposalState) -> bool:
    """Tell whether a desk may decide: it accepts what it could store itself, which takes one of
    the countries before and one after; either desk may return it."""
    kind = RecordKind(proposal.record_kind)
    sides = [
        draft_json.read(kind, text) for text in (proposal.base, proposal.draft) if text is not None
    ]
    may = [
        decider.may_touch(Action.REVIEW_CHANGES, countries_of(side), entities_of(side))
        for side in sides
    ]
    return all(may) if to is ProposalState.ACCEPTED else any(may)


def _overtaken(
    proposal: Proposal, kind: RecordKind, now: accepted.Current | None
) -> Iterator[Fault]:
    """Refuse to overwrite what somebody stored after the author had looked."""
    if now is None:
        yield Fault(NOT_OPEN)
        return
    base = draft_json.read(kind, proposal.base or "")
    if accepted.fields_of(base) != accepted.fields_of(now.draft):
        yield Fault(OVERTAKEN)


def _author(session: Session, proposal: Proposal, action: Action, draft: Draft) -> Viewer:
    """Give the author as their account is today; Refused where they could not write this now."""
    account = users.by_username(session, proposal.author)
    gone = Refused([Fault(AUTHOR_GONE, places={"seen": proposal.author})])
    if account is None or not account.active:
        raise gone
    owners = entities_of(draft)
    if isinstance(draft, NeedDraft):
        owners |= owners_of(session, draft)
    if not account.viewer.may_touch(action, countries_of(draft), owners):
        raise gone
    return account.viewer


def _write(
    session: Session,
    author: Viewer,
    proposal: Proposal,
    draft: Draft,
    now: accepted.Current | None,
    why: str,
) -> int:
    kind, number = RecordKind(proposal.record_kind), proposal.record_id
    if number is None or now is None:
        return ways_in.enter(session, author, draft, why)
    if proposal.action == Proposed.CONFIRM.value and isinstance(draft, ActivityDraft):
        ways_in.confirm(session, author, kind, number, draft.status_as_of, why)
    else:
        ways_in.amend(session, author, number, draft, now.version, why)
    return number
