"""How many undertakings, and how much money, by pillar: the three faces of the heatmap."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, case, exists, func, not_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ctai.domain.activities import OrganisationRole
from ctai.domain.overlap import Judgement
from ctai.domain.overlap_totals import Totals
from ctai.domain.overlap_totals import totals as without_twice
from ctai.domain.roles import Viewer
from ctai.domain.scope import FILTERS, Face, Scope
from ctai.models.activities import (
    Activity,
    ActivityCell,
    ActivityCountry,
    ActivityEntity,
    ActivityMeasure,
    BudgetLine,
)
from ctai.models.exchange import OverlapDecision
from ctai.models.reference import Measure
from ctai.queries.evidence import cells_in
from ctai.queries.scoped import Statement, activities_in
from ctai.queries.visible import activities_seen

COUNT = "count"
"""The unit that counts undertakings; the other units are a kind of amount and a currency."""

CELL_FILTERS = ("country", "region", "pillar", "measure")
_CARRIERS = (
    select(col(ActivityEntity.activity_id), col(ActivityEntity.entity))
    .where(col(ActivityEntity.role) > OrganisationRole.FUNDING)
    .distinct()
    .subquery("carriers")
)
"""Who carries an activity, each once: an entity in two roles has its money once."""

HEATMAP_COLUMNS = ["row", "pillar", "undertakings"]
MONEY_COLUMNS = ["row", "pillar", "kind", "currency", "amount", "undertakings"]


def undertakings(
    session: Session, viewer: Viewer, face: Face, scope: Scope, today: date
) -> pd.DataFrame:
    """Count undertakings by row and main pillar, with `HEATMAP_COLUMNS`.

    Each undertaking counts once in each row that it belongs to, by its main measure. `row` is an
    ISO alpha-3 code, an acronym or a year; None where the year is not known.
    """
    row = _row(face)
    # An activity has one main measure, so that a country counts it once without being told to.
    number = func.count(func.distinct(col(ActivityCell.activity_id)))
    if face is Face.COUNTRY:
        number = func.count()
    statement = (
        _counted(select(row, col(Measure.pillar), number), viewer, face, scope, today)
        .group_by(row, col(Measure.pillar))
        .order_by(row, col(Measure.pillar))
    )
    return pd.DataFrame([tuple(r) for r in session.execute(statement)], columns=HEATMAP_COLUMNS)


def numbers_in(
    session: Session,
    viewer: Viewer,
    face: Face,
    cell: tuple[str | None, str],
    scope: Scope,
    today: date,
    limit: int,
) -> list[int]:
    """Give the numbers of the undertakings that a cell (row, pillar) counts, newest first."""
    wanted, pillar = cell
    row = _row(face)
    statement = (
        _counted(select(col(ActivityCell.activity_id)).distinct(), viewer, face, scope, today)
        .where(col(Measure.pillar) == pillar)
        .where(row.is_(None) if wanted is None else row == _typed(face, wanted))
        .order_by(col(ActivityCell.activity_id).desc())
        .limit(limit)
    )
    return list(session.scalars(statement))


def _typed(face: Face, row: str) -> str | int:
    return int(row) if face is Face.YEAR else row


def _counted(
    statement: Statement, viewer: Viewer, face: Face, scope: Scope, today: date
) -> Statement:
    """Join and narrow a statement over `ActivityCell` to what the heatmap counts."""
    joined = statement.join(Measure, col(Measure.code) == col(ActivityCell.measure))
    joined = joined.where(col(ActivityCell.is_main))
    if face is Face.ENTITY:
        joined = joined.join(
            ActivityEntity, col(ActivityEntity.activity_id) == col(ActivityCell.activity_id)
        ).where(col(ActivityEntity.role) > OrganisationRole.FUNDING)
    return cells_in(_scoped(joined, scope, today), scope, viewer)


def total(session: Session, viewer: Viewer, scope: Scope, today: date) -> int:
    """Count the undertakings of a scope, each once, however many rows they belong to."""
    number = func.count(func.distinct(col(ActivityCell.activity_id)))
    statement = select(number).where(col(ActivityCell.is_main))
    statement = _scoped(statement, scope, today)
    return session.scalars(cells_in(statement, scope, viewer)).one()


def totals(session: Session, viewer: Viewer, scope: Scope, today: date) -> Totals:
    """Count the same as recorded, and without those that a person found to be recorded twice."""
    numbers = _scoped(select(col(ActivityCell.activity_id)), scope, today)
    seen = cells_in(numbers.where(col(ActivityCell.is_main)), scope, viewer)
    gross = total(session, viewer, scope, today)
    return without_twice(gross, _decided_twice(session, seen))


def _decided_twice(session: Session, numbers: Select[Any]) -> list[tuple[int, int]]:
    """Give the pairs of some undertakings that a person found to be one, recorded twice."""
    statement = select(col(OverlapDecision.activity_id), col(OverlapDecision.other_id)).where(
        col(OverlapDecision.judgement) == Judgement.DUPLICATE.value,
        col(OverlapDecision.activity_id).in_(numbers),
        col(OverlapDecision.other_id).in_(numbers),
    )
    return [(one, other) for one, other in session.execute(statement)]


def _row(face: Face) -> ColumnElement[Any]:
    match face:
        case Face.COUNTRY:
            return _expression(ActivityCell.iso3)
        case Face.ENTITY:
            return _expression(ActivityEntity.entity)
        case Face.YEAR:
            return _expression(ActivityCell.start_year)


def _expression(column: Any) -> ColumnElement[Any]:
    return func.coalesce(col(column), None)


def _money_row(face: Face) -> ColumnElement[Any]:
    match face:
        case Face.COUNTRY:
            countries = (
                select(func.count())
                .where(col(ActivityCountry.activity_id) == col(Activity.id))
                .scalar_subquery()
            )
            only = (
                select(func.min(col(ActivityCountry.iso3)))
                .where(col(ActivityCountry.activity_id) == col(Activity.id))
                .scalar_subquery()
            )
            return case((or_(col(BudgetLine.spans_countries), countries > 1), None), else_=only)
        case Face.ENTITY:
            return _CARRIERS.c.entity
        case Face.YEAR:
            start = func.coalesce(col(Activity.actual_start), col(Activity.planned_start))
            return func.substr(start, 1, 4)


def _scoped(statement: Statement, scope: Scope, today: date) -> Statement:
    """Apply the filters that cells don't carry, where there are any."""
    rest = scope.only(name for name in FILTERS if name not in CELL_FILTERS)
    if rest == Scope():
        return statement
    inside = activities_in(select(col(Activity.id)), rest, today)
    return statement.where(col(ActivityCell.activity_id).in_(inside))


def money(session: Session, viewer: Viewer, face: Face, scope: Scope, today: date) -> pd.DataFrame:
    """Add up amounts by row, main pillar, kind and currency, with `MONEY_COLUMNS`.

    Currencies are never mixed. An amount that covers several countries stands in the row None of
    the country face; a programme's own amount is left out where its parts have amounts.
    """
    part = aliased(Activity)
    part_line = aliased(BudgetLine)
    told_by_parts = exists(
        select(col(part_line.id))
        .join(part, col(part.id) == col(part_line.activity_id))
        .where(
            col(part.parent_id) == col(Activity.id),
            col(part_line.kind) == col(BudgetLine.kind),
            col(part_line.currency) == col(BudgetLine.currency),
        )
    )
    row = _money_row(face)
    statement = (
        select(
            row,
            col(Measure.pillar),
            col(BudgetLine.kind),
            col(BudgetLine.currency),
            func.sum(col(BudgetLine.amount)),
            func.count(func.distinct(col(Activity.id))),
        )
        .join(BudgetLine, col(BudgetLine.activity_id) == col(Activity.id))
        .join(ActivityMeasure, col(ActivityMeasure.activity_id) == col(Activity.id))
        .join(Measure, col(Measure.code) == col(ActivityMeasure.measure))
        .where(col(ActivityMeasure.is_main), not_(told_by_parts))
        .group_by(row, col(Measure.pillar), col(BudgetLine.kind), col(BudgetLine.currency))
        .order_by(row, col(Measure.pillar))
    )
    if face is Face.ENTITY:
        statement = statement.join(_CARRIERS, _CARRIERS.c.activity_id == col(Activity.id))
    rows = session.execute(activities_seen(activities_in(statement, scope, today), viewer))
    return pd.DataFrame([tuple(r) for r in rows], columns=MONEY_COLUMNS)
