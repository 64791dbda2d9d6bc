"""Agreeing on a draft of an action plan: it is frozen, and the version before it superseded."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.agreement import agreement_faults
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.plans import PlanDraft, PlanState, key_of, plan_faults
from ctai.domain.progress import Item, Word
from ctai.domain.roles import SYSTEM, Viewer, Visibility
from ctai.i18n import mark
from ctai.models.plans import Plan, PlanProgress
from ctai.queries import plans
from ctai.services.plan_parts import NO_PLAN, check_right, draft_faults, need_numbers
from ctai.services.revisions import Change, log, now

UNSEEN = mark("The plan has items on needs that are not open to you. Ask an administrator.")


def agree(
    session: Session,
    author: Viewer,
    plan_id: int,
    version: int,
    agreed_on: str | None,
    agreed_with: str,
    visibility: Visibility,
) -> None:
    """Agree on a draft as it stands; Refused with every reason.

    What was said of an item of the version before goes on for the same need and action.
    """
    row = _locked(session, author, plan_id)
    whole = plans.draft_of(session, SYSTEM, plan_id)
    assert whole is not None, "the system sees every plan"  # noqa: S101
    faults = [
        *draft_faults(row, version),
        *_soundness(session, author, whole),
        *agreement_faults(whole, agreed_on, agreed_with, now().date()),
    ]
    if faults:
        raise Refused(faults)
    former = session.scalars(
        select(Plan).where(col(Plan.iso3) == row.iso3, col(Plan.state) == PlanState.AGREED.value)
    ).one_or_none()
    if former is not None:
        _supersede(session, author, former)
    changes = [
        Change("state", row.state, PlanState.AGREED.value),
        Change("agreed_on", None, agreed_on),
        Change("agreed_with", None, agreed_with.strip()),
    ]
    if row.visibility != visibility.value:
        changes.append(Change("visibility", row.visibility, visibility.value))
    row.state, row.visibility = PlanState.AGREED.value, visibility.value
    row.agreed_on, row.agreed_with = agreed_on, agreed_with.strip()
    row.version += 1
    row.changed_at = now()
    session.flush()
    if former is not None and former.id is not None:
        _carry_on(session, former.id, plan_id)
    log(session, author, RecordKind.PLAN, plan_id, changes)


def _locked(session: Session, author: Viewer, plan_id: int) -> Plan:
    """Lock all versions of the plan's country: one of them at most may be agreed."""
    told = plans.version(session, author, plan_id)
    if told is None:
        raise Refused([Fault(NO_PLAN)])
    check_right(author, told.iso3)
    statement = (
        select(Plan).where(col(Plan.iso3) == told.iso3).order_by(col(Plan.id)).with_for_update()
    )
    rows = session.scalars(statement, execution_options={"populate_existing": True})
    return next(row for row in rows if row.id == plan_id)


def _soundness(session: Session, author: Viewer, whole: PlanDraft) -> Iterable[Fault]:
    """Look at the items again: a need may have been withdrawn since they were saved."""
    numbers = need_numbers(whole.items)
    seen = plans.known(session, author, numbers).needs
    if numbers - seen.keys():
        return [Fault(UNSEEN, "items")]
    return plan_faults(whole, plans.known(session, SYSTEM, numbers), now().date())


def _supersede(session: Session, author: Viewer, former: Plan) -> None:
    former.state = PlanState.SUPERSEDED.value
    session.flush()
    assert former.id is not None, "a stored row has its number"  # noqa: S101
    change = Change("state", PlanState.AGREED.value, PlanState.SUPERSEDED.value)
    log(session, author, RecordKind.PLAN, former.id, [change])


def _carry_on(session: Session, former_id: int, plan_id: int) -> None:
    before = {key_of(i.draft): i for i in plans.items(session, SYSTEM, former_id)}
    for item in plans.items(session, SYSTEM, plan_id):
        same = before.get(key_of(item.draft))
        if same is not None:
            _repeat(session, item.number, None, same.newest)
            _repeat_steps(session, item, same)
    session.flush()


def _repeat_steps(session: Session, item: Item, same: Item) -> None:
    words = {step.what.casefold(): step.newest for step in same.milestones}
    for step in item.milestones:
        _repeat(session, item.number, step.number, words.get(step.what.casefold()))


def _repeat(session: Session, item_id: int, milestone_id: int | None, word: Word | None) -> None:
    if word is not None:
        session.add(
            PlanProgress(
                item_id=item_id,
                milestone_id=milestone_id,
                state=word.state.value,
                seen_on=word.seen_on,
                note=word.note,
                told_by=word.told_by,
                told_at=now(),
            )
        )
