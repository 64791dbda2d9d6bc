"""A request says what is asked for in each area, and how long it has waited."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.activities import Status
from ctai.domain.checks import LONGEST_TITLE
from ctai.domain.requests import (
    RequestDraft,
    RequestItem,
    fields_of_request,
    is_waiting,
    request_faults,
    waiting_days,
)
from tests.drafts import KNOWN, request
from tests.requests_drafts import asked

ASKED = asked()


def test_a_whole_request_is_not_refused() -> None:
    assert request_faults(ASKED, KNOWN) == ()
    assert request_faults(replace(ASKED, items=()), KNOWN) == ()


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        (replace(ASKED, items=(RequestItem("II.13", " "),)), "items"),
        (replace(ASKED, items=(RequestItem("II.99", "Help"),)), "measure"),
        (replace(ASKED, items=(RequestItem("II.13", "a", 1), RequestItem("I.1", "b", 1))), "items"),
        (replace(ASKED, contact_office="x" * (LONGEST_TITLE + 1)), "contact_office"),
        (replace(ASKED, reasons="\x00"), "reasons"),
        (replace(ASKED, national_strategy="\x07"), "national_strategy"),
    ],
)
def test_one_fault_is_the_only_one_that_appears(draft: RequestDraft, column: str) -> None:
    assert [fault.column for fault in request_faults(draft, KNOWN)] == [column]


def test_an_empty_area_is_named_by_its_place() -> None:
    draft = replace(ASKED, items=(RequestItem("II.13", "Help"), RequestItem("II.13", "")))
    (fault,) = request_faults(draft, KNOWN)
    assert fault.places == {"seen": "2"}


def test_a_request_waits_from_the_last_day_its_date_can_mean() -> None:
    draft = replace(request(), requested_on="2022-05")
    assert waiting_days(draft, date(2022, 6, 10)) == 10
    assert waiting_days(draft, date(2022, 5, 3)) == 0


@pytest.mark.parametrize(
    "draft",
    [
        replace(request(), answered_on="2023"),
        replace(request(), status=Status.COMPLETED),
        replace(request(), requested_on=None),
    ],
)
def test_what_is_answered_or_undated_has_waited_no_known_time(draft: RequestDraft) -> None:
    assert waiting_days(draft, date(2024, 1, 1)) is None
    assert is_waiting(draft) is (draft.requested_on is None)


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_requests_that_differ_in_a_text_differ_in_their_fields(one: str, other: str) -> None:
    first, second = (replace(ASKED, reasons=text, note=text[::-1]) for text in (one, other))
    assert (fields_of_request(first) == fields_of_request(second)) is (one == other)
