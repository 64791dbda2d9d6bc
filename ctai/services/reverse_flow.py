"""Correct money that was recorded wrongly: another entry takes it back, and both stay."""

from sqlmodel import Session

from ctai.domain.corrections import reversal_faults, reversal_of
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Viewer
from ctai.services.funding_moves import NOT_YOURS, locked
from ctai.services.record_flow import store_flow, told
from ctai.services.revisions import Change


def reverse_flow(session: Session, actor: Viewer, request_id: int, number: int, why: str) -> None:
    """Take an entry back with its reason; Refused with every reason.

    The request is locked, so that two at once can't both take one entry back.
    """
    row, found = locked(session, actor, request_id)
    faults = [*reversal_faults(found.flows, number, why, found.asked)]
    if not actor.may_touch(Action.RECORD_MONEY, *found.owners):
        faults.append(Fault(NOT_YOURS))
    if faults:
        raise Refused(faults)
    wrong = next(one.flow for one in found.flows if one.number == number)
    change = Change(f"flow.{wrong.kind}", told(wrong), None)
    store_flow(session, actor, row, reversal_of(wrong, why), change, why.strip(), number)
