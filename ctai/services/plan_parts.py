"""The parts of a plan's write: whose it is, its rows, and the log of what changed in them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.milestones import written
from ctai.domain.plans import ItemDraft, PlanState
from ctai.domain.progress import Item
from ctai.domain.roles import Action, Viewer, Visibility
from ctai.i18n import mark
from ctai.models.plans import Plan, PlanItem, PlanMilestone
from ctai.models.reference import MemberState
from ctai.queries import plans
from ctai.services.revisions import Change, differences, log, now

NO_PLAN = mark("There is no such plan, or it is not open to you.")
NOT_YOUR_PLAN = mark("This plan is not yours to change. Ask the country's desk officer.")
FROZEN = mark("Version {seen} is no draft any more. Make a new draft from the agreed version.")
DRAFT_THERE = mark("Version {seen} is a draft already. Go on with it, or agree it first.")
PLAN_CHANGED = mark(
    "Somebody changed this plan while you were typing. Your text is kept below: "
    "look at the new version, then save again."
)
ITEM_GONE = mark("Somebody took this item out of the plan. Take it out here too, or add it anew.")


def check_right(author: Viewer, iso3: str) -> None:
    """Refuse an author who may not plan for a country."""
    if not author.may_touch(Action.PLAN, frozenset({iso3}), frozenset()):
        raise Refused([Fault(NOT_YOUR_PLAN, "country")])


def locked(session: Session, author: Viewer, plan_id: int) -> Plan:
    """Lock a plan of the author's own for what is decided next; Refused where it is not."""
    statement = select(Plan).where(col(Plan.id) == plan_id).with_for_update()
    row = session.scalars(statement, execution_options={"populate_existing": True}).one_or_none()
    if row is None or plans.version(session, author, plan_id) is None:
        raise Refused([Fault(NO_PLAN)])
    check_right(author, row.iso3)
    return row


def draft_faults(row: Plan, version: int) -> list[Fault]:
    """Refuse to change what was agreed, or what somebody else changed meanwhile."""
    if row.state != PlanState.DRAFT.value:
        return [Fault(FROZEN, places={"seen": str(row.number)})]
    return [Fault(PLAN_CHANGED)] if version != row.version else []


def new_version(
    session: Session,
    author: Viewer,
    iso3: str,
    title: str,
    visibility: Visibility,
    note: str = "",
) -> Plan:
    """Store the next version of a country's plan as an empty draft; Refused beside another draft.

    The country's row is locked: two who begin at once would both be number one.
    """
    place = select(MemberState).where(col(MemberState.iso3) == iso3)
    session.scalars(place.with_for_update(key_share=True)).one()
    there = session.scalars(
        select(Plan).where(col(Plan.iso3) == iso3, col(Plan.state) == PlanState.DRAFT.value)
    ).first()
    if there is not None:
        raise Refused([Fault(DRAFT_THERE, places={"seen": str(there.number)})])
    last = session.scalars(select(func.max(col(Plan.number))).where(col(Plan.iso3) == iso3)).one()
    moment = now()
    row = Plan(
        iso3=iso3,
        number=(last or 0) + 1,
        title=title,
        visibility=visibility.value,
        note=note,
        author=author.username,
        created_at=moment,
        changed_at=moment,
    )
    session.add(row)
    session.flush()
    return row


def number_of(row: Plan | PlanItem) -> int:
    """Give a stored row's number."""
    assert row.id is not None, "a flushed row has its number"  # noqa: S101
    return row.id


def write_items(
    session: Session,
    author: Viewer,
    plan_id: int,
    before: Sequence[Item],
    after: Sequence[ItemDraft],
) -> None:
    """Turn the items that the author sees into others, and log each field that changed.

    Items that the author does not see stay, after the others.
    """
    kept = {item.number for item in after if item.number is not None}
    gone = [item for item in before if item.number not in kept]
    session.execute(delete(PlanItem).where(col(PlanItem.id).in_([item.number for item in gone])))
    of_plan = col(PlanItem.plan_id) == plan_id
    # A position is taken only once: all move out of the way before any takes its new one.
    session.execute(update(PlanItem).where(of_plan).values(position=-col(PlanItem.id)))
    rows = {
        row.id: row
        for row in session.scalars(
            select(PlanItem).where(of_plan).order_by(col(PlanItem.position).desc()),
            execution_options={"populate_existing": True},
        )
    }
    for position, item in enumerate(after, start=1):
        row = rows.pop(item.number, None) if item.number is not None else None
        _write_item(session, plan_id, position, item, row)
    for position, row in enumerate(rows.values(), start=len(after) + 1):
        row.position = position
    session.flush()
    _log_items(session, author, plan_id, before, plans.items(session, author, plan_id))


def _write_item(
    session: Session, plan_id: int, position: int, item: ItemDraft, row: PlanItem | None
) -> None:
    if row is None:
        assert item.need_id is not None, "an item that passed its rules has a need"  # noqa: S101
        row = PlanItem(plan_id=plan_id, position=position, need_id=item.need_id, action=item.action)
        session.add(row)
    row.position, row.action, row.entity = position, item.action.strip(), item.entity
    row.need_id = item.need_id or row.need_id
    row.starts, row.ends = item.starts, item.ends
    row.cost = item.cost
    row.currency = item.currency if item.cost is not None else None
    row.rate_usd = item.rate_usd if item.cost is not None else None
    row.rate_date = item.rate_date if item.cost is not None else None
    row.funding_request_id = item.funding_request_id
    session.flush()
    number = number_of(row)
    session.execute(delete(PlanMilestone).where(col(PlanMilestone.item_id) == number))
    session.add_all(
        PlanMilestone(item_id=number, position=at, what=step.what.strip(), due=step.due)
        for at, step in enumerate(item.milestones, start=1)
    )
    session.flush()


def _log_items(
    session: Session, author: Viewer, plan_id: int, before: Sequence[Item], after: Sequence[Item]
) -> None:
    old = {item.number: item for item in before}
    new = {item.number: item for item in after}
    for number in dict.fromkeys([*old, *new]):
        was, now_is = old.get(number), new.get(number)
        changes = differences(
            {} if was is None else _fields(was), {} if now_is is None else _fields(now_is)
        )
        item = now_is or was
        if changes and item is not None:
            log_item(session, author, plan_id, item, changes)


def log_item(
    session: Session,
    author: Viewer,
    plan_id: int,
    item: Item,
    changes: Sequence[Change],
    why: str = "",
) -> None:
    """Append what changed in an item to its plan's history.

    To its need's where that is restricted: a plan's history is read by more people than that.
    """
    named = [Change(f"item_{item.number}.{c.field}", c.old, c.new) for c in changes]
    if item.need.visibility is Visibility.RESTRICTED:
        log(session, author, RecordKind.NEED, item.need.number, named, why)
    else:
        log(session, author, RecordKind.PLAN, plan_id, named, why)


def _fields(item: Item) -> Mapping[str, str]:
    draft = item.draft
    rate = "" if draft.rate_usd is None else f"{draft.rate_usd:f} ({draft.rate_date or ''})"
    return {
        "need": item.need.code,
        "action": draft.action,
        "entity": draft.entity or "",
        "starts": draft.starts or "",
        "ends": draft.ends or "",
        "cost": "" if draft.cost is None else f"{draft.cost} {draft.currency}",
        "rate_usd": rate,
        "milestones": written(draft.milestones),
        "funding_request": str(draft.funding_request_id or ""),
    }


def need_numbers(items: Sequence[ItemDraft]) -> set[int]:
    """Give the needs that items name."""
    return {item.need_id for item in items if item.need_id is not None}
