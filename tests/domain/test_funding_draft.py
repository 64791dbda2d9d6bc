"""What a funding request says: a draft may be incomplete, a request that is sent may not."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.faults import Fault
from ctai.domain.funding_draft import (
    FundingDraft,
    NeedFacts,
    PlannedActivity,
    PlannedLine,
    countries_of,
    draft_faults,
    submission_faults,
)
from ctai.domain.needs import NeedState
from ctai.domain.roles import Visibility
from tests.drafts import KNOWN
from tests.funding_drafts import FACTS, NEXT_YEAR, funding

TODAY = "2024-07-01"
NEEDS = {1: FACTS}
GOOD = funding()


def columns(faults: Iterable[Fault]) -> list[str]:
    return [fault.column for fault in faults]


def kept(draft: FundingDraft, needs: dict[int, NeedFacts] | None = None) -> list[str]:
    return columns(draft_faults(draft, KNOWN, NEEDS if needs is None else needs))


def sent(draft: FundingDraft, needs: dict[int, NeedFacts] | None = None) -> list[str]:
    return columns(submission_faults(draft, NEEDS if needs is None else needs, TODAY))


def planned(
    title: str = "Train",
    starts: str | None = f"{NEXT_YEAR}-01",
    ends: str | None = f"{NEXT_YEAR}-12",
) -> FundingDraft:
    activity = PlannedActivity(title, starts, ends, GOOD.lines)
    return replace(GOOD, activities=(activity,))


def test_a_whole_request_has_no_fault() -> None:
    assert kept(GOOD) == []
    assert sent(GOOD) == []


def test_a_title_an_entity_and_a_need_are_enough_to_be_kept() -> None:
    assert kept(FundingDraft("Posts", "UNODC", (1,))) == []


def test_an_empty_request_is_told_everything_it_lacks_at_once() -> None:
    assert kept(FundingDraft("", "")) == ["title", "needs", "entity"]
    assert sent(FundingDraft("", "")) == [
        "objective",
        "activities",
        "needed_by",
        "budget",
        "total",
        "risks",
    ]


UNKEEPABLE: list[tuple[FundingDraft, list[str]]] = [
    (replace(GOOD, title="x" * 401), ["title"]),
    (replace(GOOD, risks="x" * 20_001), ["risks"]),
    (replace(GOOD, objective="bell\x07"), ["objective"]),
    (replace(GOOD, entity="NASA"), ["entity"]),
    (replace(GOOD, needs=(1, 1)), ["needs"]),
    (replace(GOOD, needs=(1, 7)), ["needs"]),
    (replace(GOOD, needed_by="soon"), ["needed_by"]),
    (planned(title=" "), ["activities"]),
    (planned(starts="2024-13"), ["activities"]),
    (planned(ends="30.02.2024"), ["activities"]),
    (planned(starts="2025-02", ends="2025-01"), ["activities"]),
    (replace(GOOD, currency="XXX"), ["currency"]),
    (replace(GOOD, rate_date="yesterday"), ["rate_date"]),
    (replace(GOOD, total=Decimal(0)), ["total"]),
    (replace(GOOD, total=Decimal(-1)), ["total"]),
    (replace(GOOD, total=Decimal("1.001")), ["total"]),
    (replace(GOOD, total=Decimal("NaN")), ["total"]),
    (replace(GOOD, total=Decimal("1000000000001")), ["total"]),
    (replace(GOOD, cofunding=Decimal(-1)), ["cofunding"]),
    (replace(GOOD, rate_usd=Decimal(0)), ["rate_usd"]),
    (replace(GOOD, rate_usd=Decimal(1001)), ["rate_usd"]),
    (replace(GOOD, rate_usd=Decimal("0.00000000001")), ["rate_usd"]),
    (replace(GOOD, rate_usd=Decimal("Infinity")), ["rate_usd"]),
]


@pytest.mark.parametrize(("draft", "told"), UNKEEPABLE)
def test_what_can_not_be_kept_is_refused(draft: FundingDraft, told: list[str]) -> None:
    assert kept(draft) == told


@pytest.mark.parametrize("amount", ["0", "-5", "1.005", "2000000000000", "NaN"])
def test_a_budget_line_has_an_amount_of_money(amount: str) -> None:
    line = PlannedLine("Travel", Decimal(amount))
    assert kept(replace(GOOD, activities=(PlannedActivity("A", lines=(line,)),))) == ["amount"]


UNSENDABLE: list[tuple[FundingDraft, list[str]]] = [
    (replace(GOOD, objective="  "), ["objective"]),
    (replace(GOOD, risks=""), ["risks"]),
    (replace(GOOD, needed_by=None), ["needed_by"]),
    (replace(GOOD, needed_by="2024-06-30"), ["needed_by"]),
    (replace(GOOD, needed_by=f"{NEXT_YEAR + 1}"), ["needed_by"]),
    (planned(starts=None), ["activities"]),
    (planned(ends=None), ["activities"]),
    (replace(GOOD, total=None), ["total"]),
    (replace(GOOD, total=Decimal(999)), ["total"]),
    (replace(GOOD, currency="EUR"), ["rate_usd"]),
    (replace(GOOD, currency="EUR", rate_usd=Decimal("1.1")), ["rate_date"]),
    (
        replace(GOOD, currency="EUR", rate_usd=Decimal("1.1"), rate_date="2024-07-02"),
        ["rate_date"],
    ),
    (replace(GOOD, cofunding=Decimal(5)), ["cofunding_from"]),
]


@pytest.mark.parametrize(("draft", "told"), UNSENDABLE)
def test_what_is_missing_is_kept_and_not_sent(draft: FundingDraft, told: list[str]) -> None:
    assert kept(draft) == []
    assert sent(draft) == told


def test_a_dated_rate_and_a_named_co_funder_are_let_through() -> None:
    draft = replace(funding(currency="EUR", rate="1.1"), cofunding=Decimal(5))
    assert sent(replace(draft, cofunding_from="Nigeria")) == []
    assert sent(replace(draft, cofunding=Decimal(0))) == []


def test_sums_that_differ_are_told_with_both_and_the_difference() -> None:
    draft = replace(GOOD, total=Decimal("1250.50"))
    (fault,) = submission_faults(draft, NEEDS, TODAY)
    assert dict(fault.places) == {
        "seen": "1,000.00",
        "wanted": "1,250.50",
        "difference": "250.50",
    }


@pytest.mark.parametrize(
    ("own", "of_need", "fits"),
    [
        ("public", "public", True),
        ("public", "un_system", False),
        ("un_system", "public", True),
        ("un_system", "un_system", True),
        ("un_system", "restricted", False),
        ("public", "restricted", False),
        ("restricted", "restricted", True),
        ("restricted", "public", True),
    ],
)
def test_a_request_is_never_more_open_than_its_needs(own: str, of_need: str, fits: bool) -> None:
    needs = {1: replace(FACTS, visibility=Visibility(of_need))}
    told = [*draft_faults(replace(GOOD, visibility=Visibility(own)), KNOWN, needs)]
    assert (not told) == fits
    assert fits or told[0].places["seen"] == "N-1"


@pytest.mark.parametrize("state", NeedState)
def test_money_is_asked_for_unmet_needs_only(state: NeedState) -> None:
    is_unmet = state not in (NeedState.ADDRESSED, NeedState.WITHDRAWN)
    assert (sent(GOOD, {1: replace(FACTS, state=state)}) == []) == is_unmet


def test_the_countries_are_those_of_the_needs_each_once() -> None:
    needs = {
        1: replace(FACTS, countries=("NGA", "BFA")),
        2: replace(FACTS, need_id=2, countries=("BFA", "MDG")),
    }
    assert countries_of(replace(GOOD, needs=(2, 1)), needs) == ("BFA", "MDG", "NGA")
    assert countries_of(replace(GOOD, needs=(3,)), needs) == ()


AMOUNTS = st.decimals("0.01", "999999999.99", places=2)


@given(st.lists(AMOUNTS, min_size=1, max_size=8), st.integers(1, 4), AMOUNTS)
def test_a_budget_adds_up_however_its_lines_are_spread(
    amounts: list[Decimal], parts: int, more: Decimal
) -> None:
    lines = [PlannedLine("Line", amount) for amount in amounts]
    activities = tuple(
        PlannedActivity("A", "2030", "2031", tuple(lines[index::parts])) for index in range(parts)
    )
    draft = replace(GOOD, activities=activities, needed_by="2030", total=sum(amounts, Decimal(0)))
    assert sent(draft) == []
    assert sent(replace(draft, total=sum(amounts) + more)) == ["total"]
