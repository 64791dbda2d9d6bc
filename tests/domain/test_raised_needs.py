"""A need that is raised carries its evidence, and is no more open than it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.activities import Basis
from ctai.domain.assessments import AssessmentFinding
from ctai.domain.evidence import FLOORS, Disclosure, EvidenceKind, is_more_open, is_readable
from ctai.domain.needs import NeedDraft, need_faults
from ctai.domain.raised_needs import need_of_finding, need_of_request
from ctai.domain.requests import RequestItem
from ctai.domain.roles import Role, Visibility
from tests.drafts import KNOWN, PEOPLE, need
from tests.requests_drafts import asked, details, visit

NEED = replace(
    need(),
    estimated_cost=Decimal("10.50"),
    cost_currency="EUR",
    cost_rate_usd=Decimal("1.08"),
    cost_rate_date="2024-06",
)
RATELESS = {"cost_rate_usd": None, "cost_rate_date": None}


def test_a_finding_is_the_evidence_of_its_need() -> None:
    found = AssessmentFinding("III.5", "No court", None, Disclosure.YES, 7)
    draft = replace(visit(("NGA", "BFA")), discoveries=(found,))
    raised = need_of_finding(draft, 3, found, details("A court"))
    assert not need_faults(raised, KNOWN)
    assert (raised.code, raised.title, raised.measure) == (None, "A court", "III.5")
    assert (raised.evidence_kind, raised.evidence_body) == (EvidenceKind.ASSESSMENT, "CTED")
    assert (raised.evidence_title, raised.evidence_date) == ("Visit", "2022-06")
    assert (raised.evidence_ref, raised.basis) == ("no. 1", Basis.CONFIRMED)
    assert (raised.assessment_id, raised.finding_id) == (3, 7)
    assert raised.countries == ("NGA", "BFA")
    assert raised.sources == draft.sources


def test_an_area_is_the_evidence_of_its_need() -> None:
    item = RequestItem("III.5", "Training", 9)
    draft = replace(asked(), items=(RequestItem("II.13", "x", 8), item))
    raised = need_of_request(draft, 4, item, "Government of NGA", details())
    assert not need_faults(raised, KNOWN)
    assert (raised.evidence_kind, raised.measure) == (EvidenceKind.REQUEST, "III.5")
    assert (raised.evidence_body, raised.evidence_ref) == ("Ministry of Justice", "no. 2")
    assert (raised.request_id, raised.request_item_id) == (4, 9)
    nameless = replace(draft, authority="", items=())
    whole = need_of_request(nameless, 4, None, "Government of NGA", details())
    assert (whole.evidence_body, whole.measure) == ("Government of NGA", "II.13")
    assert whole.request_item_id is None


@given(st.sampled_from(Visibility), st.sampled_from(Visibility), st.sampled_from(Disclosure))
def test_a_need_is_never_more_open_than_what_it_rests_on(
    wished: Visibility, level: Visibility, disclosed: Disclosure
) -> None:
    found = AssessmentFinding("III.5", "x", None, disclosed, 7)
    draft = replace(visit(visibility=level), discoveries=(found,))
    raised = need_of_finding(draft, 3, found, details(visibility=wished))
    for bound in (wished, level, FLOORS[disclosed]):
        assert not is_more_open(raised.visibility, bound)
    assert raised.visibility in (wished, level, FLOORS[disclosed])


def test_only_what_is_disclosed_is_read_outside_the_united_nations() -> None:
    outside = {Role.DONOR, Role.COUNTERPART}
    for role, person in PEOPLE.items():
        for disclosed in Disclosure:
            open_to = disclosed is Disclosure.YES or role not in outside
            assert is_readable(disclosed, person) is open_to


def test_a_cost_with_its_dated_rate_is_not_refused() -> None:
    assert need_faults(NEED, KNOWN) == ()
    dollars = replace(NEED, cost_currency="USD", **RATELESS)  # type: ignore[arg-type]  # by name
    assert need_faults(dollars, KNOWN) == ()


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        (replace(NEED, cost_currency=None), "cost_currency"),
        (replace(NEED, cost_currency="XXX"), "cost_currency"),
        (replace(NEED, cost_rate_usd=None), "cost_rate_usd"),
        (replace(NEED, cost_rate_date=None), "cost_rate_usd"),
        (replace(NEED, cost_rate_usd=Decimal(0)), "cost_rate_usd"),
        (replace(NEED, cost_rate_usd=Decimal(2000)), "cost_rate_usd"),
        (replace(NEED, cost_rate_usd=Decimal("NaN")), "cost_rate_usd"),
        (replace(NEED, cost_rate_date="soon"), "cost_rate_date"),
        (replace(NEED, estimated_cost=None), "estimated_cost"),
        (replace(NEED, estimated_cost=Decimal(0)), "estimated_cost"),
        (replace(NEED, estimated_cost=Decimal(-5)), "estimated_cost"),
        (replace(NEED, estimated_cost=Decimal("1.005")), "estimated_cost"),
        (replace(NEED, estimated_cost=Decimal("Infinity")), "estimated_cost"),
        (replace(NEED, estimated_cost=Decimal(10) ** 13), "estimated_cost"),
        (replace(NEED, for_whom="x" * 401), "for_whom"),
    ],
)
def test_one_fault_of_a_cost_is_the_only_one_that_appears(draft: NeedDraft, column: str) -> None:
    assert [fault.column for fault in need_faults(draft, KNOWN)] == [column]
