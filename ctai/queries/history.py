"""The history of all records: who changed which value when and why, as far as a viewer may see."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlmodel import Session, col

from ctai.domain.dates import first_day, last_day
from ctai.domain.history import Wanted
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.models.activities import Activity
from ctai.models.funding import FundingRequest
from ctai.models.needs import Assessment, Need
from ctai.models.needs import Request as RequestRow
from ctai.models.plans import Plan
from ctai.models.records import Revision
from ctai.models.trust import Proposal
from ctai.queries.visible import (
    activities_seen,
    assessments_seen,
    funding_seen,
    needs_seen,
    plans_seen,
    proposals_seen,
    requests_seen,
    revisions_of_needs_seen,
)

COLUMNS = ["id", "at", "actor", "record_kind", "record_id", "field", "old", "new", "why"]
ROWS_A_BATCH = 500
NEWEST = 20_000
"""Changes looked through for the fields to choose from: all of them would take seconds one day."""


def changes(
    session: Session, viewer: Viewer, wanted: Wanted, limit: int, offset: int
) -> pd.DataFrame:
    """List the wanted changes, newest first, with `COLUMNS`; none for a role without history."""
    rows = session.execute(_wanted(viewer, wanted).limit(limit).offset(offset))
    return pd.DataFrame([tuple(row) for row in rows], columns=COLUMNS)


def streamed(session: Session, viewer: Viewer, wanted: Wanted) -> Iterator[tuple[object, ...]]:
    """Give all wanted changes row by row, newest first, with flat memory."""
    last: int | None = None
    while True:
        statement = _wanted(viewer, wanted).limit(ROWS_A_BATCH)
        if last is not None:
            statement = statement.where(col(Revision.id) < last)
        rows = session.execute(statement).all()
        yield from (tuple(row) for row in rows)
        if len(rows) < ROWS_A_BATCH:
            return
        last = rows[-1][0]


def field_codes(session: Session, viewer: Viewer) -> list[str]:
    """Give the codes of the fields among the newest changes that the viewer may see, sorted."""
    told = revisions_of_needs_seen(select(col(Revision.field)).where(_seen(viewer)), viewer)
    newest = told.order_by(col(Revision.id).desc()).limit(NEWEST).subquery()
    return sorted(session.scalars(select(newest.c.field).distinct()))


def _wanted(viewer: Viewer, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    columns = [col(getattr(Revision, name)) for name in COLUMNS]
    statement = revisions_of_needs_seen(select(*columns).where(_seen(viewer)), viewer)
    statement = statement.order_by(col(Revision.id).desc())
    equal = {
        "record_kind": wanted.kind,
        "field": wanted.field,
        "actor": wanted.actor,
    }
    for name, code in equal.items():
        if code:
            statement = statement.where(col(getattr(Revision, name)) == code)
    if wanted.record:
        statement = statement.where(col(Revision.record_id) == int(wanted.record))
    if wanted.changed_since:
        statement = statement.where(col(Revision.at) >= _midnight(first_day(wanted.changed_since)))
    if wanted.changed_until:
        end = _midnight(last_day(wanted.changed_until)) + timedelta(days=1)
        statement = statement.where(col(Revision.at) < end)
    return statement


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _seen(viewer: Viewer) -> ColumnElement[bool]:
    """Narrow revisions to records that the viewer may see: in the database, however many."""
    if not viewer.may(Action.SEE_HISTORY):
        return false()
    records: dict[RecordKind, Select[*tuple[Any, ...]]] = {
        RecordKind.ACTIVITY: activities_seen(select(col(Activity.id)), viewer),
        RecordKind.ASSESSMENT: assessments_seen(select(col(Assessment.id)), viewer),
        RecordKind.REQUEST: requests_seen(select(col(RequestRow.id)), viewer),
        RecordKind.NEED: needs_seen(select(col(Need.id)), viewer),
        RecordKind.FUNDING_REQUEST: funding_seen(select(col(FundingRequest.id)), viewer),
        RecordKind.PLAN: plans_seen(select(col(Plan.id)), viewer),
        RecordKind.PROPOSAL: proposals_seen(select(col(Proposal.id)), viewer),
    }
    kind, number = col(Revision.record_kind), col(Revision.record_id)
    open_kinds = []
    if viewer.may(Action.SEE_UN_SYSTEM):
        open_kinds.append(RecordKind.REPORTING.value)
    if viewer.may(Action.MANAGE_USERS):
        open_kinds += [RecordKind.USER.value, RecordKind.REFERENCE.value]
    return or_(
        kind.in_(open_kinds),
        *(and_(kind == code.value, number.in_(rows)) for code, rows in records.items()),
    )
