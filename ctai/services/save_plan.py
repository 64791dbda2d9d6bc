"""Saving a draft of an action plan: what its grid holds, whole or not at all."""

from sqlmodel import Session

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.plans import PlanDraft, plan_faults
from ctai.domain.roles import Viewer
from ctai.models.plans import Plan
from ctai.queries import plans
from ctai.services.plan_parts import ITEM_GONE, draft_faults, locked, need_numbers, write_items
from ctai.services.revisions import differences, log, now


def save(session: Session, author: Viewer, plan_id: int, draft: PlanDraft, version: int) -> None:
    """Turn a stored draft into another; Refused with every reason.

    `version` is the one the author was looking at: what somebody else stored in between is not
    overwritten.
    """
    row = locked(session, author, plan_id)
    before = plans.items(session, author, plan_id)
    there = {item.number for item in before}
    known = plans.known(session, author, need_numbers(draft.items))
    faults = [
        *draft_faults(row, version),
        *plan_faults(draft, known, now().date()),
        *(
            Fault(ITEM_GONE, "items", place=str(position))
            for position, item in enumerate(draft.items, start=1)
            if item.number is not None and item.number not in there
        ),
    ]
    if draft.iso3 != row.iso3:
        faults.append(Fault("A plan stays with its country.", "country"))
    if faults:
        raise Refused(faults)
    changes = differences(_fields(row), _fields_of(draft))
    row.title, row.note = draft.title.strip(), draft.note
    row.visibility = draft.visibility.value
    row.version += 1
    row.changed_at = now()
    session.flush()
    log(session, author, RecordKind.PLAN, plan_id, changes)
    write_items(session, author, plan_id, before, draft.items)


def _fields(row: Plan) -> dict[str, str]:
    return {"title": row.title, "visibility": row.visibility, "note": row.note}


def _fields_of(draft: PlanDraft) -> dict[str, str]:
    return {
        "title": draft.title.strip(),
        "visibility": draft.visibility.value,
        "note": draft.note,
    }
