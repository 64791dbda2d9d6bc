"""Building a draft of an action plan from a country's unmet needs."""

from dataclasses import dataclass

from sqlmodel import Session

from ctai.domain.faults import Fault, Refused
from ctai.domain.plans import ItemDraft, PlanState
from ctai.domain.progress import Version
from ctai.domain.roles import Viewer, Visibility
from ctai.i18n import mark
from ctai.queries import plan_beginnings, plans
from ctai.services.copy_plan import copy, log_begun
from ctai.services.plan_parts import (
    PLAN_CHANGED,
    check_right,
    locked,
    need_numbers,
    new_version,
    number_of,
    write_items,
)
from ctai.services.revisions import now

NOTHING_OPEN = mark("No unmet need of this country is recorded that you may see.")


@dataclass(frozen=True)
class Built:
    """What became of it: the draft's number, and how many items are new in it."""

    plan_id: int
    added: int


def build(session: Session, author: Viewer, iso3: str, title: str) -> Built:
    """Put an item for each unmet need that has none into a country's draft; Refused with reasons.

    Where there is no draft a new version begins, from the agreed one where there is one, else
    called `title`.
    """
    check_right(author, iso3)
    proposed = plan_beginnings.proposed(session, author, iso3)
    there = plans.versions(session, author, iso3)
    plan_id = _of_state(there, PlanState.DRAFT)
    if plan_id is None and not proposed:
        raise Refused([Fault(NOTHING_OPEN, "need")])
    if plan_id is None:
        plan_id = _begin(session, author, iso3, title, _of_state(there, PlanState.AGREED))
    row = locked(session, author, plan_id)
    if row.state != PlanState.DRAFT.value:
        raise Refused([Fault(PLAN_CHANGED)])
    before = plans.items(session, author, plan_id)
    inside = [item.draft for item in before]
    planned = need_numbers(inside)
    added: list[ItemDraft] = [item for item in proposed if item.need_id not in planned]
    if added:
        row.version += 1
        row.changed_at = now()
        write_items(session, author, plan_id, before, [*inside, *added])
    return Built(plan_id, len(added))


def _of_state(versions: tuple[Version, ...], state: PlanState) -> int | None:
    return next((one.plan_id for one in versions if one.state is state), None)


def _begin(session: Session, author: Viewer, iso3: str, title: str, agreed: int | None) -> int:
    if agreed is not None:
        return copy(session, author, agreed)
    row = new_version(session, author, iso3, title, Visibility.UN_SYSTEM)
    log_begun(session, author, row)
    return number_of(row)
