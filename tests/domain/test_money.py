"""Amounts are read exactly or refused; a pledge is not money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.money import CURRENCIES, SECURED, AmountUnreadable, BudgetKind, read_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1700000", "1700000"),
        (" 1,700,000.50 ", "1700000.50"),
        ("1 700 000", "1700000"),
        ("1\u00a0700\u202f000", "1700000"),
        ("-5", "-5"),
        ("0.1", "0.1"),
    ],
)
def test_an_amount_is_read_exactly(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "about 5", "NaN", "Infinity", "-inf", "5 USD", "1.2.3", "—"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        read_amount(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_what_is_written_is_read_again(amount: Decimal) -> None:
    assert read_amount(f"{amount:,f}") == amount


def test_a_pledge_and_a_budget_are_not_secured() -> None:
    assert set(BudgetKind) - SECURED == {BudgetKind.PLEDGE, BudgetKind.BUDGET}


def test_currencies_are_three_capital_letters() -> None:
    assert all(len(code) == 3 and code.isupper() and code.isascii() for code in CURRENCIES)
