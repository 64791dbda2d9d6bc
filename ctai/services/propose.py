"""Propose: the one door for what people write; a focal point's change waits for a desk officer."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Draft
from ctai.domain.checks import LONGEST_TEXT, too_long
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import (
    ProposalState,
    Proposed,
    countries_of,
    is_reviewed,
    kind_of,
    move_faults,
    titled,
)
from ctai.domain.roles import Viewer
from ctai.i18n import mark
from ctai.models import draft_json
from ctai.models.trust import Proposal, ProposalCountry
from ctai.queries import accepted, proposals
from ctai.services import ways_in
from ctai.services.revisions import Change, log, now

NOT_OPEN = mark("There is no such record, or it is not open to you.")
ONE_WAITS = mark(
    "A change of your entity to this record waits for review already: number {seen}. "
    "Its author may amend or withdraw it on the page Review; else wait for the decision."
)
NOT_YOUR_PROPOSAL = mark("This change is not yours. Its author may send it again or withdraw it.")
RECORDED_ALREADY = mark(
    "This is recorded already, under the same number of its file. Look at that record."
)
WITHDRAWN_FOR = mark("Another version was sent in its place.")


@dataclass(frozen=True)
class Outcome:
    """What became of what somebody wrote: stored at once as a record, or waiting as a proposal.

    One of the two numbers is None, but for a record that did not change: it keeps its number.
    """

    record_id: int | None
    proposal_id: int | None = None

    @property
    def waits(self) -> bool:
        """Tell whether it counts only once a desk officer accepts it."""
        return self.proposal_id is not None


def waits(session: Session, author: Viewer) -> bool:
    """Tell whether what somebody writes waits for review."""
    return is_reviewed(author, proposals.trusted(session, author))


def submit(
    session: Session,
    author: Viewer,
    draft: Draft,
    record_id: int | None = None,
    version: int | None = None,
    why: str = "",
    replaces: int | None = None,
) -> Outcome:
    """Store a new record, or a changed one, or let it wait; Refused with every reason.

    The same rules are tried before it waits as when it is stored. `replaces` is a proposal of the
    author's own that this one is sent instead of.
    """
    _checked(why)
    former = None if replaces is None else _own(session, author, replaces)
    if not waits(session, author):
        outcome = Outcome(_store(session, author, draft, record_id, version, why))
    elif record_id is None:
        _rehearse(session, lambda: ways_in.enter(session, author, draft, why))
        outcome = Outcome(None, _file(session, author, Proposed.ENTER, draft, why))
    else:
        kind = kind_of(draft)
        before = _before(session, author, kind, record_id, former)
        _rehearse(
            session,
            lambda: ways_in.amend(session, author, record_id, draft, version, why),
        )
        if accepted.fields_of(draft) == accepted.fields_of(before.draft):
            return Outcome(record_id)
        outcome = Outcome(
            None, _file(session, author, Proposed.AMEND, draft, why, record_id, before)
        )
    if former is not None and former.state == ProposalState.PENDING.value:
        moved(session, author, former, ProposalState.WITHDRAWN, WITHDRAWN_FOR)
    return outcome


def confirm(
    session: Session,
    author: Viewer,
    kind: RecordKind,
    record_id: int,
    as_of: str | None = None,
    why: str = "",
) -> Outcome:
    """Say that a record is still true, or let that wait; Refused with every reason."""
    _checked(why)
    if not waits(session, author):
        ways_in.confirm(session, author, kind, record_id, as_of, why)
        return Outcome(record_id)
    before = _before(session, author, kind, record_id, None)
    day = as_of or now().date().isoformat()
    _rehearse(session, lambda: ways_in.confirm(session, author, kind, record_id, day, why))
    assert isinstance(before.draft, ActivityDraft), "only activities are confirmed"  # noqa: S101
    draft = replace(before.draft, status_as_of=day)
    number = _file(session, author, Proposed.CONFIRM, draft, why, record_id, before)
    return Outcome(None, number)


def moved(
    session: Session, actor: Viewer, proposal: Proposal, to: ProposalState, comment: str
) -> None:
    """Move a proposal on, with actor, time and comment; Refused if it was decided already."""
    state = ProposalState(proposal.state)
    if faults := [*move_faults(state, to)]:
        raise Refused(faults)
    proposal.state, proposal.version = to.value, proposal.version + 1
    proposal.decided_by, proposal.decided_at = actor.username, now()
    proposal.comment = comment
    session.flush()
    change = Change("state", state.value, to.value)
    log(session, actor, RecordKind.PROPOSAL, proposal.id or 0, [change], comment)


def locked(session: Session, proposal_id: int) -> Proposal | None:
    """Read a proposal as it is now, and hold it until the end of the transaction."""
    statement = select(Proposal).where(col(Proposal.id) == proposal_id).with_for_update()
    return session.scalars(statement, execution_options={"populate_existing": True}).first()


def _checked(why: str) -> None:
    if faults := [*too_long("why", why, LONGEST_TEXT)]:
        raise Refused(faults)


def _store(
    session: Session,
    author: Viewer,
    draft: Draft,
    record_id: int | None,
    version: int | None,
    why: str,
) -> int:
    if record_id is None:
        return ways_in.enter(session, author, draft, why)
    ways_in.amend(session, author, record_id, draft, version, why)
    return record_id


def _own(session: Session, author: Viewer, proposal_id: int) -> Proposal:
    """Find the proposal that another is sent instead of: one's own, waiting or returned."""
    former = locked(session, proposal_id)
    if former is None or former.author != author.username:
        raise Refused([Fault(NOT_YOUR_PROPOSAL)])
    if former.state == ProposalState.ACCEPTED.value:
        raise Refused([*move_faults(ProposalState.ACCEPTED, ProposalState.WITHDRAWN)])
    return former


def _before(
    session: Session,
    author: Viewer,
    kind: RecordKind,
    record_id: int,
    former: Proposal | None,
) -> accepted.Current:
    """Read what is to be changed; Refused while another change of the same entity waits."""
    ways_in.lock(session, kind, record_id)
    before = accepted.current(session, author, kind, record_id)
    if before is None:
        raise Refused([Fault(NOT_OPEN)])
    others = set(proposals.pending_of(session, author, kind, record_id))
    if former is not None:
        others.discard(former.id or 0)
    if others:
        raise Refused([Fault(ONE_WAITS, places={"seen": str(min(others))})])
    return before


def _rehearse(session: Session, write: Callable[[], object]) -> None:
    """Try a write and undo it: what waits is held to every rule of what is stored."""
    savepoint = session.begin_nested()
    try:
        write()
    except IntegrityError as error:
        raise Refused([Fault(RECORDED_ALREADY)]) from error
    finally:
        savepoint.rollback()


def _file(
    session: Session,
    author: Viewer,
    action: Proposed,
    draft: Draft,
    why: str,
    record_id: int | None = None,
    before: accepted.Current | None = None,
) -> int:
    kind = kind_of(draft)
    proposal = Proposal(
        record_kind=kind.value,
        action=action.value,
        record_id=record_id,
        base_version=None if before is None else before.version,
        base=None if before is None else draft_json.written(before.draft),
        draft=draft_json.written(draft),
        title=titled(draft),
        entity=author.entity,
        author=author.username,
        why=why,
        made_at=now(),
    )
    session.add(proposal)
    session.flush()
    number = proposal.id or 0
    countries = countries_of(draft) | (
        frozenset() if before is None else countries_of(before.draft)
    )
    session.add_all(ProposalCountry(proposal_id=number, iso3=iso3) for iso3 in sorted(countries))
    session.flush()
    changes = [
        Change("state", None, ProposalState.PENDING.value),
        Change("title", None, proposal.title),
    ]
    log(session, author, RecordKind.PROPOSAL, number, changes, why)
    return number
