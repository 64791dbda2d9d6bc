"""Partner States: their steps with the initiative, and the mapping of what is done there."""

from collections import defaultdict
from datetime import date

import pandas as pd
from sqlalchemy import func, select
from sqlmodel import Session, col

from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.models.activities import Activity, ActivityCell
from ctai.models.reference import Measure, PartnershipStep
from ctai.queries.evidence import cells_in
from ctai.queries.scoped import activities_in
from ctai.queries.visible import activities_seen

STEP_COLUMNS = ["iso3", "step", "happened", "note", "source_url"]


def steps(session: Session, viewer: Viewer, iso3: str | None = None) -> pd.DataFrame:
    """Give the partnerships' steps in the order in which they happened; public, so open to all."""
    statement = select(*(col(getattr(PartnershipStep, name)) for name in STEP_COLUMNS)).order_by(
        col(PartnershipStep.iso3), col(PartnershipStep.happened), col(PartnershipStep.id)
    )
    if iso3 is not None:
        statement = statement.where(col(PartnershipStep.iso3) == iso3)
    return pd.DataFrame([tuple(r) for r in session.execute(statement)], columns=STEP_COLUMNS)


def standing(session: Session, viewer: Viewer) -> dict[str, str]:
    """Give each partner State's newest step; of two at one date the later in the method's order."""
    newest: defaultdict[str, str] = defaultdict(str)
    for step in steps(session, viewer).itertuples():
        newest[str(step.iso3)] = str(step.step)
    return dict(newest)


MAPPING_COLUMNS = ["status", "pillar", "undertakings", "oldest_as_of", "newest_as_of"]


def mapping(session: Session, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """Count a scope's undertakings by status and main pillar, with `MAPPING_COLUMNS`."""
    statement = (
        select(
            col(ActivityCell.status),
            col(Measure.pillar),
            func.count(func.distinct(col(ActivityCell.activity_id))),
            func.min(col(ActivityCell.as_of)),
            func.max(col(ActivityCell.as_of)),
        )
        .join(Measure, col(Measure.code) == col(ActivityCell.measure))
        .where(col(ActivityCell.is_main))
        .group_by(col(ActivityCell.status), col(Measure.pillar))
        .order_by(col(ActivityCell.status), col(Measure.pillar))
    )
    rows = session.execute(cells_in(statement, scope, viewer))
    return pd.DataFrame([tuple(r) for r in rows], columns=MAPPING_COLUMNS)


SPAN_COLUMNS = ["activity_id", "status", "start", "end", "measure"]
LONGEST_TIMELINE = 200


def timeline(session: Session, viewer: Viewer, scope: Scope, today: date) -> pd.DataFrame:
    """Give when a scope's dated undertakings ran, newest first, `LONGEST_TIMELINE` at most."""
    start = func.coalesce(col(Activity.actual_start), col(Activity.planned_start))
    end = func.coalesce(col(Activity.actual_end), col(Activity.planned_end))
    main = (
        select(func.min(col(ActivityCell.measure)))
        .where(col(ActivityCell.activity_id) == col(Activity.id), col(ActivityCell.is_main))
        .scalar_subquery()
    )
    statement = (
        select(col(Activity.id), col(Activity.status), start, end, main)
        .where(func.coalesce(start, end).is_not(None))
        .order_by(func.coalesce(start, end).desc(), col(Activity.id))
        .limit(LONGEST_TIMELINE)
    )
    rows = session.execute(activities_seen(activities_in(statement, scope, today), viewer))
    return pd.DataFrame([tuple(r) for r in rows], columns=SPAN_COLUMNS)
