"""What was recorded wrongly is taken back once, by an entry of its own, and no total keeps it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.corrections import reversal_faults, reversal_of, shortfalls
from ctai.domain.funding import FundingState
from ctai.domain.funding_history import RecordedFlow, standing, standing_entries
from ctai.domain.funding_money import Asked, Flow, conservation_faults, held
from ctai.domain.money import BudgetKind
from tests.domain.test_funding_money import FLOWS, accepted
from tests.funding_drafts import flow

USD = Asked(Decimal(1000), "USD")
THEN = datetime(2024, 7, 1, tzinfo=UTC)
PLEDGE, COMMITMENT = BudgetKind.PLEDGE, BudgetKind.COMMITMENT
PAYMENT, SPENDING = BudgetKind.DISBURSEMENT, BudgetKind.EXPENDITURE


def on_record(flows: list[Flow]) -> list[RecordedFlow]:
    return [RecordedFlow(one, "dora", THEN, n) for n, one in enumerate(flows, 1)]


def taken_back(record: list[RecordedFlow], number: int) -> list[RecordedFlow]:
    """Take an entry back, or leave the record as it was where that is refused."""
    if [*reversal_faults(record, number, "Typed twice", USD)]:
        return record
    wrong = next(one.flow for one in record if one.number == number)
    last = max(one.number for one in record) + 1
    return [*record, RecordedFlow(reversal_of(wrong, "Typed twice"), "dora", THEN, last, number)]


@given(st.lists(FLOWS, max_size=8), st.lists(st.integers(1, 12), max_size=8))
def test_a_flow_and_its_reversal_change_no_total(flows: list[Flow], wrong: list[int]) -> None:
    record = on_record(accepted(flows, USD))
    for number in wrong:
        record = taken_back(record, number)
    gone = {one.reverses for one in record}
    never = [one.flow for one in record if one.reverses is None and one.number not in gone]
    assert held(standing(record), USD) == held(never, USD)
    for kind in BudgetKind:
        # Whoever adds up all rows without knowing of corrections gets the same.
        assert sum(one.flow.amount for one in record if one.flow.kind is kind) == sum(
            one.amount for one in never if one.kind is kind
        )


@given(st.lists(FLOWS, max_size=8), st.lists(st.integers(1, 12), max_size=8))
def test_whatever_is_taken_back_money_is_conserved(flows: list[Flow], wrong: list[int]) -> None:
    record = on_record(accepted(flows, USD))
    for number in wrong:
        record = taken_back(record, number)
    left = list(standing(record))
    for one in left:
        others = [other for other in left if other is not one]
        assert not [*conservation_faults(one, others, USD)]


@given(st.lists(FLOWS, max_size=8), st.lists(st.integers(1, 12), max_size=8))
def test_an_entry_is_taken_back_once_and_a_reversal_never(
    flows: list[Flow], wrong: list[int]
) -> None:
    record = on_record(accepted(flows, USD))
    for number in wrong:
        record = taken_back(record, number)
    undone = [one.reverses for one in record if one.reverses is not None]
    assert len(undone) == len(set(undone))
    for one in record:
        if one not in standing_entries(record):
            assert [*reversal_faults(record, one.number, "Again", USD)]


def test_a_reversal_is_the_entry_below_zero_with_its_reason() -> None:
    wrong = replace(flow(COMMITMENT, 600), reference="Letter 7")
    assert reversal_of(wrong, " A zero too many ") == replace(
        wrong, amount=Decimal(-600), reference="A zero too many"
    )


@pytest.mark.parametrize(
    ("number", "why", "columns"),
    [
        (1, " ", ["why"]),
        (1, "x" * 401, ["why"]),
        (9, "Typed twice", ["entry"]),
        (9, "", ["why", "entry"]),
        (2, "Typed twice", ["entry"]),
        (3, "Typed twice", ["entry"]),
    ],
)
def test_every_reason_not_to_take_an_entry_back_is_named(
    number: int, why: str, columns: list[str]
) -> None:
    record = taken_back(on_record([flow(PLEDGE, 5), flow(PLEDGE, 6)]), 2)
    assert [fault.column for fault in reversal_faults(record, number, why, USD)] == columns


def test_money_out_of_which_more_was_paid_is_not_taken_back_first() -> None:
    record = on_record([flow(COMMITMENT, 500), flow(COMMITMENT, 100), flow(PAYMENT, 200)])
    assert not [*reversal_faults(record, 2, "Typed twice", USD)]
    told = [*reversal_faults(record, 1, "Typed twice", USD)]
    assert [fault.message for fault in told][-1] == (
        "Correct first what was paid or spent out of this money."
    )
    assert not [*reversal_faults(taken_back(record, 3), 1, "Typed twice", USD)]


@pytest.mark.parametrize("state", FundingState)
def test_secured_money_below_a_state_already_reached_is_told(state: FundingState) -> None:
    has_come = state in {FundingState.FUNDED, FundingState.REPORTED, FundingState.CLOSED}
    assert bool([*shortfalls([flow(PLEDGE)], state)]) is has_come
    assert bool([*shortfalls([], state)]) is (has_come or state is FundingState.OFFERED)
    assert not [*shortfalls([flow(COMMITMENT)], state)]
