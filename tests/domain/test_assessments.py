"""An assessment keeps no withheld text, and nothing of it is due before it began."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.assessments import (
    AssessmentDraft,
    AssessmentFinding,
    AssessmentPart,
    FollowUp,
    LookedAt,
    assessment_faults,
)
from ctai.domain.evidence import Disclosure, Finding
from tests.drafts import KNOWN, assessment
from tests.requests_drafts import visit

VISIT = visit()
YES, WITHHELD = Disclosure.YES, Disclosure.WITHHELD


def test_a_whole_assessment_is_not_refused() -> None:
    assert assessment_faults(VISIT, KNOWN) == ()


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        (replace(VISIT, discoveries=(AssessmentFinding("II.13", " ", None, YES),)), "discoveries"),
        (
            replace(VISIT, discoveries=(AssessmentFinding("II.13", "x", None, WITHHELD),)),
            "discoveries",
        ),
        (replace(VISIT, discoveries=(AssessmentFinding("II.99", "x"),)), "measure"),
        (replace(VISIT, discoveries=(AssessmentFinding("II.13", "\x00"),)), "discoveries"),
        (
            replace(
                VISIT,
                discoveries=(
                    AssessmentFinding("II.13", "x", finding_id=4),
                    AssessmentFinding("II.13", "y", finding_id=4),
                ),
            ),
            "discoveries",
        ),
        (replace(VISIT, findings="All of it", disclosed=WITHHELD), "findings"),
        (replace(VISIT, joining=("CTED",)), "entity"),
        (replace(VISIT, follow_ups=(FollowUp(" ", None),)), "follow_up"),
        (replace(VISIT, follow_ups=(FollowUp("Report", "2022-04"),)), "due"),
        (replace(VISIT, follow_ups=(FollowUp("Report", None, "2021"),)), "done_on"),
    ],
)
def test_one_fault_is_the_only_one_that_appears(draft: AssessmentDraft, column: str) -> None:
    assert [fault.column for fault in assessment_faults(draft, KNOWN)] == [column]


def test_a_date_that_may_be_after_the_start_is_let_through() -> None:
    for due in ("2022", "2022-05", "2022-05-01", None):
        assert not assessment_faults(replace(VISIT, follow_ups=(FollowUp("a", due),)), KNOWN)
    undated = replace(VISIT, parts=(), follow_ups=(FollowUp("a", "1999"),))
    assert not assessment_faults(undated, KNOWN)


def test_a_measure_with_a_finding_was_looked_at() -> None:
    draft = replace(VISIT, measures=(LookedAt("II.13", Finding.NOT_RECORDED),))
    looked = {link.measure: link.finding for link in draft.looked_at}
    assert looked == {
        "II.13": Finding.NOT_RECORDED,
        "III.5": Finding.NEED,
        "IV.3": Finding.NEED,
    }


def test_an_assessment_is_as_new_as_its_last_part() -> None:
    parts = (AssessmentPart("2022-05"), AssessmentPart("2021", "2023-02"), AssessmentPart(None))
    assert replace(VISIT, parts=parts).newest_date == "2023-02"
    assert replace(assessment(), parts=()).newest_date is None


@given(st.sampled_from(Disclosure), st.text(max_size=30))
def test_no_withheld_text_ever_passes(disclosed: Disclosure, text: str) -> None:
    one = AssessmentFinding("II.13", text, None, disclosed)
    faults = assessment_faults(replace(VISIT, discoveries=(one,)), KNOWN)
    if not faults:
        assert bool(text.strip()) is (disclosed is not WITHHELD)
