"""Tries of reviewing what focal points wrote, and of saying who is trusted."""

from sqlmodel import Session

from ctai.domain.roles import Action, Role, Viewer
from ctai.services.decide_proposal import accept
from ctai.services.propose import submit
from ctai.services.trust_entity import trust_entity
from tests.drafts import activity
from tests.queries.conftest import World
from tests.queries.tries import TRIES
from tests.review_drafts import account


def _review(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    """Of the two, one is Nigeria's and UNODC's, the other Burkina Faso's and CTED's."""
    iso3, entity = ("NGA", "UNODC") if own else ("BFA", "CTED")
    author = account(session, "phil", Role.FOCAL_POINT, entity=entity)
    number = submit(session, author, activity("New", (iso3,), (entity,))).proposal_id
    return accept(session, viewer, number or 0) > 0


def _rules(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    trust_entity(session, viewer, "UNODC" if own else "CTED")
    return True


TRIES.update({Action.REVIEW_CHANGES: _review, Action.MANAGE_RULES: _rules})
