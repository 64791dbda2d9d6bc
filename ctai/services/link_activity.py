"""Deciding whether an activity answers a need."""

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.answers import decision_faults
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import Fit
from ctai.domain.roles import Action, Viewer
from ctai.models.ladder import NeedActivity
from ctai.queries import records
from ctai.services.held_need import MOVED_MEANWHILE, HeldNeed, hold
from ctai.services.revisions import Change, log, now


def link_activity(
    session: Session,
    author: Viewer,
    need_id: int,
    activity_id: int,
    decision: Fit | None,
    reason: str,
    seen: Fit | None = None,
    today: date | None = None,
) -> None:
    """Record a decision, instead of the one that the author saw; Refused with every reason."""
    held = hold(session, author, need_id, today or now().date())
    one = select(NeedActivity).where(
        col(NeedActivity.need_id) == need_id, col(NeedActivity.activity_id) == activity_id
    )
    row = session.scalars(one.execution_options(populate_existing=True)).one_or_none()
    faults = [
        *held.rights(author, Action.CLIMB),
        *_activity_faults(session, author, held, activity_id),
        *decision_faults(decision, reason),
    ]
    if (None if row is None else Fit(row.decision)) is not seen:
        faults.append(Fault(MOVED_MEANWHILE))
    if faults or decision is None:
        raise Refused(faults)
    before = None if row is None else row.decision
    if row is None:
        row = NeedActivity(
            need_id=need_id,
            activity_id=activity_id,
            decision=decision.value,
            reason=reason.strip(),
            decided_by=author.username,
            decided_at=now(),
        )
        session.add(row)
    else:
        row.decision, row.reason = decision.value, reason.strip()
        row.decided_by, row.decided_at = author.username, now()
    session.flush()
    changes = [Change(f"activity:{activity_id}", before, decision.value)]
    log(session, author, RecordKind.NEED, held.number, changes, row.reason)


def _activity_faults(
    session: Session, author: Viewer, held: HeldNeed, activity_id: int
) -> list[Fault]:
    """Refuse an activity that the author does not see, or that takes place elsewhere."""
    found = records.draft_of(session, author, activity_id)
    if found is None:
        return [Fault("There is no such activity, or it is not open to you.", "activity_id")]
    if not found.iso3s & held.countries:
        return [Fault("This activity takes place in none of the need's countries.", "activity_id")]
    return []
