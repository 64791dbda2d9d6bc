"""Every reason to refuse a need, an assessment or a request is given, and all at once."""

from dataclasses import replace

import pytest

from ctai.domain.activities import SourceRef
from ctai.domain.checks import LONGEST_TEXT, LONGEST_TITLE
from ctai.domain.needs import (
    AssessmentDraft,
    AssessmentPart,
    FollowUp,
    LookedAt,
    NeedDraft,
    RequestDraft,
    assessment_faults,
    need_faults,
    request_faults,
)
from tests.drafts import KNOWN, assessment, need, request

NEED, VISIT, REQUEST = need(), assessment(joining=("IOM",)), request()
LONG = "x" * (LONGEST_TITLE + 1)


def test_drafts_without_faults_are_not_refused() -> None:
    assert need_faults(NEED, KNOWN) == ()
    assert need_faults(replace(NEED, evidence_date=None, countries=("NGA", "BFA")), KNOWN) == ()
    assert assessment_faults(VISIT, KNOWN) == ()
    assert assessment_faults(replace(VISIT, measures=(), parts=()), KNOWN) == ()
    assert request_faults(REQUEST, KNOWN) == ()
    assert request_faults(replace(REQUEST, answered_on="2024"), KNOWN) == ()


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        (replace(NEED, code=" "), "need_id"),
        (replace(NEED, title=""), "title"),
        (replace(NEED, evidence_body=""), "evidence_body"),
        (replace(NEED, title=LONG), "title"),
        (replace(NEED, code=LONG), "code"),
        (replace(NEED, evidence_title="\x00"), "evidence_title"),
        (replace(NEED, evidence_ref=LONG), "evidence_ref"),
        (replace(NEED, note="n" * (LONGEST_TEXT + 1)), "note"),
        (replace(NEED, countries=()), "country"),
        (replace(NEED, countries=("XXX",)), "country"),
        (replace(NEED, countries=("NGA", "NGA")), "country"),
        (replace(NEED, measure="II.99"), "measure"),
        (replace(NEED, evidence_date="soon"), "evidence_date"),
        (replace(NEED, state_as_of="2017-13"), "state_as_of"),
        (replace(NEED, wanted_by="later"), "wanted_by"),
        (replace(NEED, sources=(SourceRef("nowhere"),)), "source_url"),
    ],
)
def test_one_fault_of_a_need_is_the_only_one_that_appears(draft: NeedDraft, column: str) -> None:
    assert [fault.column for fault in need_faults(draft, KNOWN)] == [column]


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        (replace(VISIT, title=""), "title"),
        (replace(VISIT, title=LONG), "title"),
        (replace(VISIT, findings="f" * (LONGEST_TEXT + 1)), "findings"),
        (replace(VISIT, countries=()), "country"),
        (replace(VISIT, countries=("XXX",)), "country"),
        (replace(VISIT, countries=("NGA", "NGA")), "country"),
        (replace(VISIT, lead="NOBODY"), "entity"),
        (replace(VISIT, joining=("NOBODY",)), "entity"),
        (replace(VISIT, joining=("IOM", "IOM")), "entity"),
        (replace(VISIT, measures=(LookedAt("II.99"),)), "measure"),
        (replace(VISIT, measures=(LookedAt("II.13"), LookedAt("II.13"))), "measure"),
        (replace(VISIT, parts=(AssessmentPart("soon"),)), "start_date"),
        (replace(VISIT, parts=(AssessmentPart(None, "soon"),)), "end_date"),
        (replace(VISIT, parts=(AssessmentPart("2017-08", "2017-07"),)), "end_date"),
        (replace(VISIT, follow_ups=(FollowUp("Report", "soon"),)), "due"),
        (replace(VISIT, follow_ups=(FollowUp("Report", None, "soon"),)), "done_on"),
        (replace(VISIT, sources=(SourceRef("nowhere"),)), "source_url"),
    ],
)
def test_one_fault_of_an_assessment_is_the_only_one_that_appears(
    draft: AssessmentDraft, column: str
) -> None:
    assert [fault.column for fault in assessment_faults(draft, KNOWN)] == [column]


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        (replace(REQUEST, what=" "), "title"),
        (replace(REQUEST, what=LONG), "title"),
        (replace(REQUEST, country="XXX"), "country"),
        (replace(REQUEST, addressed_to="NOBODY"), "entity"),
        (replace(REQUEST, measure="II.99"), "measure"),
        (replace(REQUEST, requested_on="soon"), "requested_on"),
        (replace(REQUEST, answered_on="soon"), "answered_on"),
        (replace(REQUEST, answered_on="2022-04-30"), "answered_on"),
        (replace(REQUEST, sources=(SourceRef("nowhere"),)), "source_url"),
    ],
)
def test_one_fault_of_a_request_is_the_only_one_that_appears(
    draft: RequestDraft, column: str
) -> None:
    assert [fault.column for fault in request_faults(draft, KNOWN)] == [column]


def test_all_faults_of_a_need_are_given_at_once() -> None:
    draft = replace(NEED, code="", title="", countries=("XXX",), measure="II.99", wanted_by="?")
    assert [fault.column for fault in need_faults(draft, KNOWN)] == [
        "need_id",
        "title",
        "country",
        "measure",
        "wanted_by",
    ]
