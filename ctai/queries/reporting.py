"""Who has told us something in which quarter, as far as records, proposals and statements show."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from ctai.domain.activities import OrganisationRole
from ctai.domain.kinds import RecordKind
from ctai.domain.reporting import QuarterAnswer, first_of, last_of, state_of
from ctai.domain.roles import Action, Role, Viewer
from ctai.domain.scope import Scope
from ctai.models.activities import Activity, ActivityEntity
from ctai.models.funding import FundingRequest
from ctai.models.needs import Assessment, Need
from ctai.models.needs import Request as RequestRow
from ctai.models.people import User
from ctai.models.plans import Plan
from ctai.models.records import Revision
from ctai.models.reference import Entity
from ctai.models.trust import Proposal, QuarterReport
from ctai.queries.scoped import Statement, activities_in, stale_status
from ctai.queries.visible import (
    activities_seen,
    assessments_seen,
    funding_seen,
    needs_seen,
    plans_seen,
    proposals_seen,
    requests_seen,
)

RECORDS = (
    RecordKind.ACTIVITY,
    RecordKind.ASSESSMENT,
    RecordKind.REQUEST,
    RecordKind.NEED,
    RecordKind.FUNDING_REQUEST,
    RecordKind.PLAN,
    RecordKind.PROPOSAL,
)
"""Kinds whose change tells something of the field; accounts and code lists do not."""

MATRIX_COLUMNS = ["entity", "quarter", "state", "records", "said", "activities", "stale"]
NOTHING: tuple[int, int, date | None] = (0, 0, None)
"""What an entity has on record of which only an account or a statement is known."""
VOLUME_COLUMNS = ["entity", "activities", "stale", "known_since"]


def matrix(
    session: Session, viewer: Viewer, scope: Scope, quarters: Sequence[str], today: date
) -> pd.DataFrame:
    """Tell what is known of each entity's quarters, with `MATRIX_COLUMNS`, by entity and time.

    Entities: those that take part in an activity of the scope that the viewer sees; without a
    filter by country or measure also those with a focal point, or of which something was said.
    `state` is a `QuarterState`: whether an entity reported is open to the whole United Nations
    system, whatever it reported on. `records` counts the records written or confirmed by its focal
    points that the viewer may see, and `said` is what was stated, or None. `activities` and `stale`
    are the entity's, as in `volume`. Donors are not asked.
    """
    if not viewer.may(Action.SEE_UN_SYSTEM):
        return pd.DataFrame(columns=MATRIX_COLUMNS)
    carried = _carried(session, viewer, scope, today)
    accounts = _accounts_since(session)
    said = _said(session, quarters)
    asked = set(carried)
    if not scope.only(("country", "region", "pillar", "measure")).params:
        asked |= set(accounts) | {entity for entity, _ in said}
    if scope.entity:
        asked &= set(scope.entity)
    told, records = _told(session, quarters), _records(session, viewer, quarters)
    return pd.DataFrame(
        [
            (
                entity,
                quarter,
                state_of(
                    quarter,
                    today,
                    _first(carried.get(entity, NOTHING)[2], accounts.get(entity)),
                    (entity, quarter) in told,
                    said.get((entity, quarter)),
                ).value,
                records.get((entity, quarter), 0),
                said.get((entity, quarter)),
                *carried.get(entity, NOTHING)[:2],
            )
            for entity in sorted(asked & _asked(session))
            for quarter in quarters
        ],
        columns=MATRIX_COLUMNS,
    )


def quarters_of(
    session: Session, viewer: Viewer, quarters: Sequence[str], today: date
) -> dict[str, str]:
    """Tell what is known of the quarters of the viewer's own entity, since it has an account."""
    entity = viewer.entity
    if not viewer.may(Action.SEE_UN_SYSTEM) or entity is None:
        return {}
    since = _accounts_since(session, entity).get(entity)
    said, told = _said(session, quarters, entity), _told(session, quarters, entity)
    return {
        quarter: state_of(
            quarter, today, since, (entity, quarter) in told, said.get((entity, quarter))
        ).value
        for quarter in quarters
    }


def volume(session: Session, viewer: Viewer, scope: Scope, today: date) -> pd.DataFrame:
    """Count by entity the activities of a scope that it carries, and how many are stale.

    Columns `VOLUME_COLUMNS`; `known_since` is the day on which the first of them was recorded here.
    """
    found = _carried(session, viewer, scope, today)
    return pd.DataFrame([(name, *row) for name, row in found.items()], columns=VOLUME_COLUMNS)


def _carried(
    session: Session, viewer: Viewer, scope: Scope, today: date
) -> dict[str, tuple[int, int, date | None]]:
    carried = select(col(ActivityEntity.entity), col(ActivityEntity.activity_id)).where(
        col(ActivityEntity.role) > OrganisationRole.FUNDING
    )
    if scope.entity:
        carried = carried.where(col(ActivityEntity.entity).in_(scope.entity))
    # Each pair once, before the activities are looked up: an entity may have two roles in one.
    pairs = carried.distinct().subquery("carried")
    statement = (
        select(
            pairs.c.entity,
            func.count(),
            func.sum(case((stale_status(today), 1), else_=0)),
            func.min(col(Activity.created_at)),
        )
        .join(Activity, col(Activity.id) == pairs.c.activity_id)
        .group_by(pairs.c.entity)
        .order_by(pairs.c.entity)
    )
    rows = session.execute(activities_seen(activities_in(statement, scope, today), viewer))
    return {entity: (count, int(stale), first.date()) for entity, count, stale, first in rows}


def focal_points(session: Session, viewer: Viewer) -> dict[str, tuple[str, ...]]:
    """Name the focal points who may sign in, by entity: whom to ask. For the United Nations."""
    if not viewer.may(Action.SEE_UN_SYSTEM):
        return {}
    rows = session.execute(
        select(col(User.entity), col(User.username))
        .where(_is_focal_point(), col(User.active))
        .order_by(col(User.entity), col(User.username))
    )
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for entity, username in rows:
        found[entity] += (username,)
    return dict(found)


def _is_focal_point() -> ColumnElement[bool]:
    return and_(col(User.role) == Role.FOCAL_POINT.value, col(User.entity).is_not(None))


def _asked(session: Session) -> set[str]:
    """List the entities that are asked to report: donors give, they do not carry out."""
    return set(session.scalars(select(col(Entity.acronym)).where(col(Entity.kind) != "donor")))


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _accounts_since(session: Session, entity: str | None = None) -> dict[str, date]:
    statement = (
        select(col(User.entity), func.min(col(User.created_at)))
        .where(_is_focal_point())
        .group_by(col(User.entity))
    )
    if entity is not None:
        statement = statement.where(col(User.entity) == entity)
    return {name: moment.date() for name, moment in session.execute(statement)}


def _said(
    session: Session, quarters: Sequence[str], entity: str | None = None
) -> dict[tuple[str, str], QuarterAnswer]:
    statement = select(
        col(QuarterReport.entity), col(QuarterReport.quarter), col(QuarterReport.answer)
    ).where(col(QuarterReport.quarter).in_(quarters))
    if entity is not None:
        statement = statement.where(col(QuarterReport.entity) == entity)
    rows = session.execute(statement)
    return {(name, quarter): QuarterAnswer(answer) for name, quarter, answer in rows}


def _told(
    session: Session, quarters: Sequence[str], entity: str | None = None
) -> set[tuple[str, str]]:
    """Find the entities and quarters in which a focal point wrote, confirmed or proposed."""
    wrote = _by_focal_points(
        select(col(User.entity), _quarter(col(Revision.at), quarters)).distinct(), quarters
    )
    proposed = (
        select(col(Proposal.entity), _quarter(col(Proposal.made_at), quarters))
        .distinct()
        .select_from(Proposal)
        .join(User, col(User.username) == col(Proposal.author))
        .where(
            _is_focal_point(),
            col(User.entity) == col(Proposal.entity),
            _within(col(Proposal.made_at), quarters),
        )
    )
    if entity is not None:
        wrote = wrote.where(col(User.entity) == entity)
        proposed = proposed.where(col(User.entity) == entity)
    return {
        (str(name), str(quarter))
        for found in (wrote, proposed)
        for name, quarter in session.execute(found)
    }


def _records(
    session: Session, viewer: Viewer, quarters: Sequence[str]
) -> dict[tuple[str, str], int]:
    """Count the records that focal points wrote, as far as the viewer may see them."""
    inside: Select[str | None, str, str, int] = _by_focal_points(
        select(
            col(User.entity).label("entity"),
            _quarter(col(Revision.at), quarters).label("quarter"),
            col(Revision.record_kind),
            col(Revision.record_id),
        ).distinct(),
        quarters,
    ).where(or_(*(_of_kind(kind, viewer) for kind in RECORDS)))
    # Counted outside: PostgreSQL takes two like expressions with parameters for different ones.
    written = inside.subquery("written")
    rows = session.execute(
        select(written.c.entity, written.c.quarter, func.count()).group_by(
            written.c.entity, written.c.quarter
        )
    )
    return {(entity, quarter): count for entity, quarter, count in rows}


def _by_focal_points(statement: Statement, quarters: Sequence[str]) -> Statement:
    return (
        statement.select_from(User)
        .join(Revision, col(Revision.actor) == col(User.username))
        .where(
            _is_focal_point(),
            _within(col(Revision.at), quarters),
            col(Revision.record_kind).in_([kind.value for kind in RECORDS]),
        )
    )


def _of_kind(kind: RecordKind, viewer: Viewer) -> ColumnElement[bool]:
    match kind:
        case RecordKind.ACTIVITY:
            seen = activities_seen(select(col(Activity.id)), viewer)
        case RecordKind.ASSESSMENT:
            seen = assessments_seen(select(col(Assessment.id)), viewer)
        case RecordKind.REQUEST:
            seen = requests_seen(select(col(RequestRow.id)), viewer)
        case RecordKind.NEED:
            seen = needs_seen(select(col(Need.id)), viewer)
        case RecordKind.FUNDING_REQUEST:
            seen = funding_seen(select(col(FundingRequest.id)), viewer)
        case RecordKind.PLAN:
            seen = plans_seen(select(col(Plan.id)), viewer)
        case _:
            seen = proposals_seen(select(col(Proposal.id)), viewer)
    return and_(col(Revision.record_kind) == kind.value, col(Revision.record_id).in_(seen))


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _ends(quarter: str) -> datetime:
    return _begins(last_of(quarter) + timedelta(days=1))


def _within(moment: Mapped[datetime], quarters: Sequence[str]) -> ColumnElement[bool]:
    return and_(moment >= _begins(first_of(quarters[0])), moment < _ends(quarters[-1]))


def _quarter(moment: Mapped[datetime], quarters: Sequence[str]) -> ColumnElement[str]:
    """Name the quarter of a moment within the given ones, in the words of both databases."""
    return case(
        *((moment < _ends(quarter), quarter) for quarter in quarters[:-1]), else_=quarters[-1]
    )
