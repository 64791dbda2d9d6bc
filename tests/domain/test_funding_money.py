"""Money against a funding request is conserved, and a pledge secures nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.funding import FundingState
from ctai.domain.funding_money import (
    FLOW_STATES,
    Asked,
    Flow,
    backing_faults,
    conservation_faults,
    flow_faults,
    held,
    in_terms_of,
    read_rate,
)
from ctai.domain.money import AmountUnreadable, BudgetKind
from tests.drafts import KNOWN
from tests.funding_drafts import flow

PLEDGE, COMMITMENT = BudgetKind.PLEDGE, BudgetKind.COMMITMENT
PAYMENT, SPENDING = BudgetKind.DISBURSEMENT, BudgetKind.EXPENDITURE
TODAY = "2024-07-01"
USD = Asked(Decimal(1000), "USD")
EUR = Asked(Decimal(1000), "EUR", Decimal("1.10"))
RATES = {"USD": None, "EUR": "1.10", "DKK": "0.15", "JPY": "0.0065"}

FLOWS = st.builds(
    flow,
    st.sampled_from([PLEDGE, COMMITMENT, PAYMENT, SPENDING]),
    st.decimals("0.01", "700", places=2),
    st.sampled_from(["Denmark", "IOM"]),
)
MIXED = st.one_of(
    FLOWS,
    st.sampled_from(["EUR", "DKK", "JPY"]).flatmap(
        lambda code: FLOWS.map(
            lambda one: replace(one, currency=code, rate_usd=Decimal(str(RATES[code])))
        )
    ),
)


def accepted(flows: list[Flow], asked: Asked) -> list[Flow]:
    kept: list[Flow] = []
    for one in flows:
        if not [*conservation_faults(one, kept, asked)]:
            kept.append(one)
    return kept


def total(flows: list[Flow], kind: BudgetKind, asked: Asked, donor: str | None = None) -> Decimal:
    amounts = [
        in_terms_of(asked, one) for one in flows if one.kind is kind and donor in (None, one.donor)
    ]
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


@given(st.lists(MIXED, max_size=25), st.sampled_from([USD, EUR]))
def test_whatever_is_recorded_money_is_conserved(flows: list[Flow], asked: Asked) -> None:
    kept = accepted(flows, asked)
    tiny = Decimal("1e-40")  # a quotient of rates has no end
    assert asked.total is not None
    assert total(kept, COMMITMENT, asked) <= asked.total + tiny
    for donor in ("Denmark", "IOM"):
        committed, paid, spent = (
            total(kept, kind, asked, donor) for kind in (COMMITMENT, PAYMENT, SPENDING)
        )
        assert spent <= paid + tiny
        assert paid <= committed + tiny


@given(st.lists(FLOWS, max_size=15))
def test_pledges_change_nothing_of_what_is_secured(flows: list[Flow]) -> None:
    secured = [one for one in flows if one.kind is not PLEDGE]
    with_pledges = [one for one in accepted(flows, USD) if one.kind is not PLEDGE]
    assert with_pledges == accepted(secured, USD)
    assert held(flows, USD).committed == held(secured, USD).committed


@given(st.lists(FLOWS, max_size=15))
def test_the_donors_together_hold_what_is_held_of_all(flows: list[Flow]) -> None:
    donors = [held(flows, USD, donor) for donor in ("Denmark", "IOM")]
    for kind in ("pledged", "committed", "disbursed", "spent"):
        parts = [getattr(one, kind) for one in donors if getattr(one, kind) is not None]
        assert getattr(held(flows, USD), kind) == (sum(parts) if parts else None)


def test_a_donor_pays_up_to_its_commitment_and_not_a_cent_more() -> None:
    before = [flow(COMMITMENT, 600)]
    assert not [*conservation_faults(flow(PAYMENT, 600), before, USD)]
    (fault,) = conservation_faults(flow(PAYMENT, "600.01"), before, USD)
    assert dict(fault.places) == {
        "donor": "Denmark",
        "seen": "600.01",
        "wanted": "600.00",
        "currency": "USD",
    }


def test_nobody_pays_or_spends_out_of_anothers_money() -> None:
    before = [flow(COMMITMENT, 600, "IOM"), flow(PAYMENT, 500, "IOM")]
    assert [*conservation_faults(flow(PAYMENT, 1), before, USD)]
    assert [*conservation_faults(flow(SPENDING, 1), before, USD)]
    assert not [*conservation_faults(flow(SPENDING, 500, "IOM"), before, USD)]


def test_all_donors_together_commit_no_more_than_is_asked() -> None:
    before = [flow(COMMITMENT, 600, "IOM")]
    assert not [*conservation_faults(flow(COMMITMENT, 400), before, USD)]
    assert [*conservation_faults(flow(COMMITMENT, "400.01"), before, USD)]
    assert not [*conservation_faults(flow(PLEDGE, 100_000), before, USD)]


def test_a_commitment_in_another_currency_counts_by_its_dated_rate() -> None:
    assert not [*conservation_faults(flow(COMMITMENT, "1100", "IOM", "USD"), [], EUR)]
    assert [*conservation_faults(flow(COMMITMENT, "1100.01", "IOM", "USD"), [], EUR)]
    assert not [*conservation_faults(flow(COMMITMENT, 1000, "IOM", "EUR", "9"), [], EUR)]


def test_a_rate_that_moved_makes_nobody_pay_too_much() -> None:
    before = [flow(COMMITMENT, 100, "Denmark", "DKK", "0.14")]
    assert not [*conservation_faults(flow(PAYMENT, 100, "Denmark", "DKK", "0.16"), before, USD)]
    assert [*conservation_faults(flow(PAYMENT, 101, "Denmark", "DKK", "0.13"), before, USD)]


def test_what_has_no_amount_or_no_rate_is_not_known() -> None:
    assert held([], USD) == held([flow(COMMITMENT, 1, "IOM", "DKK")], USD)
    assert held([flow(PLEDGE, 5)], USD).pledged == Decimal("5.00")
    assert held([flow(PLEDGE, 5)], USD).committed is None


@pytest.mark.parametrize("kind", [PLEDGE, COMMITMENT, PAYMENT, SPENDING])
@pytest.mark.parametrize("state", FundingState)
def test_each_kind_of_money_has_its_time(kind: BudgetKind, state: FundingState) -> None:
    before = [flow(COMMITMENT, 10), flow(PAYMENT, 5)]
    told = [*flow_faults(flow(kind, 1), before, USD, state, KNOWN.entities, TODAY)]
    assert bool(told) != (state in FLOW_STATES[kind])


BAD: list[tuple[Flow, list[str]]] = [
    (flow(PLEDGE, 1, ""), ["donor"]),
    (flow(PLEDGE, 1, "Atlantis"), ["entity"]),
    (flow(PLEDGE, 0), ["amount"]),
    (flow(PLEDGE, "1.005"), ["amount"]),
    (flow(PLEDGE, 1, "IOM", "XXX", "1"), ["currency"]),
    (flow(PLEDGE, 1, "IOM", "EUR"), ["rate_usd", "rate_date"]),
    (flow(PLEDGE, 1, "IOM", "EUR", "-1"), ["rate_usd"]),
    (replace(flow(PLEDGE), happened="2024-07-02"), ["happened"]),
    (replace(flow(PLEDGE), happened="today"), ["happened"]),
    (replace(flow(PLEDGE, 1, "IOM", "EUR", "1.1"), rate_date="2024-08"), ["rate_date"]),
    (replace(flow(PLEDGE), reference="x" * 401), ["reference"]),
    (
        replace(flow(PLEDGE, 0, ""), currency="XXX"),
        ["donor", "amount", "currency", "rate_usd", "rate_date"],
    ),
]


@pytest.mark.parametrize(("bad", "told"), BAD)
def test_money_that_can_not_be_is_refused_with_every_reason(bad: Flow, told: list[str]) -> None:
    faults = flow_faults(bad, [], USD, FundingState.ENDORSED, KNOWN.entities, TODAY)
    assert [fault.column for fault in faults] == told


def test_offers_and_funding_rest_on_recorded_money() -> None:
    offered, funded = FundingState.OFFERED, FundingState.FUNDED
    assert [*backing_faults([], offered)]
    assert not [*backing_faults([flow(PLEDGE)], offered)]
    assert [*backing_faults([flow(PLEDGE)], funded)]
    assert not [*backing_faults([flow(COMMITMENT)], funded)]


@pytest.mark.parametrize("after", [FundingState.DECLINED, FundingState.WITHDRAWN])
def test_committed_money_is_neither_declined_nor_withdrawn(after: FundingState) -> None:
    assert [*backing_faults([flow(COMMITMENT)], after)]
    assert not [*backing_faults([flow(PLEDGE)], after)]


@pytest.mark.parametrize("text", ["", "1,08", "-1", "1.", ".5", "1e3", "NaN", "a", "١"])
def test_what_is_not_a_rate_is_refused_rather_than_guessed(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        read_rate(text)


@given(st.decimals("0.0000000001", "1000", places=10))
def test_a_rate_is_read_to_its_last_decimal(rate: Decimal) -> None:
    assert read_rate(f" {rate:f} ") == rate
