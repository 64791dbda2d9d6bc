"""Tries of climbing, of answering for an entity, a State or a donor, and of editing the rules."""

from dataclasses import replace

from sqlmodel import Session

from ctai.domain.ladder import Answer, ConsentAnswer
from ctai.domain.roles import Action, Role, Viewer
from ctai.models.ladder import Consent, Enquiry
from ctai.services.answer_capacity import answer_capacity
from ctai.services.answer_consent import answer_consent
from ctai.services.ask_capacity import ask_capacity
from ctai.services.edit_calendar import add_day
from ctai.services.record_offer import record_offer
from tests.ladder_drafts import DUE, MONDAY
from tests.queries.conftest import World
from tests.queries.tries import TRIES

AS = "Chief of Branch"


def _need(world: World, own: bool) -> int:
    """A is Nigeria's, B Burkina Faso's."""
    return world.needs["A" if own else "B"]


def _question(session: Session, need_id: int, rung: int, entity: str) -> int:
    row = Enquiry(
        need_id=need_id,
        rung=rung,
        entity=entity,
        asked_by="dora",
        asked_on=MONDAY.isoformat(),
        due_on=DUE.isoformat(),
    )
    session.add(row)
    session.flush()
    return row.id or 0


def _climb(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    return bool(ask_capacity(session, viewer, _need(world, own), ["UNODC"], "", MONDAY))


def _capacity(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    entity = "UNODC" if own else "CTED"
    number = _question(session, _need(world, own), 1, entity)
    answer_capacity(session, viewer, number, Answer.CANNOT, "No staff", AS, MONDAY)
    return True


def _consent(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    row = Consent(
        need_id=_need(world, own),
        iso3="NGA" if own else "BFA",
        asked_by="dora",
        asked_on=MONDAY.isoformat(),
        due_on=DUE.isoformat(),
    )
    session.add(row)
    session.flush()
    says = ConsentAnswer.CONSENTS
    answer_consent(session, viewer, row.id or 0, says, "", AS, MONDAY)
    return True


def _offer(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    """The donor is Denmark; the other question is IOM's."""
    if viewer.role is Role.DONOR:
        viewer = replace(viewer, entity="Denmark")
    number = _question(session, _need(world, own), 2, "Denmark" if own else "IOM")
    record_offer(session, viewer, number, Answer.DECLINES, "Not ours", AS, None, MONDAY)
    return True


def _rules(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    add_day(session, viewer, "2024-07-04", False, "A holiday")
    return True


TRIES.update(
    {
        Action.CLIMB: _climb,
        Action.ANSWER_CAPACITY: _capacity,
        Action.ANSWER_CONSENT: _consent,
        Action.OFFER: _offer,
        Action.MANAGE_RULES: _rules,
    }
)
