"""Making a new draft from the agreed version of an action plan."""

from dataclasses import replace

from sqlmodel import Session

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import NeedState
from ctai.domain.plans import PlanState
from ctai.domain.progress import Item
from ctai.domain.roles import Viewer, Visibility
from ctai.i18n import mark
from ctai.models.plans import Plan
from ctai.queries import plans
from ctai.services.plan_parts import NO_PLAN, check_right, new_version, number_of, write_items
from ctai.services.revisions import Change, log

NOT_AGREED = mark("Only the agreed version can be copied into a new draft.")


def copy(session: Session, author: Viewer, plan_id: int) -> int:
    """Copy the agreed version into a new draft and give its number; Refused with every reason.

    Items on needs that were withdrawn since stay behind.
    """
    told = plans.version(session, author, plan_id)
    if told is None:
        raise Refused([Fault(NO_PLAN)])
    check_right(author, told.iso3)
    if told.state is not PlanState.AGREED:
        raise Refused([Fault(NOT_AGREED)])
    row = new_version(session, author, told.iso3, told.title, told.visibility, told.note)
    number = number_of(row)
    log_begun(session, author, row, copied=told.number)
    inside = [_anew(item) for item in plans.items(session, author, plan_id) if _stands(item)]
    write_items(session, author, number, (), [item.draft for item in inside])
    return number


def _stands(item: Item) -> bool:
    return item.need.state is not NeedState.WITHDRAWN


def _anew(item: Item) -> Item:
    return replace(item, draft=replace(item.draft, number=None))


def log_begun(session: Session, author: Viewer, row: Plan, copied: int | None = None) -> None:
    """Append to a new version's history how it began."""
    changes = [
        Change("state", None, PlanState.DRAFT.value),
        Change("title", None, row.title),
        Change("visibility", None, Visibility(row.visibility).value),
    ]
    if copied is not None:
        changes.append(Change("copied_from", None, str(copied)))
    log(session, author, RecordKind.PLAN, number_of(row), changes)
