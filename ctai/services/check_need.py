"""Recording, twelve months after an answer, whether the requester finds its need met."""

from datetime import date

from sqlmodel import Session

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import MetAnswer
from ctai.domain.need_moves import check_due, check_faults, state_after
from ctai.domain.roles import Action, Viewer
from ctai.models.ladder import NeedCheck
from ctai.services.held_need import MOVED_MEANWHILE, hold, touched
from ctai.services.revisions import Change, differences, log, now


def check_need(
    session: Session,
    author: Viewer,
    need_id: int,
    answer: MetAnswer | None,
    comment: str,
    answered_as: str,
    version: int,
    today: date | None = None,
) -> None:
    """Record the requester's answer; what was not met is open again; Refused with every reason."""
    day = today or now().date()
    held = hold(session, author, need_id, day)
    row = held.row
    due = check_due(row.answered_on, row.state_as_of)
    faults = [
        *held.rights(author, Action.ANSWER_CONSENT),
        *check_faults(held.state, due, answer, comment, answered_as, day),
    ]
    due_on = (due or day).isoformat()
    if any(check.due_on == due_on for check in held.standing.checks):
        faults.append(Fault("The requester has answered this already.", "answer"))
    if version != row.version:
        faults.append(Fault(MOVED_MEANWHILE))
    if faults or answer is None:
        raise Refused(faults)
    session.add(
        NeedCheck(
            need_id=held.number,
            due_on=due_on,
            answer=answer.value,
            comment=comment.strip(),
            answered_on=day.isoformat(),
            answered_by=author.username,
            answered_as=answered_as.strip(),
        )
    )
    before = {"state": row.state, "answered_on": row.answered_on or ""}
    row.state = state_after(answer).value
    if answer is not MetAnswer.MET:
        row.state_as_of, row.answered_on = day.isoformat(), None
    touched(row)
    session.flush()
    after = {"state": row.state, "answered_on": row.answered_on or ""}
    changes = [
        Change(f"check:{due_on}", None, f"{answer.value} · {answered_as.strip()}"),
        *differences(before, after),
    ]
    log(session, author, RecordKind.NEED, held.number, changes, comment.strip())
