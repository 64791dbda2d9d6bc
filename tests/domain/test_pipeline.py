"""The pipeline's money: each dollar once, a pledge never secured, nothing unknown summed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind
from ctai.domain.pipeline import (
    COUNTED_STATES,
    OPEN_STATES,
    Flow,
    Money,
    Move,
    Narrowing,
    counted,
    days_in_state,
    money,
    narrowed,
    open_ask_usd,
    stays,
    usual_days,
)
from tests.pipeline_drafts import asked_need, asking, flow

PLEDGE, COMMITMENT = BudgetKind.PLEDGE, BudgetKind.COMMITMENT
PAID, SPENT = BudgetKind.DISBURSEMENT, BudgetKind.EXPENDITURE

FLOWS = st.lists(
    st.builds(
        flow,
        st.sampled_from([PLEDGE, COMMITMENT, PAID, SPENT]),
        st.integers(1, 10**8),
        st.sampled_from(["Denmark", "Japan"]),
        st.sampled_from(["USD", "EUR"]),
        st.sampled_from([None, "1.085"]),
    ),
    max_size=8,
)


@given(FLOWS)
def test_what_is_spent_was_paid_and_what_is_paid_was_secured(flows: list[Flow]) -> None:
    found = money(flows)
    assert found.spent <= found.disbursed <= found.committed


@given(FLOWS, st.integers(1, 10**9))
def test_a_pledge_never_makes_anything_secured(flows: list[Flow], amount: int) -> None:
    before, after = money(flows), money([*flows, flow(PLEDGE, amount)])
    assert after == before + Money(pledged=Decimal(amount))
    assert open_ask_usd(asking(flows=flows)) == open_ask_usd(
        asking(flows=[*flows, flow(PLEDGE, amount)])
    )


@given(FLOWS)
def test_the_order_of_recording_changes_nothing(flows: list[Flow]) -> None:
    assert money(flows) == money(flows[::-1])


def test_money_paid_out_of_a_commitment_counts_once() -> None:
    found = money([flow(COMMITMENT, 100), flow(PAID, 60), flow(SPENT, 25)])
    assert found == Money(Decimal(0), Decimal(100), Decimal(60), Decimal(25))


def test_money_paid_without_a_recorded_commitment_was_bound_all_the_same() -> None:
    found = money([flow(PAID, 60), flow(COMMITMENT, 100, "Japan"), flow(SPENT, 70)])
    assert found == Money(Decimal(0), Decimal(170), Decimal(70), Decimal(70))


def test_an_amount_without_a_rate_is_counted_and_not_summed() -> None:
    found = money([flow(COMMITMENT, 100), flow(COMMITMENT, 999, currency="EUR")])
    assert found == Money(committed=Decimal(100), unrated=1)


@pytest.mark.parametrize(
    ("flows", "left"),
    [
        ([], 1000),
        ([flow(PLEDGE, 1000)], 1000),
        ([flow(COMMITMENT, 400), flow(PAID, 400)], 600),
        ([flow(COMMITMENT, 1500)], 0),
        ([flow(COMMITMENT, 100, currency="EUR", rate="1.10")], 890),
        ([flow(COMMITMENT, 100, currency="EUR")], None),
        ([flow(PLEDGE, 100, currency="EUR")], 1000),
    ],
)
def test_what_is_still_to_be_secured(flows: list[Flow], left: int | None) -> None:
    assert open_ask_usd(asking(total=1000, flows=flows)) == left


def test_a_rate_that_moved_leaves_nothing_open() -> None:
    whole = flow(COMMITMENT, 1000, currency="EUR", rate="1.05")
    assert open_ask_usd(asking(currency="EUR", rate="1.10", flows=[whole])) == 0
    half = flow(COMMITMENT, 500, currency="EUR", rate="1.05")
    assert open_ask_usd(asking(currency="EUR", rate="1.10", flows=[half])) == Decimal("550.00")


def test_an_ask_without_amount_or_rate_is_not_known() -> None:
    for one in (asking(total=None), asking(currency="EUR")):
        assert one.ask_usd is None
        assert open_ask_usd(one) is None


MOVED = [
    Move(FundingState.DRAFT, datetime(2024, 1, 1, tzinfo=UTC)),
    Move(FundingState.SUBMITTED, datetime(2024, 1, 11, tzinfo=UTC)),
    Move(FundingState.RETURNED, datetime(2024, 1, 16, tzinfo=UTC)),
    Move(FundingState.SUBMITTED, datetime(2024, 2, 1, tzinfo=UTC)),
]


def test_a_request_has_been_in_each_state_until_it_moved_on() -> None:
    one = asking(state=FundingState.SUBMITTED, moves=MOVED)
    today = date(2024, 2, 4)
    assert [days for _, days in stays(one, today)] == [10, 5, 16, 3]
    assert days_in_state(one, today) == 3
    assert days_in_state(one, date(2024, 1, 1)) == 0
    usual = usual_days([one], today)
    assert usual[FundingState.SUBMITTED] == (2, 4.0)
    assert list(usual) == [FundingState.DRAFT, FundingState.SUBMITTED, FundingState.RETURNED]


def test_each_filter_keeps_what_it_names() -> None:
    kept = asking(1, needs=[asked_need(1, "I.1"), asked_need(2, "II.13")], flows=[flow(PLEDGE, 5)])
    other = asking(2, needs=[], entity="CTED", countries=("BFA",), state=FundingState.DRAFT)
    for narrowing in (
        Narrowing(countries=("NGA", "MDG")),
        Narrowing(pillars=("I",)),
        Narrowing(entities=("UNODC",)),
        Narrowing(donors=("Denmark",)),
        Narrowing(states=("endorsed",)),
    ):
        assert narrowed([kept, other], narrowing) == (kept,)
    assert narrowed([kept, other], Narrowing()) == (kept, other)


def test_drafts_and_ended_requests_count_only_where_somebody_asks_for_them() -> None:
    every = [asking(place, state=state) for place, state in enumerate(FundingState)]
    assert {one.state for one in counted(every, Narrowing())} == set(COUNTED_STATES)
    asked = Narrowing(states=("declined",))
    assert {one.state for one in counted(every, asked)} == {FundingState.DECLINED}
    assert set(OPEN_STATES) < set(COUNTED_STATES)
    assert {FundingState.DRAFT, FundingState.DECLINED, FundingState.WITHDRAWN}.isdisjoint(
        COUNTED_STATES
    )
