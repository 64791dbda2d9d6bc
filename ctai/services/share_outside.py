"""Sharing a need with providers and donors by name, after its States agreed: the second rung."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from ctai.domain.climbing import sharing_faults
from ctai.domain.faults import Refused
from ctai.domain.ladder import OFFER_WORKING_DAYS, Rung
from ctai.domain.roles import Action, Viewer
from ctai.domain.working_days import add_working_days
from ctai.queries import calendar, codes
from ctai.services.ask_capacity import ask
from ctai.services.held_need import hold
from ctai.services.revisions import now


def share_outside(
    session: Session,
    author: Viewer,
    need_id: int,
    entities: Iterable[str],
    question: str = "",
    today: date | None = None,
) -> date:
    """Share a need and give the day by which offers are awaited; Refused with every reason."""
    day, asked = today or now().date(), list(entities)
    held = hold(session, author, need_id, day)
    kinds = codes.entities(session)
    faults = [
        *held.rights(author, Action.CLIMB),
        *sharing_faults(held.history, held.state, held.visibility, kinds, asked, question, day),
    ]
    if faults:
        raise Refused(faults)
    due = add_working_days(day, OFFER_WORKING_DAYS, calendar.exceptions(session))
    ask(session, author, held, Rung.OUTSIDE, asked, question, day, due)
    return due
