"""Recording what a provider or a donor outside answered: an offer, or that it declines."""

from datetime import date

from sqlmodel import Session

from ctai.domain.climbing import Offer, offer_faults, unmet_faults
from ctai.domain.faults import Refused
from ctai.domain.ladder import Answer
from ctai.domain.roles import Action, Viewer
from ctai.queries.ladder_rows import enquiry_of
from ctai.services.answer_capacity import Answered, hold_question, write_answer
from ctai.services.revisions import now


def record_offer(
    session: Session,
    author: Viewer,
    enquiry_id: int,
    answer: Answer | None,
    reason: str,
    answered_as: str,
    offer: Offer | None = None,
    today: date | None = None,
) -> None:
    """Record an answer from outside; Refused with every reason, also when one is there already."""
    day, money = today or now().date(), offer or Offer()
    held, row = hold_question(session, author, Action.OFFER, enquiry_id, day)
    faults = [
        *unmet_faults(held.state),
        *offer_faults(enquiry_of(row), answer, reason, answered_as, money, day),
    ]
    if faults or answer is None:
        raise Refused(faults)
    write_answer(session, author, held, row, Answered(answer, reason, answered_as, day), money)
