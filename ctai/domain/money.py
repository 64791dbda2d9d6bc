"""Money: amounts as Decimal with an ISO 4217 currency; what is secured, what only promised."""

import re
from decimal import Decimal
from enum import StrEnum

LARGEST_AMOUNT = Decimal("1000000000000")
"""One million million: more than any assistance budget, so that a slipped digit is refused."""

CURRENCIES = frozenset(
    {"AED", "AUD", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "INR", "JPY", "KRW", "KWD", "MGA"}
    | {"MRU", "NGN", "NOK", "NZD", "QAR", "RUB", "SAR", "SEK", "TND", "TRY", "USD", "XAF", "XOF"}
    | {"ZAR"}
)
"""ISO 4217 codes of the currencies in which the initiative's donors and partners account."""


class BudgetKind(StrEnum):
    """What a budget line stands for; IATI budgets and transaction types 12, 2, 3 and 4."""

    BUDGET = "budget"
    PLEDGE = "pledge"
    COMMITMENT = "commitment"
    DISBURSEMENT = "disbursement"
    EXPENDITURE = "expenditure"


SECURED = frozenset({BudgetKind.COMMITMENT, BudgetKind.DISBURSEMENT, BudgetKind.EXPENDITURE})
"""Kinds that stand for money somebody is bound to give; a pledge never does (as in OCHA's FTS)."""


class AmountUnreadable(ValueError):
    """A text that is not an amount of money."""


_AMOUNT = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+|\d{1,3}([ \u00a0\u202f]\d{3})+)(\.\d{1,2})?")


def read_amount(text: str) -> Decimal:
    """Read an amount such as "1700000", "1,700,000.50" or "1 700 000"; AmountUnreadable if not.

    Thousands stand in threes and at most two decimals follow a point: "1,5" could be either, and
    is refused rather than guessed.
    """
    plain = text.strip()
    if not _AMOUNT.fullmatch(plain):
        raise AmountUnreadable(text)
    return Decimal(re.sub(r"[, \u00a0\u202f]", "", plain))


def in_usd(amount: Decimal | None, currency: str, rate_usd: Decimal | None) -> Decimal | None:
    """Turn an amount into US dollars and cents; None where amount or rate is not known.

    `rate_usd` is US dollars for one unit of the currency on its date, which stands beside it.
    """
    if amount is None or (rate_usd is None and currency != "USD"):
        return None
    rate = Decimal(1) if currency == "USD" else rate_usd
    assert rate is not None  # noqa: S101  # the line above returned
    return (amount * rate).quantize(Decimal("0.01"))
