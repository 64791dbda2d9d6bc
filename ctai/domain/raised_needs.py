"""Raised needs: how a finding or an area of a request becomes a need, its evidence filled in."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal

from ctai.domain.activities import Basis
from ctai.domain.assessments import AssessmentDraft, AssessmentFinding
from ctai.domain.evidence import FLOORS, Disclosure, EvidenceKind, Severity, least_open
from ctai.domain.needs import NeedDraft
from ctai.domain.requests import RequestDraft, RequestItem
from ctai.domain.roles import Visibility


@dataclass(frozen=True)
class NeedDetails:
    """What a person adds to a finding or an area that becomes a need; the rest is its evidence.

    `countries` are some of the evidence's; empty for all of them.
    """

    title: str
    countries: tuple[str, ...] = ()
    for_whom: str = ""
    severity: Severity | None = None
    wanted_by: str | None = None
    estimated_cost: Decimal | None = None
    cost_currency: str | None = None
    cost_rate_usd: Decimal | None = None
    cost_rate_date: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    """As open as is wished; the need becomes no more open than its evidence."""
    note: str = ""
    language: str | None = None


@dataclass(frozen=True)
class Origin:
    """What a need is raised from: a record, and its finding or area; None for a whole request."""

    kind: EvidenceKind
    record_id: int
    part_id: int | None = None


def floor_of_finding(visit: AssessmentDraft, found: AssessmentFinding) -> Visibility:
    """Give the most open that a need may be which rests on a finding."""
    return least_open(visit.visibility, FLOORS[found.disclosed])


def need_of_finding(
    visit: AssessmentDraft, assessment_id: int, found: AssessmentFinding, details: NeedDetails
) -> NeedDraft:
    """Turn a finding into a need that rests on it."""
    return NeedDraft(
        code=None,
        title=details.title,
        language=details.language,
        countries=details.countries or visit.countries,
        measure=found.measure,
        evidence_kind=EvidenceKind.ASSESSMENT,
        evidence_body=visit.lead,
        evidence_title=visit.title,
        evidence_date=visit.newest_date,
        evidence_ref=_place(found.finding_id, [d.finding_id for d in visit.discoveries]),
        state_as_of=visit.newest_date,
        severity=details.severity,
        wanted_by=details.wanted_by,
        disclosed=found.disclosed,
        visibility=least_open(details.visibility, floor_of_finding(visit, found)),
        basis=Basis.CONFIRMED,
        sources=visit.sources,
        note=details.note,
        for_whom=details.for_whom,
        estimated_cost=details.estimated_cost,
        cost_currency=details.cost_currency,
        cost_rate_usd=details.cost_rate_usd,
        cost_rate_date=details.cost_rate_date,
        assessment_id=assessment_id,
        finding_id=found.finding_id,
    )


def need_of_request(
    asked: RequestDraft,
    request_id: int,
    item: RequestItem | None,
    government: str,
    details: NeedDetails,
) -> NeedDraft:
    """Turn an area of a request, or a request without areas, into a need that rests on it.

    `government` is the body where the request names no authority.
    """
    return NeedDraft(
        code=None,
        title=details.title,
        language=details.language,
        countries=(asked.country,),
        measure=item.measure if item else asked.measure,
        evidence_kind=EvidenceKind.REQUEST,
        evidence_body=asked.authority or government,
        evidence_title=asked.what,
        evidence_date=asked.requested_on,
        evidence_ref=_place(item.item_id, [i.item_id for i in asked.items]) if item else "",
        state_as_of=asked.requested_on,
        severity=details.severity,
        wanted_by=details.wanted_by,
        disclosed=Disclosure.YES,
        visibility=least_open(details.visibility, asked.visibility),
        basis=Basis.CONFIRMED,
        sources=asked.sources,
        note=details.note,
        for_whom=details.for_whom,
        estimated_cost=details.estimated_cost,
        cost_currency=details.cost_currency,
        cost_rate_usd=details.cost_rate_usd,
        cost_rate_date=details.cost_rate_date,
        request_id=request_id,
        request_item_id=item.item_id if item else None,
    )


def with_details(need: NeedDraft, details: NeedDetails) -> NeedDraft:
    """Put what a person says of a need into it; what it rests on stays."""
    return replace(need, **{one.name: getattr(details, one.name) for one in fields(details)})


def _place(number: int | None, numbers: list[int | None]) -> str:
    """Say where in its evidence a part stands, as in "no. 2"."""
    return f"no. {numbers.index(number) + 1}"
