"""A try of saying what an entity's quarter was."""

from sqlmodel import Session

from ctai.domain.reporting import QuarterAnswer, Statement
from ctai.domain.roles import Action, Viewer
from ctai.services.state_reporting import state_reporting
from tests.queries.conftest import World
from tests.queries.tries import TRIES


def _state_reporting(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    entity = "UNODC" if own else "CTED"
    said = Statement(entity, "2024-Q1", QuarterAnswer.NOTHING_TO_REPORT)
    return state_reporting(session, viewer, said) > 0


TRIES.update({Action.STATE_REPORTING: _state_reporting})
