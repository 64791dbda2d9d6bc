"""Needs, assessments and requests, listed with their evidence."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from ctai.domain.dates import last_day
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.models.needs import (
    Assessment,
    AssessmentCountry,
    AssessmentMeasure,
    AssessmentPart,
    Need,
    NeedCountry,
    RequestAnswer,
)
from ctai.models.needs import Request as RequestRow
from ctai.queries.evidence import assessments_in, needs_in
from ctai.queries.scoped import in_cells
from ctai.queries.sources import sources_of
from ctai.queries.visible import requests_seen

NEED_LIST_COLUMNS = [
    "need_id",
    "code",
    "iso3",
    "measure",
    "title",
    "language",
    "severity",
    "state",
    "state_as_of",
    "wanted_by",
    "evidence_kind",
    "evidence_body",
    "evidence_title",
    "evidence_date",
    "evidence_ref",
    "disclosed",
    "basis",
    "note",
    "source_urls",
]


def needs(session: Session, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """List needs, one row per need and country, oldest evidence first, with `NEED_LIST_COLUMNS`."""
    own = [col(getattr(Need, name)) for name in NEED_LIST_COLUMNS[3:-1]]
    statement = (
        select(col(Need.id), col(NeedCountry.code), col(NeedCountry.iso3), *own)
        .join(NeedCountry, col(NeedCountry.need_id) == col(Need.id))
        .order_by(col(Need.evidence_date).is_(None), col(Need.evidence_date), col(NeedCountry.code))
    )
    rows = sorted(session.execute(needs_in(statement, viewer, scope)), key=_evidence_ends)
    sources = sources_of(session, viewer, RecordKind.NEED, {row[0] for row in rows})
    return pd.DataFrame(
        [(*row, " ".join(source.url for source in sources[row[0]])) for row in rows],
        columns=NEED_LIST_COLUMNS,
    )


_EVIDENCE_DATE = NEED_LIST_COLUMNS.index("evidence_date")


def _evidence_ends(row: Row[*tuple[Any, ...]]) -> tuple[bool, date, str]:
    """Sort by the last day that the evidence can be of, as its age is told; unknown last."""
    known = row[_EVIDENCE_DATE]
    return known is None, last_day(known) if known else date.max, row[1]


ASSESSMENT_LIST_COLUMNS = [
    "assessment_id",
    "title",
    "language",
    "lead",
    "iso3",
    "measure",
    "finding",
    "status",
    "disclosed",
    "start",
    "end",
    "source_urls",
]


def assessments(session: Session, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """List assessments, one row per country and measure, newest first."""
    start, end = func.min(col(AssessmentPart.start)), func.max(col(AssessmentPart.ends))
    grouped = [
        col(Assessment.id),
        col(Assessment.title),
        col(Assessment.language),
        col(Assessment.lead),
        col(AssessmentCountry.iso3),
        col(AssessmentMeasure.measure),
        col(AssessmentMeasure.finding),
        col(Assessment.status),
        col(Assessment.disclosed),
    ]
    statement = (
        select(*grouped, start, end)
        .join(AssessmentCountry, col(AssessmentCountry.assessment_id) == col(Assessment.id))
        .join(AssessmentMeasure, col(AssessmentMeasure.assessment_id) == col(Assessment.id))
        .outerjoin(AssessmentPart, col(AssessmentPart.assessment_id) == col(Assessment.id))
        .group_by(*grouped)
        .order_by(func.coalesce(end, start, "").desc(), col(Assessment.id))
    )
    rows = session.execute(assessments_in(statement, viewer, scope)).all()
    sources = sources_of(session, viewer, RecordKind.ASSESSMENT, {row[0] for row in rows})
    return pd.DataFrame(
        [(*row, " ".join(source.url for source in sources[row[0]])) for row in rows],
        columns=ASSESSMENT_LIST_COLUMNS,
    )


REQUEST_LIST_COLUMNS = [
    "request_id",
    "what",
    "language",
    "iso3",
    "authority",
    "addressed_to",
    "measure",
    "requested_on",
    "status",
    "answered_on",
    "source_urls",
]


def requests(session: Session, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """List Member States' requests, oldest first, with `REQUEST_LIST_COLUMNS`."""
    own = [
        col(RequestRow.id),
        *(col(getattr(RequestRow, name)) for name in REQUEST_LIST_COLUMNS[1:9]),
    ]
    statement = (
        select(*own, func.max(col(RequestAnswer.answered_on)))
        .outerjoin(RequestAnswer, col(RequestAnswer.request_id) == col(RequestRow.id))
        .group_by(*own)
        .order_by(func.coalesce(col(RequestRow.requested_on), "9999"), col(RequestRow.id))
    )
    statement = in_cells(statement, scope, viewer, col(RequestRow.iso3), col(RequestRow.measure))
    rows = session.execute(requests_seen(statement, viewer)).all()
    sources = sources_of(session, viewer, RecordKind.REQUEST, {row[0] for row in rows})
    return pd.DataFrame(
        [(*row, " ".join(source.url for source in sources[row[0]])) for row in rows],
        columns=REQUEST_LIST_COLUMNS,
    )
