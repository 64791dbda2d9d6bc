"""A purse is read from what somebody typed; whatever can't be used is refused with every reason."""

from decimal import Decimal

import pytest

from ctai.domain.faults import Refused
from ctai.domain.purse import USUAL_AMOUNT, Purse, purse_of


def columns(params: dict[str, str]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        purse_of(params)
    return [fault.column for fault in refusal.value.faults]


def test_without_an_amount_a_usual_one_is_asked_about() -> None:
    assert purse_of({}) == Purse(USUAL_AMOUNT, USUAL_AMOUNT)


def test_another_currency_is_turned_by_its_dated_rate() -> None:
    found = purse_of(
        {"amount": "250 000.50", "currency": "EUR", "rate": "1.085", "rate_date": "2026-11"},
        countries=["NGA"],
        pillars=["II"],
        entities=["UNODC"],
    )
    assert found.amount_usd == Decimal("271250.54")
    assert (found.amount, found.currency, found.rate_date) == (
        Decimal("250000.50"),
        "EUR",
        "2026-11",
    )
    assert (found.countries, found.pillars, found.entities) == (("NGA",), ("II",), ("UNODC",))


def test_a_rate_is_not_asked_for_where_none_is_needed() -> None:
    assert purse_of({"amount": "5", "rate": "nonsense"}).amount_usd == 5


def test_every_reason_is_named_at_once() -> None:
    bad = {"amount": "1,5", "currency": "EUR", "by": "soon"}
    assert columns(bad) == ["amount", "rate", "rate_date", "by"]


@pytest.mark.parametrize("amount", ["0", "-5", "0.00", "1000000000001", "1.234", "x", "1e9"])
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    assert columns({"amount": amount}) == ["amount"]


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity", "10", "655.957", "x"])
def test_a_rate_that_is_none_is_refused(rate: str) -> None:
    asked = {"currency": "EUR", "rate": rate, "rate_date": "2026"}
    assert columns(asked) == ["rate"]


def test_a_currency_that_is_none_is_refused() -> None:
    asked = {"currency": "XXX", "rate": "1", "rate_date": "2026"}
    assert columns(asked) == ["currency"]
