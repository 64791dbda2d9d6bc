"""Numbers and money as the language writes them; what is missing reads "not known", never 0.

Digits are Latin in every language, Arabic included: tables, files and addresses of a page then
show one form of each number, and a figure read aloud in one language is found in another.
Numbers may be as large as a database integer (64 bits); Decimal's 28 digits are the limit.
"""

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import (
    format_compact_currency,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_symbol,
)

from ctai.i18n.catalogue import translate
from ctai.i18n.languages import direction, locale_of

_LEFT_TO_RIGHT_MARK, _NO_BREAK_SPACE = "\u200e", "\u00a0"


def number(lang: str, value: int | float | Decimal | None, decimals: int = 0) -> str:
    """The number with the language's separators and exactly so many decimals; NaN is missing."""
    if value is None or not math.isfinite(value):
        return translate(lang, "not known")
    text = format_decimal(
        _rounded(value, decimals),
        format=f"#,##0{_fraction(decimals)}",
        locale=locale_of(lang),
    )
    return _steady(lang, text)


def percent(lang: str, share: int | float | Decimal | None, decimals: int = 0) -> str:
    """A share from 0 to 1 as a percentage; NaN is missing."""
    if share is None or not math.isfinite(share):
        return translate(lang, "not known")
    pattern = locale_of(lang).percent_formats[None].pattern.replace("#,##0", "#,##0{fraction}")
    text = format_percent(
        _rounded(share, decimals + 2),
        format=pattern.format(fraction=_fraction(decimals)),
        locale=locale_of(lang),
    )
    return _steady(lang, text)


def money(lang: str, amount: Decimal | None, currency: str, decimals: int = 0) -> str:
    """An amount with its currency (ISO 4217), in whole units unless decimals are asked for."""
    if amount is None or not amount.is_finite():
        return translate(lang, "not known")
    pattern = locale_of(lang).currency_formats["standard"].pattern
    text = format_currency(
        _rounded(amount, decimals),
        currency,
        format=pattern.replace("0.00", f"0{_fraction(decimals)}"),
        locale=locale_of(lang),
        currency_digits=False,
    )
    return _with_symbol(lang, text, currency)


def compact_money(lang: str, amount: Decimal | None, currency: str) -> str:
    """An amount short enough for a tile, such as US$ 1.3M; the full amount belongs beside it."""
    if amount is None or not amount.is_finite():
        return translate(lang, "not known")
    text = format_compact_currency(
        _short(amount), currency, locale=locale_of(lang), fraction_digits=1
    )
    return _with_symbol(lang, text, currency)


def _fraction(decimals: int) -> str:
    return "." + "0" * decimals if decimals else ""


def _rounded(value: int | float | Decimal, decimals: int) -> Decimal:
    """Half away from zero, as people round; adding 0 turns a rounded -0 into 0."""
    exact = Decimal(str(value))
    return _round_half_up(exact, Decimal(1).scaleb(-decimals))


def _round_half_up(value: Decimal, step: Decimal) -> Decimal:
    """The multiple of step nearest to the value."""
    return (value / step).to_integral_value(rounding=ROUND_HALF_UP) * step + 0


def _short(amount: Decimal) -> Decimal:
    """One decimal of its thousand, million or billion: 999,999 must be 1M and not 1000K."""
    thousands = max(amount.adjusted(), 0) // 3
    step = Decimal(1).scaleb(3 * thousands - 1) if thousands else Decimal(1)
    return _round_half_up(amount, step)


def _with_symbol(lang: str, text: str, currency: str) -> str:
    """Set a symbol of several letters apart from the digits, and hold a Latin one in place.

    CLDR asks for the space (currencySpacing), Babel leaves it out: "F CFA1,250".
    """
    symbol = get_currency_symbol(currency, locale_of(lang))
    if len(symbol) > 1:
        text = re.sub(f"({re.escape(symbol)})(?=[0-9])", rf"\1{_NO_BREAK_SPACE}", text)
    if direction(lang) == "rtl" and any(unicodedata.bidirectional(c) == "L" for c in symbol):
        text = text.replace(symbol, f"{symbol}{_LEFT_TO_RIGHT_MARK}")
    return _steady(lang, text)


def _steady(lang: str, text: str) -> str:
    """Hold a minus sign before its number where the text runs from right to left.

    Without a mark "-5" shows as "5-" and a closing "US$" as "$US", by the rules for weak and
    neutral characters (Unicode Standard Annex 9, W and N).
    """
    return text if direction(lang) == "ltr" else text.replace("-", f"{_LEFT_TO_RIGHT_MARK}-")
