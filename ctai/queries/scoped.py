"""Narrowing statements to a scope: what the reader chose, in the database's words."""

import re
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, not_, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from ctai.domain.activities import Status
from ctai.domain.dates import last_day
from ctai.domain.freshness import RUNNING, STALE_AFTER_MONTHS
from ctai.domain.money import SECURED
from ctai.domain.roles import Viewer
from ctai.domain.scope import Freshness, MoneyKnown, Scope
from ctai.domain.strategy import by_code
from ctai.models.activities import (
    Activity,
    ActivityCountry,
    ActivityEntity,
    ActivityMeasure,
    ActivityText,
    BudgetLine,
)
from ctai.models.reference import MemberState

Statement = TypeVar("Statement", bound=Select[*tuple[Any, ...]])

_WILD = re.compile(r"[%_\\]")


def measures_in(scope: Scope) -> list[str] | None:
    """List the measures that a scope lets through; None where it lets all."""
    if not scope.pillar and not scope.measure:
        return None
    return [
        code
        for code, measure in by_code().items()
        if (not scope.pillar or measure.pillar in scope.pillar)
        and (not scope.measure or code in scope.measure)
    ]


def countries_in(scope: Scope) -> Select[str] | None:
    """Select the Member States that a scope lets through; None where it lets all."""
    if not scope.country and not scope.region:
        return None
    statement = select(col(MemberState.iso3))
    if scope.country:
        statement = statement.where(col(MemberState.iso3).in_(scope.country))
    if scope.region:
        statement = statement.where(col(MemberState.region).in_(scope.region))
    return statement


def in_cells(
    statement: Statement, scope: Scope, viewer: Viewer, iso3: Mapped[str], measure: Mapped[str]
) -> Statement:
    """Narrow rows of a country and a measure to a scope, and to the countries a viewer may see."""
    countries, measures = countries_in(scope), measures_in(scope)
    if countries is not None:
        statement = statement.where(iso3.in_(countries))
    if measures is not None:
        statement = statement.where(measure.in_(measures))
    if viewer.reach is not None:
        statement = statement.where(iso3.in_(viewer.reach))
    return statement


def activities_in(statement: Statement, scope: Scope, today: date) -> Statement:
    """Narrow a statement over `Activity` to a scope."""
    conditions = [*_place_and_measure(scope), *_people(scope), *_time(scope, today), *_rest(scope)]
    return statement.where(*conditions)


def _place_and_measure(scope: Scope) -> list[ColumnElement[bool]]:
    here = col(Activity.id)
    conditions: list[ColumnElement[bool]] = []
    countries = countries_in(scope)
    if countries is not None:
        inside = select(col(ActivityCountry.activity_id)).where(
            col(ActivityCountry.iso3).in_(countries)
        )
        conditions.append(here.in_(inside))
    measures = measures_in(scope)
    if measures is not None:
        serving = select(col(ActivityMeasure.activity_id)).where(
            col(ActivityMeasure.measure).in_(measures)
        )
        conditions.append(here.in_(serving))
    return conditions


def _people(scope: Scope) -> list[ColumnElement[bool]]:
    if not scope.entity and not scope.role:
        return []
    part = select(col(ActivityEntity.activity_id))
    if scope.entity:
        part = part.where(col(ActivityEntity.entity).in_(scope.entity))
    if scope.role:
        part = part.where(col(ActivityEntity.role).in_([int(role) for role in scope.role]))
    return [col(Activity.id).in_(part)]


def _time(scope: Scope, today: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    start = func.coalesce(col(Activity.actual_start), col(Activity.planned_start))
    end = func.coalesce(col(Activity.actual_end), col(Activity.planned_end))
    if scope.since:
        # A date known only by its year may lie anywhere in it: it is compared as far as it goes.
        last = func.coalesce(end, start)
        is_ongoing = col(Activity.status) == Status.ONGOING.value
        runs_on = and_(end.is_(None), start.is_not(None), is_ongoing)
        conditions.append(
            or_(last >= func.substr(literal(scope.since), 1, func.length(last)), runs_on)
        )
    if scope.until:
        first = func.coalesce(start, end)
        conditions.append(first <= last_day(scope.until).isoformat())
    if scope.freshness:
        stale = stale_status(today)
        conditions.append(stale if scope.freshness == Freshness.STALE else not_(stale))
    return conditions


def stale_status(today: date) -> ColumnElement[bool]:
    """Tell the activities whose status was last true too long ago, or at no known date."""
    return and_(
        col(Activity.status).in_([status.value for status in RUNNING]),
        or_(
            col(Activity.status_as_of).is_(None),
            col(Activity.status_as_of) < oldest_fresh(today),
        ),
    )


def oldest_fresh(today: date) -> str:
    """Give the oldest date text with which a status is still fresh, as YYYY-MM.

    In January as YYYY: a date of which only the year is known means its first month.
    """
    months = today.year * 12 + today.month - 1 - STALE_AFTER_MONTHS
    year, month = months // 12, months % 12 + 1
    return f"{year:04d}" if month == 1 else f"{year:04d}-{month:02d}"


def _rest(scope: Scope) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if scope.status:
        conditions.append(col(Activity.status).in_(scope.status))
    if scope.money:
        line = select(col(BudgetLine.id)).where(col(BudgetLine.activity_id) == col(Activity.id))
        if scope.money == MoneyKnown.SECURED:
            line = line.where(col(BudgetLine.kind).in_([kind.value for kind in SECURED]))
        stated = exists(line)
        conditions.append(not_(stated) if scope.money == MoneyKnown.NOT_STATED else stated)
    for word in scope.text.split():
        pattern = "%" + _WILD.sub(r"\\\g<0>", word) + "%"
        matching = select(col(ActivityText.activity_id)).where(
            or_(
                col(ActivityText.title).ilike(pattern, escape="\\"),
                col(ActivityText.description).ilike(pattern, escape="\\"),
            )
        )
        conditions.append(col(Activity.id).in_(matching))
    return conditions
