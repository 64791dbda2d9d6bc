"""Tries of planning: building a plan for Nigeria, or for Burkina Faso."""

from sqlmodel import Session

from ctai.domain.roles import Action, Viewer
from ctai.services.build_plan import build
from tests.queries.conftest import World
from tests.queries.tries import TRIES


def _plan(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    return build(session, viewer, "NGA" if own else "BFA", "Plan").added > 0


TRIES.update({Action.PLAN: _plan})
