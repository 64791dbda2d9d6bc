"""What if: the best set by the stated criteria, within the purse, with a true reason for each."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind
from ctai.domain.needs import NeedState, Severity
from ctai.domain.pipeline import AskedNeed, Asking, open_ask_usd
from ctai.domain.purse import Purse
from ctai.domain.what_if import (
    FUNDABLE,
    OLDEST_COUNTED_DAYS,
    Answer,
    Reason,
    against,
    answer,
    unmet,
    waited,
    weight,
)
from tests.drafts import TODAY
from tests.pipeline_drafts import asked_need, asking, flow

NEEDS = [
    asked_need(
        number,
        measure,
        countries,
        severity=severity,
        state=state,
        evidence_date=day,
    )
    for number, (measure, countries, severity, state, day) in enumerate(
        [
            ("I.1", ("NGA",), Severity.HIGH, NeedState.OPEN, "2009-02"),
            ("II.13", ("NGA",), Severity.MEDIUM, NeedState.OPEN, "2022"),
            ("II.13", ("BFA",), None, NeedState.BEING_ANSWERED, None),
            ("II.1", ("BFA", "NGA"), Severity.LOW, NeedState.PARTLY_ADDRESSED, "2020-05-17"),
            ("IV.2", ("NGA",), Severity.LOW, NeedState.OPEN, "2024-06-01"),
            ("III.7", ("NGA",), Severity.HIGH, NeedState.ADDRESSED, "2001"),
        ],
        start=1,
    )
]


@st.composite
def requests(draw: st.DrawFn) -> list[Asking]:
    return [
        asking(
            number,
            draw(st.one_of(st.none(), st.integers(1, 9), st.integers(10**6, 10**6 + 3))),
            draw(st.lists(st.sampled_from(NEEDS), max_size=3, unique=True)),
            entity=draw(st.sampled_from(["UNODC", "CTED"])),
            countries=draw(st.sampled_from([("NGA",), ("BFA",), ("BFA", "NGA"), ("NGA", None)])),
            state=draw(st.sampled_from([*FUNDABLE, FundingState.FUNDED, FundingState.DRAFT])),
            ends=draw(st.sampled_from([None, "2025", "2026-03-01"])),
            flows=draw(st.sampled_from([(), (flow(BudgetKind.COMMITMENT, 3),)])),
        )
        for number in range(1, draw(st.integers(0, 6)) + 1)
    ]


PURSES = st.builds(
    lambda amount, **earmarks: Purse(Decimal(amount), Decimal(amount), **earmarks),
    st.one_of(st.integers(0, 30), st.integers(10**6, 3 * 10**6)),
    countries=st.sampled_from([(), ("NGA",), ("NGA", "BFA")]),
    pillars=st.sampled_from([(), ("II",), ("I", "II")]),
    entities=st.sampled_from([(), ("UNODC",)]),
    latest=st.sampled_from(["", "2025", "2026-02"]),
)


def payable(askings: list[Asking], purse: Purse) -> list[Asking]:
    """List by hand what a purse may pay for."""
    return [
        one
        for one in askings
        if one.state in (FundingState.ENDORSED, FundingState.OFFERED)
        and open_ask_usd(one) not in (None, 0)
        and any(need.state is not NeedState.ADDRESSED for need in one.needs)
        and (not purse.countries or set(one.countries) <= set(purse.countries))
        and (not purse.pillars or {n.pillar for n in one.needs} <= set(purse.pillars))
        and (not purse.entities or one.entity in purse.entities)
        and (not purse.latest or (one.ends and one.ends[:4] <= purse.latest[:4]))
        and not (purse.latest == "2026-02" and one.ends == "2026-03-01")
    ]


def subsets(things: list[Asking]) -> Iterator[list[Asking]]:
    for size in range(len(things) + 1):
        yield from map(list, combinations(things, size))


def cost(askings: list[Asking]) -> Decimal:
    return sum((open_ask_usd(one) or Decimal(0) for one in askings), Decimal(0))


def rank(askings: list[Asking]) -> tuple[float, int, int, Decimal]:
    met = {need.need_id: need for one in askings for need in unmet(one)}.values()
    waits = sum(waited(need, TODAY) for need in met)
    return sum(weight(need) for need in met), len(met), waits, -cost(askings)


def picked(found: Answer) -> list[Asking]:
    return [pick.asking for pick in found.picks]


@settings(max_examples=200)
@given(requests(), PURSES)
def test_no_other_set_within_the_purse_is_better(askings: list[Asking], purse: Purse) -> None:
    found = answer(askings, purse, TODAY)
    affordable = [s for s in subsets(payable(askings, purse)) if cost(s) <= purse.amount_usd]
    assert rank(picked(found)) == max(map(rank, affordable))
    assert all(one in payable(askings, purse) for one in picked(found))


@given(requests(), PURSES)
def test_every_dollar_is_either_spent_or_left(askings: list[Asking], purse: Purse) -> None:
    found = answer(askings, purse, TODAY)
    assert found.cost_usd + found.left_usd == purse.amount_usd
    assert found.left_usd >= 0
    added = sum(found.after.values()) - sum(found.before.values())
    assert added == found.cost_usd


@given(requests(), PURSES, st.integers(1, 10**6))
def test_more_money_never_closes_less(askings: list[Asking], purse: Purse, more: int) -> None:
    amount = purse.amount_usd + more
    richer = Purse(amount, amount, countries=purse.countries, pillars=purse.pillars,
                   entities=purse.entities, latest=purse.latest)  # fmt: skip
    poorer_rank = rank(picked(answer(askings, purse, TODAY)))
    assert rank(picked(answer(askings, richer, TODAY)))[:3] >= poorer_rank[:3]


@given(requests(), PURSES)
def test_every_request_that_waits_is_picked_or_left_out_for_a_true_reason(
    askings: list[Asking], purse: Purse
) -> None:
    found = answer(askings, purse, TODAY)
    closed = {need.need_id for need in found.closed}
    waiting = [one for one in askings if one.state in FUNDABLE and open_ask_usd(one) != 0]
    told = [*picked(found), *(left.asking for left in found.left_out)]
    assert sorted(one.request_id for one in told) == sorted(one.request_id for one in waiting)
    for left in found.left_out:
        assert left.reasons
        match left.reasons[0]:
            case Reason.NOTHING_NEW:
                assert {need.need_id for need in unmet(left.asking)} <= closed
            case Reason.TOO_DEAR:
                assert left.cost_usd == purse.amount_usd + (left.short_usd or 0)
            case Reason.TOO_DEAR_NOW:
                assert left.short_usd is not None
                assert left.short_usd > 0
                assert left.cost_usd == found.left_usd + left.short_usd
            case _:
                assert left.reasons == against(left.asking, purse)
                assert left.asking not in payable(askings, purse)


@given(requests(), PURSES)
def test_a_need_is_closed_once_and_each_pick_closes_one(
    askings: list[Asking], purse: Purse
) -> None:
    found = answer(askings, purse, TODAY)
    numbers = [need.need_id for need in found.closed]
    assert len(numbers) == len(set(numbers))
    assert all(pick.needs for pick in found.picks)


@given(st.permutations(range(4)))
def test_the_order_of_requests_changes_nothing(order: list[int]) -> None:
    askings = [asking(n, 10 + n % 2, [NEEDS[n], NEEDS[n + 1]]) for n in range(4)]
    shuffled = [askings[place] for place in order]
    purse = Purse(Decimal(22), Decimal(22))
    assert answer(shuffled, purse, TODAY) == answer(askings, purse, TODAY)


def test_a_worked_example_to_the_dollar() -> None:
    """Two high needs for 700 beat one for 600 and a low one for 300; 300 are left."""
    askings = [
        asking(1, 700, [asked_need(1), asked_need(2)]),
        asking(2, 600, [asked_need(1)]),
        asking(3, 400, [asked_need(3, severity=Severity.LOW)]),
        asking(4, 2000, [asked_need(4)]),
        asking(5, 10, [asked_need(5, state=NeedState.ADDRESSED)]),
        asking(6, 10, [asked_need(6)], currency="EUR"),
    ]
    found = answer(askings, Purse(Decimal(1000), Decimal(1000)), TODAY)
    assert [(p.asking.request_id, p.weight) for p in found.picks] == [(1, 6.0)]
    assert found.cost_usd == 700
    assert found.left_usd == 300
    assert {left.asking.request_id: (left.reasons, left.short_usd) for left in found.left_out} == {
        2: ((Reason.NOTHING_NEW,), None),
        3: ((Reason.TOO_DEAR_NOW,), 100),
        4: ((Reason.TOO_DEAR,), 1000),
        5: ((Reason.NO_NEED,), None),
        6: ((Reason.AMOUNT_UNKNOWN,), None),
    }


def test_every_earmark_that_is_in_the_way_is_named() -> None:
    one = asking(1, countries=("BFA",), ends="2026", entity="CTED")
    purse = Purse(Decimal(1), Decimal(1), "USD", None, "", ("NGA",), ("I",), ("UNODC",), "2025-06")
    assert against(one, purse) == (
        Reason.OTHER_COUNTRY,
        Reason.OTHER_PILLAR,
        Reason.OTHER_ENTITY,
        Reason.TOO_LATE,
    )
    undated = asking(1, ends=None)
    assert against(undated, Purse(Decimal(1), Decimal(1), latest="2025")) == (Reason.END_UNKNOWN,)


@pytest.mark.parametrize(
    ("need", "weighs"),
    [
        (asked_need(severity=Severity.HIGH), 3.0),
        (asked_need(severity=None), 2.0),
        (asked_need(severity=Severity.HIGH, state=NeedState.PARTLY_ADDRESSED), 1.5),
        (asked_need(state=NeedState.WITHDRAWN), 0.0),
    ],
)
def test_a_need_weighs_as_in_the_gap_matrix(need: AskedNeed, weighs: float) -> None:
    assert weight(need) == weighs


def test_a_wait_counts_ten_years_at_most_and_nothing_without_a_date() -> None:
    assert waited(asked_need(evidence_date="2009"), TODAY) == OLDEST_COUNTED_DAYS
    assert waited(asked_need(evidence_date="2024-06-01"), TODAY) == 30
    assert waited(asked_need(evidence_date=None), TODAY) == 0


def test_the_balance_is_what_is_secured_and_the_picks_on_top() -> None:
    funded = asking(9, 500, [asked_need(9, "I.1")], flows=[flow(BudgetKind.COMMITMENT, 200)])
    pledged = asking(8, 500, [asked_need(9, "IV.2")], flows=[flow(BudgetKind.PLEDGE, 500)])
    picked_one = asking(1, 300, [asked_need(1, "II.13"), asked_need(2, "I.1")])
    purse = Purse(Decimal(300), Decimal(300))
    found = answer([picked_one], purse, TODAY, secured=[funded, pledged])
    assert {k: v for k, v in found.before.items() if v} == {"I": 200}
    assert {k: v for k, v in found.after.items() if v} == {"I": 350, "II": 150}
