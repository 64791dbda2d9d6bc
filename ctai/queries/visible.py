"""Who may see a row: the one place that narrows a statement to what its viewer may see."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import Mapped
from sqlmodel import col

from ctai.domain.roles import Action, Extent, Role, Viewer, Visibility
from ctai.models.activities import (
    Activity,
    ActivityCell,
    ActivityCountry,
    ActivityEntity,
)
from ctai.models.needs import (
    Assessment,
    AssessmentCountry,
    AssessmentEntity,
    Need,
    NeedCountry,
)
from ctai.models.needs import Request as RequestRow

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
    narrowed = statement.where(
        _levels(
            viewer,
            col(ActivityCell.visibility),
            _own_activity(viewer, col(ActivityCell.activity_id)),
        )
    )
    if viewer.reach is None:
        return narrowed
    return narrowed.where(col(ActivityCell.iso3).in_(viewer.reach))


def needs_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Need` to what a viewer may see."""
    own = _own_by_country(viewer, col(Need.id), col(NeedCountry.need_id), col(NeedCountry.iso3))
    if viewer.role is Role.FOCAL_POINT:
        own = col(Need.evidence_body) == viewer.entity
    return statement.where(_levels(viewer, col(Need.visibility), own))


def assessments_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Assessment` to what a viewer may see."""
    own = _own_by_country(
        viewer,
        col(Assessment.id),
        col(AssessmentCountry.assessment_id),
        col(AssessmentCountry.iso3),
    )
    if viewer.role is Role.FOCAL_POINT:
        joined = select(col(AssessmentEntity.assessment_id)).where(
            col(AssessmentEntity.entity) == viewer.entity
        )
        own = or_(col(Assessment.lead) == viewer.entity, col(Assessment.id).in_(joined))
    return statement.where(_levels(viewer, col(Assessment.visibility), own))


def requests_seen(statement: Statement, viewer: Viewer) -> Statement:
    """Narrow a statement over `Request` to what a viewer may see."""
    own: ColumnElement[bool] = col(RequestRow.iso3).in_(viewer.countries)
    if viewer.role is Role.FOCAL_POINT:
        own = col(RequestRow.addressed_to) == viewer.entity
    return statement.where(_levels(viewer, col(RequestRow.visibility), own))


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
    viewer: Viewer,
    record_id: Mapped[Any],
    link_id: Mapped[Any],
    iso3: Mapped[str],
) -> ColumnElement[bool]:
    if viewer.role not in (Role.DESK_OFFICER, Role.COUNTERPART):
        return false()
    return record_id.in_(select(link_id).where(iso3.in_(viewer.countries)))
