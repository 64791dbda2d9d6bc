"""Asking entities of the United Nations what they can do about a need: the first rung."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from ctai.domain.climbing import asking_faults
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import CAPACITY_WORKING_DAYS, History, Rung
from ctai.domain.roles import Action, Viewer
from ctai.domain.working_days import add_working_days
from ctai.models.ladder import Enquiry
from ctai.queries import calendar, codes
from ctai.services.held_need import HeldNeed, hold, question_field, record_silence
from ctai.services.revisions import Change, log, now


def ask_capacity(
    session: Session,
    author: Viewer,
    need_id: int,
    entities: Iterable[str],
    question: str = "",
    today: date | None = None,
) -> date:
    """Ask entities and give the day by which they answer; Refused with every reason."""
    day, asked = today or now().date(), list(entities)
    held = hold(session, author, need_id, day)
    faults = [
        *held.rights(author, Action.CLIMB),
        *asking_faults(held.history, held.state, codes.entities(session), asked, question, day),
    ]
    if faults:
        raise Refused(faults)
    due = add_working_days(day, CAPACITY_WORKING_DAYS, calendar.exceptions(session))
    ask(session, author, held, Rung.UN_CAPACITY, asked, question, day, due)
    return due


def ask(
    session: Session,
    author: Viewer,
    held: HeldNeed,
    rung: Rung,
    entities: list[str],
    question: str,
    day: date,
    due: date,
) -> None:
    """Store a new round of enquiries on a rung, after the silence of earlier ones is recorded."""
    record_silence(session, author, held, day)
    rows = [
        Enquiry(
            need_id=held.number,
            rung=int(rung),
            entity=entity,
            round=next_round(held.history, rung, entity),
            question=question.strip(),
            asked_by=author.username,
            asked_on=day.isoformat(),
            due_on=due.isoformat(),
        )
        for entity in entities
    ]
    session.add_all(rows)
    session.flush()
    changes = [Change(question_field(row), None, row.due_on) for row in rows]
    log(session, author, RecordKind.NEED, held.number, changes, question.strip())


def next_round(history: History, rung: Rung, entity: str) -> int:
    """Count the rounds in which an entity was asked on a rung, and one more."""
    rounds = [e.round for e in history.enquiries if (e.rung, e.entity) == (rung, entity)]
    return max(rounds, default=0) + 1
