"""What the Executive Office looks at first: what changed lately and what has gone stale."""

from datetime import date, datetime

import pandas as pd
from sqlalchemy import case, func, select
from sqlmodel import Session, col

from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Freshness, Scope
from ctai.models.activities import Activity
from ctai.models.needs import Need
from ctai.models.records import Revision
from ctai.queries.scoped import activities_in
from ctai.queries.visible import activities_seen, needs_seen

CHANGE_COLUMNS = ["record_kind", "field", "records", "changes"]
LATEST_COLUMNS = ["activity_id", "new", "at", "fields"]


def changed_activities(
    session: Session, viewer: Viewer, since: datetime, limit: int
) -> pd.DataFrame:
    """List the activities that were written since a moment, newest first, with `LATEST_COLUMNS`.

    `new` tells whether the record was first entered since; `fields` counts its changed values.
    """
    if not viewer.may(Action.SEE_HISTORY):
        return pd.DataFrame(columns=LATEST_COLUMNS)
    statement = (
        select(
            col(Activity.id),
            case((col(Activity.created_at) >= since, 1), else_=0),
            func.max(col(Revision.at)),
            func.count(),
        )
        .join(Revision, col(Revision.record_id) == col(Activity.id))
        .where(
            col(Revision.record_kind) == RecordKind.ACTIVITY.value,
            col(Revision.at) >= since,
            col(Activity.changed_at) >= since,
        )
        .group_by(col(Activity.id), col(Activity.created_at))
        .order_by(func.max(col(Revision.at)).desc(), col(Activity.id).desc())
        .limit(limit)
    )
    rows = session.execute(activities_seen(statement, viewer))
    return pd.DataFrame([tuple(r) for r in rows], columns=LATEST_COLUMNS)


def changed_counts(session: Session, viewer: Viewer, since: datetime) -> tuple[int, int, int]:
    """Count what came or changed since a moment: new activities, amended activities, new needs."""
    new = select(func.count(col(Activity.id))).where(col(Activity.created_at) >= since)
    amended = select(func.count(col(Activity.id))).where(
        col(Activity.changed_at) >= since, col(Activity.created_at) < since
    )
    needs = select(func.count(col(Need.id))).where(col(Need.created_at) >= since)
    return (
        session.scalars(activities_seen(new, viewer)).one(),
        session.scalars(activities_seen(amended, viewer)).one(),
        session.scalars(needs_seen(needs, viewer)).one(),
    )


def stale_count(session: Session, viewer: Viewer, scope: Scope, today: date) -> int:
    """Count the running activities whose status nobody has confirmed in time."""
    stale = Scope(**{**scope.__dict__, "freshness": Freshness.STALE.value})
    statement = activities_in(select(func.count(col(Activity.id))), stale, today)
    return session.scalars(activities_seen(statement, viewer)).one()


def statuses(session: Session, viewer: Viewer, scope: Scope, today: date) -> dict[str, int]:
    """Count a scope's activities by status."""
    statement = select(col(Activity.status), func.count(col(Activity.id))).group_by(
        col(Activity.status)
    )
    rows = session.execute(activities_seen(activities_in(statement, scope, today), viewer))
    return dict(rows.all())
