"""Who may see a row: the one place that narrows a statement to what its viewer may see."""

from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    false,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped
from sqlmodel import col

from ctai.domain.funding import OPEN_OUTSIDE, FundingState
from ctai.domain.kinds import RecordKind
from ctai.domain.ladder import Rung
from ctai.domain.plans import PlanState
from ctai.domain.roles import Action, Extent, Role, Viewer, Visibility
from ctai.models.activities import Activity, ActivityCell, ActivityCountry, ActivityEntity
from ctai.models.briefings import IssuedBriefing
from ctai.models.funding import FundingCountry, FundingRequest
from ctai.models.ladder import Consent, Enquiry, NeedCheck
from ctai.models.needs import Assessment, AssessmentCountry, AssessmentEntity, Need, NeedCountry
from ctai.models.needs import Request as RequestRow
from ctai.models.past import KEPT
from ctai.models.plans import Plan, PlanItem
from ctai.models.records import Revision
from ctai.models.trust import Proposal, ProposalCountry

Statement = TypeVar("Statement", bound=Select[*tuple[Any, ...]])

_LEVELS = (
    (Action.SEE_PUBLIC, Visibility.PUBLIC),
    (Action.SEE_UN_SYSTEM, Visibility.UN_SYSTEM),
    (Action.SEE_RESTRICTED, Visibility.RESTRICTED),
)


def activities_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Activity` to what a viewer may see."""
    return statement.where(
        _levels(viewer, col(Activity.visibility), _own_activity(viewer, col(Activity.id)))
    )


def cells_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `ActivityCell` to what a viewer may see.

    A counterpart sees the cells of its own country only, also of an undertaking that others share.
    """
    narrowed = statement.where(_open_cells(viewer))
    if viewer.reach is None:
        return narrowed
    return narrowed.where(col(ActivityCell.iso3).in_(viewer.reach))


def _open_cells(viewer: Viewer) -> ColumnElement[bool]:
    own = _own_activity(viewer, col(ActivityCell.activity_id))
    return _levels(viewer, col(ActivityCell.visibility), own)


def hidden_cells_told(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `ActivityCell` to restricted ones that a viewer doesn't see.

    Inside the United Nations `queries.restricted` tells how many there are beside what one sees,
    and whom to ask (ADR 24). A State, a donor and the public don't learn that there are any.
    """
    if not viewer.may(Action.SEE_UN_SYSTEM):
        return statement.where(false())
    is_restricted = col(ActivityCell.visibility) == Visibility.RESTRICTED.value
    return statement.where(is_restricted, not_(_open_cells(viewer)))


def needs_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Need` to what a viewer may see.

    A focal point sees what their entity found or is asked about, and what rests on an assessment
    or a request of theirs; a donor sees what is shared with it. Nothing restricted is shared
    outside the United Nations.
    """
    own = _own_by_country(viewer, col(Need.id), col(NeedCountry.need_id), col(NeedCountry.iso3))
    if viewer.role is Role.FOCAL_POINT:
        own = or_(
            col(Need.evidence_body) == viewer.entity,
            col(Need.id).in_(_asked_about(viewer, Rung.UN_CAPACITY)),
            *_rests_on_own(viewer),
        )
    seen = _levels(viewer, col(Need.visibility), own)
    if viewer.role is Role.DONOR and viewer.entity:
        shared = and_(
            col(Need.visibility) != Visibility.RESTRICTED.value,
            col(Need.id).in_(_asked_about(viewer, Rung.OUTSIDE)),
        )
        seen = or_(seen, shared)
    return statement.where(seen)


def _rests_on_own(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    led = select(col(Assessment.id)).where(col(Assessment.lead) == viewer.entity)
    asked = select(col(RequestRow.id)).where(col(RequestRow.addressed_to) == viewer.entity)
    return (
        col(Need.assessment_id).in_(_joined(viewer)),
        col(Need.assessment_id).in_(led),
        col(Need.request_id).in_(asked),
    )


def _joined(viewer: Viewer) -> Select[int]:
    joined = select(col(AssessmentEntity.assessment_id))
    return joined.where(col(AssessmentEntity.entity) == viewer.entity)


def _asked_about(viewer: Viewer, rung: Rung) -> Select[int]:
    return select(col(Enquiry.need_id)).where(
        col(Enquiry.entity) == viewer.entity, col(Enquiry.rung) == int(rung)
    )


def enquiries_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Enquiry` to what a viewer may see.

    What entities can and can't do is for the United Nations; a donor sees what it was asked.
    """
    of_needs = col(Enquiry.need_id).in_(needs_seen(select(col(Need.id)), viewer))
    if viewer.may(Action.SEE_UN_SYSTEM):
        return statement.where(of_needs)
    if viewer.role is Role.DONOR and viewer.entity:
        asked = and_(col(Enquiry.entity) == viewer.entity, col(Enquiry.rung) == int(Rung.OUTSIDE))
        return statement.where(of_needs, asked)
    return statement.where(false())


def consents_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Consent`: the United Nations', and the State's that is asked."""
    own = col(Consent.iso3).in_(viewer.countries)
    if viewer.role is Role.COUNTERPART:
        # Not by its need: a State is asked about what it does not see here yet as well.
        return statement.where(own)
    if not viewer.may(Action.SEE_UN_SYSTEM):
        return statement.where(false())
    return statement.where(col(Consent.need_id).in_(needs_seen(select(col(Need.id)), viewer)))


def workings_seen(statement: Statement, viewer: Viewer, need_id: Mapped[int]) -> Statement:
    """Narrow a statement over what was decided about needs: tests and links."""
    if not viewer.may(Action.SEE_UN_SYSTEM):
        return statement.where(false())
    return statement.where(need_id.in_(needs_seen(select(col(Need.id)), viewer)))


def checks_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `NeedCheck`: the United Nations reads it, and the State whose word
    it is."""
    if not (viewer.may(Action.SEE_UN_SYSTEM) or viewer.may(Action.ANSWER_CONSENT)):
        return statement.where(false())
    return statement.where(col(NeedCheck.need_id).in_(needs_seen(select(col(Need.id)), viewer)))


def funding_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `FundingRequest`: a draft is its own side's, and States and donors
    see a request once it is endorsed."""
    own = _own_by_country(
        viewer,
        col(FundingRequest.id),
        col(FundingCountry.request_id),
        col(FundingCountry.iso3),
    )
    if viewer.role is Role.FOCAL_POINT:
        own = col(FundingRequest.entity) == viewer.entity
    if viewer.role is Role.ADMINISTRATOR:
        own = true()
    state = col(FundingRequest.state)
    if viewer.may(Action.SEE_UN_SYSTEM):
        in_time = or_(state != FundingState.DRAFT.value, own)
    else:
        in_time = state.in_([code.value for code in OPEN_OUTSIDE])
    return statement.where(_levels(viewer, col(FundingRequest.visibility), own), in_time)


def plans_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Plan`: donors see what was agreed, and so does the State it was
    agreed with, unless it is restricted."""
    own: ColumnElement[bool] = false()
    if viewer.role in (Role.DESK_OFFICER, Role.COUNTERPART):
        own = col(Plan.iso3).in_(viewer.countries)
    elif viewer.role is Role.FOCAL_POINT:
        taking_part = select(col(PlanItem.plan_id)).where(col(PlanItem.entity) == viewer.entity)
        own = col(Plan.id).in_(taking_part)
    seen = _levels(viewer, col(Plan.visibility), own)
    if viewer.may(Action.SEE_UN_SYSTEM):
        return statement.where(seen)
    if viewer.role is Role.COUNTERPART:
        seen = or_(seen, and_(own, col(Plan.visibility) != Visibility.RESTRICTED.value))
    return statement.where(seen, col(Plan.state) != PlanState.DRAFT.value)


def proposals_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Proposal` to its entity, the desks of its countries, and
    administrators."""
    if viewer.role is Role.ADMINISTRATOR:
        return statement
    if viewer.role is Role.FOCAL_POINT:
        return statement.where(col(Proposal.entity) == viewer.entity)
    own = _own_by_country(
        viewer, col(Proposal.id), col(ProposalCountry.proposal_id), col(ProposalCountry.iso3)
    )
    return statement.where(own if viewer.role is Role.DESK_OFFICER else false())


def briefings_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `IssuedBriefing` to a viewer's own; administrators and desks see
    others' too, of which `queries.briefings` keeps those that they might issue themselves."""
    if viewer.role in (Role.ADMINISTRATOR, Role.DESK_OFFICER):
        return statement
    return statement.where(col(IssuedBriefing.issued_by) == viewer.username)


def assessments_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Assessment` to what a viewer may see."""
    own = _own_by_country(
        viewer,
        col(Assessment.id),
        col(AssessmentCountry.assessment_id),
        col(AssessmentCountry.iso3),
    )
    if viewer.role is Role.FOCAL_POINT:
        own = or_(col(Assessment.lead) == viewer.entity, col(Assessment.id).in_(_joined(viewer)))
    return statement.where(_levels(viewer, col(Assessment.visibility), own))


def requests_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Request` to what a viewer may see."""
    own: ColumnElement[bool] = col(RequestRow.iso3).in_(viewer.countries)
    if viewer.role is Role.FOCAL_POINT:
        own = col(RequestRow.addressed_to) == viewer.entity
    return statement.where(_levels(viewer, col(RequestRow.visibility), own))


def revisions_of_needs_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Revision`: what plans and funding requests say of a need
    is told to those who see the need.

    By the past of their parts: an item may have gone since, and a need been restricted since.
    """
    kind, field = col(Revision.record_kind), col(Revision.field)
    seen = needs_seen(select(col(Need.id)), viewer)
    items, served = KEPT["plan_item"].c, KEPT["funding_need"].c
    about = exists().where(
        items.plan_id == col(Revision.record_id),
        field.like("item_" + cast(items.id, String) + ".%"),
    )
    # An item that came and went at once has no past, and is told to nobody.
    of_item = or_(not_(about), about.where(items.need_id.not_in(seen)))
    of_need = exists().where(
        served.request_id == col(Revision.record_id), served.need_id.not_in(seen)
    )
    return statement.where(
        not_(and_(kind == RecordKind.PLAN.value, field.like("item_%.%"), of_item)),
        not_(and_(kind == RecordKind.FUNDING_REQUEST.value, field == "needs", of_need)),
    )


def _levels(
    viewer: Viewer, visibility: Mapped[str], own: ColumnElement[bool]
) -> ColumnElement[bool]:
    everywhere = [level for action, level in _LEVELS if viewer.extent(action) is Extent.ALL]
    if len(everywhere) == len(_LEVELS):
        return true()
    at_home = [level for action, level in _LEVELS if viewer.extent(action) is Extent.OWN]
    open_rows = visibility.in_([level.value for level in everywhere])
    if not at_home:
        return open_rows
    own_rows = and_(visibility.in_([level.value for level in at_home]), own)
    return or_(open_rows, own_rows)


def _own_activity(viewer: Viewer, activity_id: Mapped[Any]) -> ColumnElement[bool]:
    if viewer.role is Role.FOCAL_POINT:
        taking_part = select(col(ActivityEntity.activity_id)).where(
            col(ActivityEntity.entity) == viewer.entity
        )
        return activity_id.in_(taking_part)
    return _own_by_country(
        viewer, activity_id, col(ActivityCountry.activity_id), col(ActivityCountry.iso3)
    )


def _own_by_country(
    viewer: Viewer, record_id: Mapped[Any], link_id: Mapped[Any], iso3: Mapped[str]
) -> ColumnElement[bool]:
    if viewer.role not in (Role.DESK_OFFICER, Role.COUNTERPART):
        return false()
    return record_id.in_(select(link_id).where(iso3.in_(viewer.countries)))
