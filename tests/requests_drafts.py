"""Requests and assessments with areas and findings, and the needs that rest on them."""

from dataclasses import replace
from decimal import Decimal

from sqlmodel import Session

from ctai.domain.assessments import AssessmentDraft, AssessmentFinding, FollowUp
from ctai.domain.evidence import Disclosure, EvidenceKind, Severity
from ctai.domain.raised_needs import NeedDetails, Origin
from ctai.domain.requests import RequestDraft, RequestItem
from ctai.domain.roles import SYSTEM, Viewer, Visibility
from ctai.queries import assessments, requests
from ctai.services.propose import Outcome
from ctai.services.raise_need import raise_need
from ctai.services.store_assessment import enter_assessment
from ctai.services.store_request import enter_request
from tests.drafts import KNOWN, assessment, request

OPEN_TEXT = "Border posts have no reader of passports"
INSIDE_TEXT = "Prosecutors share one telephone"


def asked(
    country: str = "NGA",
    *,
    addressed_to: str = "UNODC",
    visibility: Visibility = Visibility.PUBLIC,
) -> RequestDraft:
    """Give a request with two areas."""
    return replace(
        request(country=country, addressed_to=addressed_to, visibility=visibility),
        contact_office="Permanent Mission",
        reasons="Two attacks this year",
        national_strategy="National strategy 2020-2025",
        items=(RequestItem("II.13", "Passport readers"), RequestItem("III.5", "Training")),
    )


def visit(
    countries: tuple[str, ...] = ("NGA",),
    *,
    lead: str = "CTED",
    joining: tuple[str, ...] = ("UNODC",),
    visibility: Visibility = Visibility.PUBLIC,
) -> AssessmentDraft:
    """Give an assessment with a finding that is disclosed, one for insiders, one withheld."""
    return replace(
        assessment(countries=countries, lead=lead, joining=joining, visibility=visibility),
        discoveries=(
            AssessmentFinding("II.13", OPEN_TEXT, Severity.HIGH, Disclosure.YES),
            AssessmentFinding("III.5", INSIDE_TEXT, None, Disclosure.PARTLY),
            AssessmentFinding("IV.3", "", Severity.LOW, Disclosure.WITHHELD),
        ),
        follow_ups=(FollowUp("Report", "2023"),),
    )


def details(title: str = "Passport readers", **given: object) -> NeedDetails:
    """Give what a person adds to a finding or an area."""
    return replace(
        NeedDetails(
            title,
            for_whom="Border police",
            severity=Severity.HIGH,
            wanted_by="2026",
            estimated_cost=Decimal("250000.50"),
            cost_currency="EUR",
            cost_rate_usd=Decimal("1.08"),
            cost_rate_date="2024-06-28",
        ),
        **given,  # type: ignore[arg-type]  # fields by name, as replace() takes them
    )


def put_request(session: Session, draft: RequestDraft, author: Viewer = SYSTEM) -> int:
    """Store a request."""
    return enter_request(session, author, draft, KNOWN)


def put_visit(session: Session, draft: AssessmentDraft, author: Viewer = SYSTEM) -> int:
    """Store an assessment."""
    return enter_assessment(session, author, draft, KNOWN)


def request_of(session: Session, number: int, viewer: Viewer = SYSTEM) -> RequestDraft:
    """Read a request that is there."""
    found = requests.draft_of(session, viewer, number)
    assert found is not None
    return found


def visit_of(session: Session, number: int, viewer: Viewer = SYSTEM) -> AssessmentDraft:
    """Read an assessment that is there."""
    found = assessments.draft_of(session, viewer, number)
    assert found is not None
    return found


def item_ids(session: Session, number: int) -> list[int]:
    """Give the numbers of a request's areas in their order."""
    return [i.item_id for i in request_of(session, number).items if i.item_id is not None]


def finding_ids(session: Session, number: int) -> list[int]:
    """Give the numbers of an assessment's findings in their order."""
    found = visit_of(session, number).discoveries
    return [one.finding_id for one in found if one.finding_id is not None]


def of_finding(number: int, finding: int) -> Origin:
    """Name a finding of an assessment."""
    return Origin(EvidenceKind.ASSESSMENT, number, finding)


def raise_from_finding(
    session: Session, author: Viewer, number: int, finding: int, given: NeedDetails
) -> int:
    """Make a finding a need."""
    return number_of(raise_need(session, author, of_finding(number, finding), given))


def number_of(outcome: Outcome) -> int:
    """Give the number of what was stored, or of what waits for review."""
    number = outcome.record_id or outcome.proposal_id
    assert number is not None
    return number


def raise_from_request(
    session: Session, author: Viewer, number: int, item: int | None, given: NeedDetails
) -> int:
    """Make an area of a request, or a whole one, a need."""
    origin = Origin(EvidenceKind.REQUEST, number, item)
    return number_of(raise_need(session, author, origin, given))
