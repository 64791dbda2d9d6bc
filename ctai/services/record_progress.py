"""Recording how far an item of the agreed plan is, or one of its milestones."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.faults import Fault, Refused
from ctai.domain.plans import PlanState
from ctai.domain.progress import Item, Word, state_of, word_faults
from ctai.domain.roles import Viewer
from ctai.i18n import mark
from ctai.models.plans import Plan, PlanItem, PlanProgress
from ctai.queries import plans
from ctai.services.plan_parts import locked, log_item, number_of
from ctai.services.revisions import Change, now

NO_ITEM = mark("There is no such item, or it is not open to you.")
NOT_IN_FORCE = mark("Only the agreed version takes progress. Open that one.")
TOLD_MEANWHILE = mark("Somebody recorded progress meanwhile. Look at it, then save again.")


@dataclass(frozen=True)
class Step:
    """What progress is told of: an item, or a milestone of it.

    `seen_word` is the number of the newest word that its author saw, None where there was none.
    """

    item_id: int
    milestone_id: int | None = None
    seen_word: int | None = None


def record(session: Session, author: Viewer, step: Step, word: Word) -> None:
    """Add a word to what was said of an item or milestone; Refused with every reason."""
    plan, item = _found(session, author, step)
    before = item.newest
    if step.milestone_id is not None:
        milestone = next((m for m in item.milestones if m.number == step.milestone_id), None)
        if milestone is None:
            raise Refused([Fault(NO_ITEM)])
        before = milestone.newest
    faults = [*word_faults(word, before, now().date())]
    if plan.state != PlanState.AGREED.value:
        faults.append(Fault(NOT_IN_FORCE))
    if (None if before is None else before.number) != step.seen_word:
        faults.append(Fault(TOLD_MEANWHILE))
    if faults:
        raise Refused(faults)
    session.add(
        PlanProgress(
            item_id=step.item_id,
            milestone_id=step.milestone_id,
            state=word.state.value,
            seen_on=word.seen_on,
            note=word.note.strip(),
            told_by=author.username,
            told_at=now(),
        )
    )
    session.flush()
    field = "state" if step.milestone_id is None else f"milestone_{step.milestone_id}.state"
    old = None if before is None else before.state.value
    changes = [Change(field, old or state_of(None).value, word.state.value)]
    changes.append(Change(f"{field}_seen_on", before.seen_on if before else None, word.seen_on))
    log_item(session, author, number_of(plan), item, changes, word.note.strip())


def _found(session: Session, author: Viewer, step: Step) -> tuple[Plan, Item]:
    of_item = select(col(PlanItem.plan_id)).where(col(PlanItem.id) == step.item_id)
    plan_id = session.scalars(of_item).one_or_none()
    if plan_id is None:
        raise Refused([Fault(NO_ITEM)])
    plan = locked(session, author, plan_id)
    for item in plans.items(session, author, plan_id):
        if item.number == step.item_id:
            return plan, item
    raise Refused([Fault(NO_ITEM)])
