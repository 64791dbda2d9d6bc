"""The money of an IATI activity: budgets by period, and transactions summed up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from ctai.domain.activities import BudgetLine, CountryShare
from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Fault, shown
from ctai.domain.money import CURRENCIES, BudgetKind
from ctai.exchange.iati_parts import Element, text_of
from ctai.i18n import mark

_FLOWS = {
    "2": BudgetKind.COMMITMENT,
    "3": BudgetKind.DISBURSEMENT,
    "4": BudgetKind.EXPENDITURE,
    "12": BudgetKind.PLEDGE,
}
"""TransactionType; the others are not money that goes to the activity's work."""

_REVISED = "2"


def money_of(
    activity: Element,
    entities: Mapping[str, str],
    countries: tuple[CountryShare, ...],
    remarks: list[Fault],
) -> tuple[BudgetLine, ...]:
    """Give budgets by period and the sums of transactions by kind, currency and listed donor."""
    spans = len(countries) > 1
    default = (activity.get("default-currency") or "").strip().upper()
    return (
        *_budgets(activity, default, spans=spans, remarks=remarks),
        *_flows(activity, default, entities, spans=spans, remarks=remarks),
    )


def _amount(
    element: Element, default: str, column: str, remarks: list[Fault]
) -> tuple[Decimal, str, str | None] | None:
    """Read a value: amount, currency and day; None, with the reason, where it can't be used."""
    value = element.find("value")
    text = text_of(value)
    currency = "" if value is None else (value.get("currency") or default).strip().upper()
    try:
        amount = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        amount = None
    if amount is None or currency not in CURRENCIES:
        seen = {"seen": shown(f"{text} {currency}".strip())}
        message = mark("“{seen}” is no amount in a currency that is known here. It is left out.")
        remarks.append(Fault(message, column, seen))
        return None
    day = (value.get("value-date") or "").strip()[:10]
    return amount, currency, day if is_partial_date(day) else None


def _budgets(
    activity: Element, default: str, *, spans: bool, remarks: list[Fault]
) -> Iterator[BudgetLine]:
    """Give one line for each period; a revised budget stands for the original one."""
    by_period: dict[tuple[str, str], BudgetLine] = {}
    zeros = 0
    for budget in sorted(activity.iterfind("budget"), key=lambda one: one.get("type") == _REVISED):
        read = _amount(budget, default, "budget", remarks)
        if read is None:
            continue
        amount, currency, day = read
        period = _period(budget)
        if amount <= 0:
            zeros += 1
            continue
        by_period[period, currency] = BudgetLine(
            BudgetKind.BUDGET, amount, currency, spans, day, note=period
        )
    if zeros:
        message = mark("{seen} budgets are zero or less. They are left out: not known is not zero.")
        remarks.append(Fault(message, "budget", {"seen": str(zeros)}))
    yield from by_period.values()


def _period(element: Element) -> str:
    days = [element.find(f"period-{end}") for end in ("start", "end")]
    return "/".join("" if day is None else (day.get("iso-date") or "") for day in days)


def _flows(
    activity: Element,
    default: str,
    entities: Mapping[str, str],
    *,
    spans: bool,
    remarks: list[Fault],
) -> Iterator[BudgetLine]:
    sums: defaultdict[tuple[BudgetKind, str, str | None], list[tuple[Decimal, str]]]
    sums = defaultdict(list)
    for flow in activity.iterfind("transaction"):
        element = flow.find("transaction-type")
        kind = _FLOWS.get("" if element is None else (element.get("code") or ""))
        read = None if kind is None else _amount(flow, default, "transaction", remarks)
        if kind is None or read is None:
            continue
        amount, currency, day = read
        provider = flow.find("provider-org")
        donor = None if provider is None else entities.get((provider.get("ref") or "").strip())
        sums[kind, currency, donor].append((amount, day or ""))
    for (kind, currency, donor), flows in sums.items():
        amount = sum((flow for flow, _ in flows), Decimal(0))
        if amount <= 0:
            message = mark(
                "The transactions add up to {seen}, which is no money. They are left out."
            )
            places = {"seen": f"{amount:f} {currency}"}
            remarks.append(Fault(message, "transaction", places))
            continue
        day = max(day for _, day in flows) or None
        yield BudgetLine(kind, amount, currency, spans, day, donor)
