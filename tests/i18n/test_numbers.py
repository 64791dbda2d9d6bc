"""Numbers and money are written as each language writes them, and missing is never 0."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.i18n import LANGUAGES, numbers, translate


@pytest.mark.parametrize("lang", LANGUAGES)
def test_missing_is_not_known_and_never_zero(lang: str) -> None:
    missing = translate(lang, "not known")
    assert numbers.number(lang, None) == missing
    assert numbers.number(lang, float("nan")) == missing
    assert numbers.percent(lang, None) == missing
    assert numbers.money(lang, None, "USD") == missing
    assert numbers.money(lang, Decimal("NaN"), "USD") == missing
    assert numbers.compact_money(lang, None, "USD") == missing


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "1,234,567.50"), ("fr", "1\u202f234\u202f567,50"), ("ar", "1,234,567.50")],
)
def test_numbers_have_the_separators_of_the_language(lang: str, expected: str) -> None:
    assert numbers.number(lang, 1234567.5, 2) == expected


@pytest.mark.parametrize("value", [0.5, 1.5, 2.5])
def test_a_half_is_rounded_away_from_zero(value: float) -> None:
    assert numbers.number("en", value) == str(int(value + 0.5))
    assert numbers.number("en", -value) == str(int(-value - 0.5))


def test_a_small_negative_number_is_not_minus_zero() -> None:
    assert numbers.number("en", -0.2) == "0"


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", "12.3%"), ("fr", "12,3\u00a0%"), ("ar", "12.3%")]
)
def test_a_share_is_shown_as_a_percentage(lang: str, expected: str) -> None:
    assert numbers.percent(lang, 0.1234, 1) == expected


@pytest.mark.parametrize(
    ("lang", "currency", "expected"),
    [
        ("en", "USD", "US$\u00a01,250,000"),
        ("en", "XOF", "F\u202fCFA\u00a01,250,000"),
        ("en", "EUR", "€1,250,000"),
        ("fr", "USD", "1\u202f250\u202f000\u00a0$US"),
        ("ar", "USD", "\u200f1,250,000\u00a0US$\u200e"),
    ],
)
def test_money_names_its_currency(lang: str, currency: str, expected: str) -> None:
    assert numbers.money(lang, Decimal("1250000.4"), currency) == expected


def test_no_two_dollars_look_alike() -> None:
    dollars = {numbers.money("en", Decimal(1), code) for code in ("USD", "CAD", "AUD", "NZD")}
    assert len(dollars) == 4


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "US$\u00a00"),
        ("949.6", "US$\u00a0950"),
        ("999999", "US$\u00a01M"),
        ("1250000", "US$\u00a01.3M"),
        ("2345678901", "US$\u00a02.3B"),
        ("-1250000", "-US$\u00a01.3M"),
    ],
)
def test_money_on_a_tile_is_short(amount: str, expected: str) -> None:
    assert numbers.compact_money("en", Decimal(amount), "USD") == expected


def test_a_minus_sign_stays_before_its_number_in_arabic() -> None:
    assert numbers.number("ar", -5) == "\u200e-5"


LARGEST = 2**63


@given(
    st.sampled_from(LANGUAGES),
    st.one_of(
        st.integers(-LARGEST, LARGEST),
        st.floats(-LARGEST, LARGEST),
        st.decimals(-LARGEST, LARGEST),
    ),
    st.integers(0, 4),
)
def test_every_number_a_database_holds_can_be_shown(
    lang: str, value: int | float | Decimal, decimals: int
) -> None:
    assert numbers.number(lang, value, decimals)
    assert numbers.percent(lang, value, decimals)


@given(
    st.sampled_from(LANGUAGES),
    st.decimals(-LARGEST, LARGEST),
    st.sampled_from(["USD", "XOF", "EGP", "XXZ"]),
)
def test_every_amount_a_database_holds_can_be_shown(
    lang: str, amount: Decimal, currency: str
) -> None:
    assert numbers.money(lang, amount, currency)
    assert numbers.compact_money(lang, amount, currency)
