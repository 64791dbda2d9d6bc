"""A donor's purse: an amount, and the earmarks within which it may be spent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.money import CURRENCIES, LARGEST_AMOUNT, AmountUnreadable, in_usd, read_amount

USUAL_AMOUNT: Final = Decimal(1_000_000)
"""US dollars that are asked about where nobody has named an amount yet."""

HIGHEST_RATE: Final = Decimal(10)
"""US dollars for one unit: no currency of `CURRENCIES` is worth as much, so that a rate the wrong
way round is refused where it is that large."""

ASKED: Final = ("amount", "currency", "rate", "rate_date", "by")
"""The URL's parameters of a purse, beside those of a scope."""


@dataclass(frozen=True)
class Purse:
    """An amount in US dollars with its earmarks; an empty earmark allows everything.

    `amount` and `currency` are as given, `rate_usd` and `rate_date` the dated rate where the
    currency is another. `latest` is the date by which the money has to be spent, "" without one.
    """

    amount_usd: Decimal
    amount: Decimal
    currency: str = "USD"
    rate_usd: Decimal | None = None
    rate_date: str = ""
    countries: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    latest: str = ""


def purse_of(
    params: Mapping[str, str],
    countries: Iterable[str] = (),
    pillars: Iterable[str] = (),
    entities: Iterable[str] = (),
) -> Purse:
    """Read a purse from URL parameters; Refused names everything that can't be used.

    The earmarks are codes that were read before. Without an amount, `USUAL_AMOUNT` is asked about.
    """
    faults: list[Fault] = []
    amount = _amount(params.get("amount", "").strip(), faults)
    currency = params.get("currency", "").strip() or "USD"
    if currency not in CURRENCIES:
        faults.append(
            Fault(
                "“{seen}” is not a currency that is known here.",
                "currency",
                {"seen": shown(currency)},
            )
        )
    rate, rate_date = None, ""
    if currency != "USD":
        rate = _rate(params.get("rate", "").strip(), faults)
        rate_date = _rate_date(params.get("rate_date", "").strip(), faults)
    latest = params.get("by", "").strip()
    if latest and not is_partial_date(latest):
        faults.append(
            Fault("“{seen}” is not a date such as 2017 or 2017-08.", "by", {"seen": shown(latest)})
        )
    if faults:
        raise Refused(faults)
    amount_usd = in_usd(amount, currency, rate)
    assert amount_usd is not None  # noqa: S101  # a missing rate was refused above
    return Purse(
        amount_usd,
        amount,
        currency,
        rate,
        rate_date,
        tuple(countries),
        tuple(pillars),
        tuple(entities),
        latest,
    )


def _amount(text: str, faults: list[Fault]) -> Decimal:
    if not text:
        return USUAL_AMOUNT
    try:
        amount = read_amount(text)
    except AmountUnreadable:
        faults.append(
            Fault(
                "“{seen}” is not an amount. Write it in figures, such as 250000 or 250 000.50.",
                "amount",
                {"seen": shown(text)},
            )
        )
        return USUAL_AMOUNT
    if not 0 < amount <= LARGEST_AMOUNT:
        faults.append(
            Fault(
                "The amount, {seen}, is not between 0.01 and {wanted}.",
                "amount",
                {"seen": shown(text), "wanted": f"{LARGEST_AMOUNT:,}"},
            )
        )
    return amount


def _rate(text: str, faults: list[Fault]) -> Decimal | None:
    if not text:
        faults.append(
            Fault(
                "The rate is missing. Say how many US dollars one unit of the currency is worth.",
                "rate",
            )
        )
        return None
    try:
        rate = Decimal(text)
    except InvalidOperation:
        rate = Decimal(0)
    if not (rate.is_finite() and 0 < rate < HIGHEST_RATE):
        faults.append(
            Fault(
                "“{seen}” is not a rate. Write how many US dollars one unit is worth, such as "
                "1.085; it is more than 0 and less than {wanted}.",
                "rate",
                {"seen": shown(text), "wanted": str(HIGHEST_RATE)},
            )
        )
    return rate


def _rate_date(text: str, faults: list[Fault]) -> str:
    if not is_partial_date(text):
        faults.append(
            Fault(
                "The rate has no date. Say of which day, month or year it is, such as 2026-11-20.",
                "rate_date",
            )
        )
    return text
