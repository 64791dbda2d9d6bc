"""Which activities, confirmed today, would change a viewer's gap matrix most."""

from datetime import date

import pandas as pd
from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from ctai.domain.confirmations import (
    CONFIRMABLE,
    FADED_COLUMNS,
    MOST,
    Confirmation,
    lacking,
    ranked,
)
from ctai.domain.dates import month_of
from ctai.domain.gaps import gaps
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.domain.strategy import Level
from ctai.models.activities import Activity, ActivityCell, ActivityEntity
from ctai.queries.evidence import cells_in, evidence


def most_telling(
    session: Session, viewer: Viewer, scope: Scope, today: date, most: int = MOST
) -> tuple[Confirmation, ...]:
    """Rank the activities whose confirmation would lower a scope's gap score most.

    The matrix is that of the scope's countries and measures; its entities only narrow who is asked.
    Only cells in which coverage is missing are looked into: where there is enough, no confirmation
    changes anything, however many activities stand there.
    """
    found = gaps(evidence(session, viewer, scope, today), Level.MEASURE, today)
    return ranked(found, _faded(session, viewer, scope, lacking(found), today), today, most)


def _faded(
    session: Session, viewer: Viewer, scope: Scope, cells: pd.DataFrame, today: date
) -> pd.DataFrame:
    """List what faded or undated activities count in some cells, with `FADED_COLUMNS`."""
    statement = (
        select(
            col(ActivityCell.activity_id),
            col(ActivityCell.iso3),
            col(ActivityCell.measure),
            col(ActivityCell.status),
            col(Activity.status_as_of),
            func.coalesce(col(Activity.actual_end), col(Activity.planned_end)),
            col(ActivityCell.weight),
            col(ActivityCell.fades_from),
        )
        .join(Activity, col(Activity.id) == col(ActivityCell.activity_id))
        .where(
            col(ActivityCell.iso3).in_(sorted(set(cells["iso3"]))),
            col(ActivityCell.measure).in_(sorted(set(cells["group"]))),
            col(ActivityCell.status).in_([status.value for status in CONFIRMABLE]),
            or_(
                col(ActivityCell.fades_from).is_(None),
                col(ActivityCell.fades_from) < month_of(today),
            ),
        )
        .order_by(col(ActivityCell.activity_id), col(ActivityCell.iso3), col(ActivityCell.measure))
    )
    if scope.entity:
        taking_part = select(col(ActivityEntity.activity_id)).where(
            col(ActivityEntity.entity).in_(scope.entity)
        )
        statement = statement.where(col(ActivityCell.activity_id).in_(taking_part))
    rows = session.execute(cells_in(statement, scope, viewer))
    return pd.DataFrame([tuple(row) for row in rows], columns=FADED_COLUMNS)
