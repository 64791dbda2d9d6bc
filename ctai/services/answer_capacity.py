"""Recording what an entity can do about a need."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.climbing import Offer, capacity_faults, unmet_faults
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import Answer
from ctai.domain.roles import Action, Viewer
from ctai.models.ladder import Enquiry
from ctai.queries.ladder_rows import enquiry_of
from ctai.queries.visible import enquiries_seen
from ctai.services.held_need import NO_SUCH_QUESTION, HeldNeed, answer_field, hold
from ctai.services.revisions import Change, log, now


def answer_capacity(
    session: Session,
    author: Viewer,
    enquiry_id: int,
    answer: Answer | None,
    reason: str,
    answered_as: str,
    today: date | None = None,
) -> None:
    """Record an entity's answer; Refused with every reason, also when one is there already."""
    day = today or now().date()
    held, row = hold_question(session, author, Action.ANSWER_CAPACITY, enquiry_id, day)
    faults = [
        *unmet_faults(held.state),
        *capacity_faults(enquiry_of(row), answer, reason, answered_as, day),
    ]
    if faults or answer is None:
        raise Refused(faults)
    write_answer(session, author, held, row, Answered(answer, reason, answered_as, day))


def hold_question(
    session: Session, author: Viewer, action: Action, enquiry_id: int, today: date
) -> tuple[HeldNeed, Enquiry]:
    """Lock the need of a question and read the question behind the lock; Refused if not yours."""
    need_of = select(col(Enquiry.need_id)).where(col(Enquiry.id) == enquiry_id)
    need_id = session.scalars(enquiries_seen(need_of, author)).one_or_none()
    if need_id is None:
        raise Refused([Fault(NO_SUCH_QUESTION)])
    held = hold(session, author, need_id, today)
    one = select(Enquiry).where(col(Enquiry.id) == enquiry_id)
    row = session.scalars(one.execution_options(populate_existing=True)).one()
    if not author.may_touch(action, held.countries, frozenset({row.entity})):
        raise Refused([Fault(NO_SUCH_QUESTION)])
    return held, row


@dataclass(frozen=True)
class Answered:
    """An answer as it is stored."""

    answer: Answer
    reason: str
    answered_as: str
    day: date


def write_answer(
    session: Session,
    author: Viewer,
    held: HeldNeed,
    row: Enquiry,
    said: Answered,
    offer: Offer | None = None,
) -> None:
    """Store an answer into its question, and log it with its reason."""
    row.answer = said.answer.value
    row.reason = said.reason.strip()
    row.answered_on = said.day.isoformat()
    row.answered_by = author.username
    row.answered_as = said.answered_as.strip()
    if offer is not None and offer.amount is not None:
        row.amount, row.currency = offer.amount, offer.currency
        row.rate_usd, row.rate_date = offer.rate_usd, offer.rate_date
    session.flush()
    told = row.answer
    if row.amount is not None:
        told = f"{row.answer} · {row.amount:.2f} {row.currency}"
    changes = [Change(answer_field(row), None, f"{told} · {row.answered_as}")]
    log(session, author, RecordKind.NEED, held.number, changes, row.reason)
