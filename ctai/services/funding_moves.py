"""The one way in which a funding request moves: locked, along an edge, by right, and logged."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import Session, col

from ctai.domain.faults import Fault, Refused
from ctai.domain.funding import MOVES, FundingState, begins_round, move_faults
from ctai.domain.funding_history import FundingView
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.models.funding import FundingMove, FundingRequest
from ctai.queries import funding
from ctai.services.revisions import Change, log, now

NO_SUCH = mark("There is no such funding request, or it is not open to you.")
NOT_YOURS = mark(
    "This step is not yours to take. Ask the desk officer of its countries or its entity's "
    "focal point."
)
CHANGED_MEANWHILE = mark(
    "Somebody changed this request meanwhile. What you wrote is kept: look at the new version, "
    "then decide again."
)


def locked(session: Session, actor: Viewer, request_id: int) -> tuple[FundingRequest, FundingView]:
    """Lock a request until the transaction ends, and read it; Refused where it is not open."""
    row = session.scalars(
        select(FundingRequest)
        .where(col(FundingRequest.id) == request_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    found = funding.view(session, actor, request_id)
    if row is None or found is None:
        raise Refused([Fault(NO_SUCH)])
    return row, found


def step_faults(
    actor: Viewer, found: FundingView, after: FundingState, comment: str, version: int | None
) -> list[Fault]:
    """List every reason why somebody can't move a request that they hold locked."""
    has_written = actor.username in found.writers
    faults = [*move_faults(found.state, after, comment, has_written=has_written)]
    edge = MOVES[found.state].get(after)
    action = edge.action if edge else Action.FILE_FUNDING
    if not actor.may_touch(action, *found.owners):
        faults.append(Fault(NOT_YOURS))
    if version is not None and version != found.version:
        faults.append(Fault(CHANGED_MEANWHILE))
    return faults


def move(
    session: Session,
    actor: Viewer,
    request_id: int,
    after: FundingState,
    comment: str = "",
    version: int | None = None,
    faults: Iterable[Fault] = (),
) -> FundingView:
    """Move a request and give it as it was before; Refused with every reason, `faults` first.

    `version` is the one the actor was looking at: what changed since is not decided unseen.
    """
    row, found = locked(session, actor, request_id)
    reasons = [*faults, *step_faults(actor, found, after, comment, version)]
    if reasons:
        raise Refused(reasons)
    before = found.state
    row.state, row.state_since = after.value, now()
    row.changed_at = row.state_since
    row.version += 1
    changes = [Change("state", before.value, after.value)]
    if begins_round(before, after):
        row.round += 1
        changes.append(Change("round", str(found.round), str(row.round)))
    record(session, actor, request_id, before, after, comment.strip())
    log(session, actor, RecordKind.FUNDING_REQUEST, request_id, changes, comment.strip())
    return found


def record(
    session: Session,
    actor: Viewer,
    request_id: int,
    before: FundingState | None,
    after: FundingState,
    comment: str,
) -> None:
    """Append a move to a locked or a new request's list; its number admits one at a time."""
    last = session.scalars(
        select(func.max(col(FundingMove.sequence))).where(col(FundingMove.request_id) == request_id)
    ).one()
    session.add(
        FundingMove(
            request_id=request_id,
            sequence=(last or 0) + 1,
            from_state=before.value if before else None,
            to_state=after.value,
            actor=actor.username,
            moved_at=now(),
            comment=comment,
        )
    )
    session.flush()
