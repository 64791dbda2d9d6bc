"""Moving a need from one state to the next."""

from datetime import date

from sqlmodel import Session

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.need_moves import Move, move_faults
from ctai.domain.needs import NeedState
from ctai.domain.roles import Action, Viewer
from ctai.services.held_need import MOVED_MEANWHILE, hold, touched
from ctai.services.revisions import differences, log, now


def move_need(
    session: Session,
    author: Viewer,
    need_id: int,
    move: Move,
    version: int,
    today: date | None = None,
) -> None:
    """Move a need as its author saw it, at `version`; Refused with every reason."""
    day = today or now().date()
    held = hold(session, author, need_id, day)
    row = held.row
    faults = [
        *held.rights(author, Action.CLIMB),
        *move_faults(held.state, move, held.standing.record, row.evidence_date, day),
    ]
    if version != row.version:
        faults = [*held.rights(author, Action.CLIMB), Fault(MOVED_MEANWHILE)]
    if faults:
        raise Refused(faults)
    before = {"state": row.state, "answered_on": row.answered_on or ""}
    row.state = move.to.value
    row.state_as_of = day.isoformat()
    if move.to is NeedState.ADDRESSED:
        row.answered_on = move.answered_on
    touched(row)
    session.flush()
    after = {"state": row.state, "answered_on": row.answered_on or ""}
    log(
        session,
        author,
        RecordKind.NEED,
        held.number,
        differences(before, after),
        move.reason.strip(),
    )
