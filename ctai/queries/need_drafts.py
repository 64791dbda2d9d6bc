"""One need, whole: as a draft that can be amended, with its version."""

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import Basis
from ctai.domain.evidence import Disclosure, EvidenceKind, Severity
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import NeedDraft, NeedState
from ctai.domain.roles import Viewer, Visibility
from ctai.models.needs import Need, NeedCountry
from ctai.queries.sources import sources_of
from ctai.queries.visible import needs_seen


def draft_of(session: Session, viewer: Viewer, number: int) -> NeedDraft | None:
    """Give a need as a draft; None where there is none that the viewer may see."""
    one = needs_seen(select(Need).where(col(Need.id) == number), viewer)
    row = session.scalars(one).one_or_none()
    if row is None:
        return None
    there = session.execute(
        select(col(NeedCountry.iso3), col(NeedCountry.code))
        .where(col(NeedCountry.need_id) == number)
        .order_by(col(NeedCountry.code) != row.code, col(NeedCountry.iso3))
    ).all()
    return NeedDraft(
        code=row.code,
        title=row.title,
        language=row.language,
        countries=tuple(iso3 for iso3, _ in there),
        country_codes=tuple(code for _, code in there),
        measure=row.measure,
        evidence_kind=EvidenceKind(row.evidence_kind),
        evidence_body=row.evidence_body,
        evidence_title=row.evidence_title,
        evidence_date=row.evidence_date,
        evidence_ref=row.evidence_ref,
        state=NeedState(row.state),
        state_as_of=row.state_as_of,
        severity=Severity(row.severity) if row.severity else None,
        wanted_by=row.wanted_by,
        disclosed=Disclosure(row.disclosed),
        visibility=Visibility(row.visibility),
        basis=Basis(row.basis),
        sources=sources_of(session, viewer, RecordKind.NEED, [number])[number],
        note=row.note,
        for_whom=row.for_whom,
        estimated_cost=row.estimated_cost,
        cost_currency=row.cost_currency,
        cost_rate_usd=row.cost_rate_usd,
        cost_rate_date=row.cost_rate_date,
        assessment_id=row.assessment_id,
        request_id=row.request_id,
        finding_id=row.finding_id,
        request_item_id=row.request_item_id,
    )


def version_of(session: Session, viewer: Viewer, number: int) -> int | None:
    """Give a need's version; None where there is none that the viewer may see."""
    one = select(col(Need.version)).where(col(Need.id) == number)
    return session.scalars(needs_seen(one, viewer)).one_or_none()
