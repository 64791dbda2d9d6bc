"""Tries of filing, reviewing and financing funding requests."""

from sqlmodel import Session

from ctai.domain.funding import FundingState
from ctai.domain.funding_draft import FundingDraft
from ctai.domain.money import BudgetKind
from ctai.domain.roles import SYSTEM, Action, Viewer, Visibility
from ctai.queries import funding as reads
from ctai.services import file_funding, review_funding
from ctai.services.record_flow import record_flow
from tests.drafts import ADMINISTRATOR
from tests.funding_drafts import answer_tests, brought_to, climb_to_funding, flow, funding
from tests.queries.conftest import World
from tests.queries.tries import TRIES


def _draft(world: World, own: bool) -> FundingDraft:
    need, entity = ("A", "UNODC") if own else ("B", "CTED")
    return funding((world.needs[need],), entity=entity, visibility=Visibility.PUBLIC)


def _at(session: Session, world: World, own: bool, state: FundingState) -> int:
    draft = _draft(world, own)
    climb_to_funding(session, draft.needs[0])
    answer_tests(session, draft.needs[0])
    reviewer = Viewer("rita", ADMINISTRATOR.role)
    return brought_to(session, state, draft.needs, author=SYSTEM, reviewer=reviewer, draft=draft)


def _file(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    return bool(file_funding.start(session, viewer, _draft(world, own)))


def _review(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    number = _at(session, world, own, FundingState.SUBMITTED)
    review_funding.take_up(session, viewer, number)
    return True


def _money(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    number = _at(session, world, own, FundingState.ENDORSED)
    record_flow(session, viewer, number, flow(BudgetKind.PLEDGE))
    found = reads.view(session, SYSTEM, number)
    return found is not None and len(found.flows) == 1


TRIES.update(
    {
        Action.FILE_FUNDING: _file,
        Action.REVIEW_FUNDING: _review,
        Action.RECORD_MONEY: _money,
    }
)
