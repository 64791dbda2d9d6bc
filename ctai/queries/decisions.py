"""Decisions that wait for a viewer: proposals and funding requests."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlmodel import Session, col

from ctai.domain.funding import FundingState
from ctai.domain.notices import Notice, Waiting
from ctai.domain.proposals import ProposalState
from ctai.domain.roles import Action, Extent, Role, Viewer, Visibility
from ctai.models.funding import FundingCountry, FundingRequest
from ctai.models.trust import Proposal
from ctai.queries.visible import funding_seen, proposals_seen

REVIEWED = (FundingState.SUBMITTED, FundingState.UNDER_REVIEW)


def decisions(session: Session, viewer: Viewer) -> Iterator[Notice]:
    """Give the proposals and funding requests that the viewer can decide or has to mend.

    Nobody is told to decide what they wrote themselves.
    """
    yield from _proposals(session, viewer)
    if viewer.may(Action.REVIEW_FUNDING):
        reviewed = and_(
            col(FundingRequest.state).in_([state.value for state in REVIEWED]),
            col(FundingRequest.author) != viewer.username,
            _in_my_countries(viewer),
        )
        yield from _funding(session, viewer, Waiting.FUNDING_REVIEW, reviewed)
    if viewer.may(Action.FILE_FUNDING):
        mine = col(FundingRequest.author) == viewer.username
        if viewer.role is Role.FOCAL_POINT:
            mine = or_(mine, col(FundingRequest.entity) == viewer.entity)
        returned = and_(col(FundingRequest.state) == FundingState.RETURNED.value, mine)
        yield from _funding(session, viewer, Waiting.FUNDING_RETURNED, returned)


def _proposals(session: Session, viewer: Viewer) -> Iterator[Notice]:
    if not viewer.may(Action.REVIEW_CHANGES):
        return
    statement = select(
        col(Proposal.id), col(Proposal.title), col(Proposal.entity), col(Proposal.made_at)
    ).where(
        col(Proposal.state) == ProposalState.PENDING.value,
        col(Proposal.author) != viewer.username,
    )
    for number, title, entity, made in session.execute(proposals_seen(statement, viewer)):
        # What is proposed may be restricted, and says so only inside its draft.
        yield Notice(
            Waiting.PROPOSAL, number, number, title, entity or "", None, made, is_closed=True
        )


def _funding(
    session: Session, viewer: Viewer, kind: Waiting, which: ColumnElement[bool]
) -> Iterator[Notice]:
    statement = select(
        col(FundingRequest.id),
        col(FundingRequest.title),
        col(FundingRequest.visibility),
        col(FundingRequest.entity),
        col(FundingRequest.needed_by),
        col(FundingRequest.state_since),
    ).where(which)
    for number, title, level, entity, due, since in session.execute(
        funding_seen(statement, viewer)
    ):
        closed = level == Visibility.RESTRICTED.value
        yield Notice(kind, number, number, title, entity, due, since, is_closed=closed)


def _in_my_countries(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.extent(Action.REVIEW_FUNDING) is Extent.ALL:
        return true()
    return col(FundingRequest.id).in_(
        select(col(FundingCountry.request_id)).where(col(FundingCountry.iso3).in_(viewer.countries))
    )
