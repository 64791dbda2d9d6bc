"""One assessment, whole: as a draft that can be amended, its version and the needs it raised."""

from collections.abc import Iterable
from typing import TypeVar

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from ctai.domain import assessments as domain
from ctai.domain.activities import Basis, Status
from ctai.domain.evidence import Disclosure, Finding, Severity, is_readable
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer, Visibility
from ctai.models.needs import (
    Assessment,
    AssessmentCountry,
    AssessmentEntity,
    AssessmentFinding,
    AssessmentMeasure,
    AssessmentPart,
    FollowUp,
    Need,
)
from ctai.queries.requests import RAISED_COLUMNS
from ctai.queries.sources import sources_of
from ctai.queries.visible import assessments_seen, needs_seen


def draft_of(session: Session, viewer: Viewer, number: int) -> domain.AssessmentDraft | None:
    """Give an assessment as a draft; None where there is none that the viewer may see.

    Findings that the viewer may not read are there, without their text.
    """
    one = assessments_seen(select(Assessment).where(col(Assessment.id) == number), viewer)
    row = session.scalars(one).one_or_none()
    if row is None:
        return None
    disclosed = Disclosure(row.disclosed)
    countries = _parts(session, AssessmentCountry, number, col(AssessmentCountry.iso3))
    joining = _parts(session, AssessmentEntity, number, col(AssessmentEntity.entity))
    measures = _parts(session, AssessmentMeasure, number, col(AssessmentMeasure.measure))
    parts = _parts(session, AssessmentPart, number, col(AssessmentPart.id))
    due = _parts(session, FollowUp, number, col(FollowUp.id))
    return domain.AssessmentDraft(
        title=row.title,
        language=row.language,
        lead=row.lead,
        countries=tuple(country.iso3 for country in countries),
        measures=tuple(
            domain.LookedAt(m.measure, Finding(m.finding), Basis(m.basis)) for m in measures
        ),
        parts=tuple(domain.AssessmentPart(p.start, p.ends, p.place) for p in parts),
        joining=tuple(joined.entity for joined in joining),
        status=Status(row.status),
        findings=row.findings if is_readable(disclosed, viewer) else "",
        disclosed=disclosed,
        follow_ups=tuple(domain.FollowUp(f.what, f.due, f.done_on) for f in due),
        visibility=Visibility(row.visibility),
        sources=sources_of(session, viewer, RecordKind.ASSESSMENT, [number])[number],
        source_key=row.source_key,
        note=row.note,
        discoveries=_discoveries(session, viewer, number),
    )


def _discoveries(
    session: Session, viewer: Viewer, number: int
) -> tuple[domain.AssessmentFinding, ...]:
    found = _parts(session, AssessmentFinding, number, col(AssessmentFinding.position))
    return tuple(
        domain.AssessmentFinding(
            one.measure,
            one.finding if is_readable(Disclosure(one.disclosed), viewer) else "",
            Severity(one.severity) if one.severity else None,
            Disclosure(one.disclosed),
            one.id,
        )
        for one in found
    )


Part = TypeVar(
    "Part",
    AssessmentCountry,
    AssessmentEntity,
    AssessmentMeasure,
    AssessmentPart,
    AssessmentFinding,
    FollowUp,
)


def _parts(
    session: Session,
    table: type[Part],
    number: int,
    order: Mapped[int] | Mapped[int | None] | Mapped[str],
) -> Iterable[Part]:
    statement = select(table).where(col(table.assessment_id) == number).order_by(order)
    return session.scalars(statement)


def version_of(session: Session, viewer: Viewer, number: int) -> int | None:
    """Give an assessment's version; None where there is none that the viewer may see."""
    one = select(col(Assessment.version)).where(col(Assessment.id) == number)
    return session.scalars(assessments_seen(one, viewer)).one_or_none()


def needs_of(session: Session, viewer: Viewer, number: int) -> pd.DataFrame:
    """List the needs that rest on an assessment, with `RAISED_COLUMNS`, by code."""
    columns = [col(Need.finding_id), col(Need.id), col(Need.code), col(Need.title)]
    statement = (
        select(*columns, col(Need.language), col(Need.state))
        .where(col(Need.assessment_id) == number)
        .order_by(col(Need.code))
    )
    rows = session.execute(needs_seen(statement, viewer))
    return pd.DataFrame([tuple(row) for row in rows], columns=RAISED_COLUMNS)
