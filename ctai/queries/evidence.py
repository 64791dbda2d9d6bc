"""The evidence under the gap matrix: needs, coverage and assessments as a viewer may see them."""

from datetime import date

import pandas as pd
from sqlalchemy import case, func, select
from sqlmodel import Session, col

from ctai.domain.coverage import COUNTED, faded
from ctai.domain.dates import month_of
from ctai.domain.gaps import ASSESSMENT_COLUMNS, COVERAGE_COLUMNS, NEED_COLUMNS, Evidence
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.models.activities import ActivityCell
from ctai.models.needs import (
    Assessment,
    AssessmentCountry,
    AssessmentMeasure,
    AssessmentPart,
    Need,
    NeedCountry,
)
from ctai.queries.scoped import Statement, in_cells
from ctai.queries.visible import assessments_seen, cells_seen, needs_seen


def evidence(session: Session, viewer: Viewer, scope: Scope, today: date) -> Evidence:
    """Give the rows from which `domain.gaps` reckons, by country, region, pillar and measure."""
    return Evidence(
        needs=_needs(session, viewer, scope),
        coverage=coverage(session, viewer, scope, today),
        assessments=_assessments(session, viewer, scope),
    )


def coverage(session: Session, viewer: Viewer, scope: Scope, today: date) -> pd.DataFrame:
    """Sum up what undertakings count per country and measure, with `COVERAGE_COLUMNS`.

    One grouped query that a covering index answers, however many activities there are.
    """
    month = month_of(today)
    holds = col(ActivityCell.fades_from) >= month
    fades = col(ActivityCell.fades_from) < month
    statement = (
        select(
            col(ActivityCell.iso3),
            col(ActivityCell.measure),
            func.count(),
            func.sum(case((col(ActivityCell.fades_from).is_(None), 1), else_=0)),
            func.sum(case((holds, col(ActivityCell.weight)), else_=0.0)),
            func.sum(case((fades, col(ActivityCell.scale)), else_=0.0)),
            func.max(col(ActivityCell.as_of)),
        )
        .where(col(ActivityCell.status).in_(sorted(status.value for status in COUNTED)))
        .group_by(col(ActivityCell.iso3), col(ActivityCell.measure))
        .order_by(col(ActivityCell.iso3), col(ActivityCell.measure))
    )
    rows = session.execute(cells_in(statement, scope, viewer))
    return pd.DataFrame([tuple(row) for row in rows], columns=COVERAGE_COLUMNS)


def cells_in(statement: Statement, scope: Scope, viewer: Viewer) -> Statement:
    """Narrow a statement over `ActivityCell` to a scope, and to what a viewer may see."""
    iso3, measure = col(ActivityCell.iso3), col(ActivityCell.measure)
    return cells_seen(in_cells(statement, scope, viewer, iso3, measure), viewer)


TERM_COLUMNS = ["activity_id", "iso3", "measure", "status", "as_of", "fades_from", "weight", "now"]


def terms(session: Session, viewer: Viewer, scope: Scope, today: date) -> pd.DataFrame:
    """List what each undertaking adds to coverage in a scope's cells, most first.

    Columns `TERM_COLUMNS`; `weight` is its share at full worth, `now` what is left of it today,
    NaN where no date is known. The sum of `now` is the coverage that `coverage` gives.
    """
    statement = select(
        *(col(getattr(ActivityCell, name)) for name in TERM_COLUMNS[:-1]), col(ActivityCell.scale)
    ).where(col(ActivityCell.status).in_(sorted(status.value for status in COUNTED)))
    rows = session.execute(cells_in(statement, scope, viewer))
    frame = pd.DataFrame([tuple(row) for row in rows], columns=[*TERM_COLUMNS[:-1], "scale"])
    month = month_of(today)
    fading = frame["scale"].astype(float) * faded(1.0, month)
    starts = frame["fades_from"].astype(float)
    frame["now"] = fading.where(starts < month, frame["weight"].astype(float))
    frame.loc[starts.isna(), "now"] = float("nan")
    return frame[TERM_COLUMNS].sort_values(
        ["now", "activity_id"], ascending=[False, True], ignore_index=True
    )


def _needs(session: Session, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    statement = select(
        col(Need.id),
        col(NeedCountry.iso3),
        col(Need.measure),
        col(Need.severity),
        col(Need.state),
        col(Need.evidence_date),
        col(Need.state_as_of),
    ).join(NeedCountry, col(NeedCountry.need_id) == col(Need.id))
    rows = session.execute(needs_in(statement, viewer, scope))
    return pd.DataFrame([tuple(row) for row in rows], columns=NEED_COLUMNS)


def needs_in(statement: Statement, viewer: Viewer, scope: Scope) -> Statement:
    """Narrow a statement over `Need` and `NeedCountry` to a scope and what a viewer may see."""
    iso3, measure = col(NeedCountry.iso3), col(Need.measure)
    return needs_seen(in_cells(statement, scope, viewer, iso3, measure), viewer)


def _assessments(session: Session, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    ended = func.max(func.coalesce(col(AssessmentPart.ends), col(AssessmentPart.start)))
    statement = (
        select(
            col(Assessment.id),
            col(AssessmentCountry.iso3),
            col(AssessmentMeasure.measure),
            col(AssessmentMeasure.finding),
            ended,
        )
        .join(AssessmentCountry, col(AssessmentCountry.assessment_id) == col(Assessment.id))
        .join(AssessmentMeasure, col(AssessmentMeasure.assessment_id) == col(Assessment.id))
        .outerjoin(AssessmentPart, col(AssessmentPart.assessment_id) == col(Assessment.id))
        .group_by(
            col(Assessment.id),
            col(AssessmentCountry.iso3),
            col(AssessmentMeasure.measure),
            col(AssessmentMeasure.finding),
        )
        .order_by(col(Assessment.id))
    )
    rows = session.execute(assessments_in(statement, viewer, scope))
    return pd.DataFrame([tuple(row) for row in rows], columns=ASSESSMENT_COLUMNS)


def assessments_in(statement: Statement, viewer: Viewer, scope: Scope) -> Statement:
    """Narrow a statement over `Assessment`, its countries and measures, likewise."""
    iso3, measure = col(AssessmentCountry.iso3), col(AssessmentMeasure.measure)
    return assessments_seen(in_cells(statement, scope, viewer, iso3, measure), viewer)
