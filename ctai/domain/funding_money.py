"""The money against a funding request: what donors pledge, commit and pay, and what is spent.

Money is conserved: a donor pays no more than it committed, no more is spent of a donor than it
paid, and all commitments together are no more than was asked. A pledge binds nobody and is never
counted as secured.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from ctai.domain.checks import LONGEST_TITLE, bad_date, too_long, unknown_entity
from ctai.domain.faults import Fault, shown
from ctai.domain.funding import FundingState
from ctai.domain.money import CURRENCIES, LARGEST_AMOUNT, AmountUnreadable, BudgetKind

RATE_DECIMALS = 10
"""Decimals of a rate: an ariary is some 0.0002 US dollars."""
LARGEST_RATE = Decimal(1000)
"""US dollars for one unit: the dearest currency, the Kuwaiti dinar, is at some 3."""
_EXACT_DIGITS = 60
"""Digits of an amount times two rates: nothing is rounded while amounts are compared."""

FLOW_STATES: dict[BudgetKind, frozenset[FundingState]] = {
    BudgetKind.PLEDGE: frozenset(
        {FundingState.ENDORSED, FundingState.OFFERED, FundingState.FUNDED}
    ),
    BudgetKind.COMMITMENT: frozenset(
        {FundingState.ENDORSED, FundingState.OFFERED, FundingState.FUNDED}
    ),
    BudgetKind.DISBURSEMENT: frozenset({FundingState.FUNDED, FundingState.REPORTED}),
    BudgetKind.EXPENDITURE: frozenset({FundingState.FUNDED, FundingState.REPORTED}),
}
"""When money of a kind can be recorded: offers once endorsed, payments once funded."""


@dataclass(frozen=True)
class Flow:
    """Money of a donor for a request; `happened` is its date, `reference` the donor's own."""

    kind: BudgetKind
    donor: str
    amount: Decimal
    currency: str
    happened: str
    rate_usd: Decimal | None = None
    rate_date: str | None = None
    reference: str = ""


@dataclass(frozen=True)
class Asked:
    """What a request asks for: its total and currency, with the rate by which it is compared."""

    total: Decimal | None
    currency: str
    rate_usd: Decimal | None = None


@dataclass(frozen=True)
class Held:
    """What is on record of one donor, or of all, in the request's currency.

    An amount is None where none of its kind is on record, or a rate is not known.
    """

    pledged: Decimal | None
    committed: Decimal | None
    disbursed: Decimal | None
    spent: Decimal | None


def amount_faults(column: str, amount: Decimal) -> Iterator[Fault]:
    """Refuse an amount that is no number, not above zero, too large, or finer than hundredths."""
    seen = {"seen": shown(amount)}
    if not amount.is_finite():
        yield Fault(
            "The amount {seen} is not a number. Write digits, such as 1700000.", column, seen
        )
    elif amount <= 0:
        yield Fault("The amount {seen} is not above zero.", column, seen)
    elif amount > LARGEST_AMOUNT:
        yield Fault("The amount {seen} is too large to be right. Check it.", column, seen)
    elif amount != amount.quantize(Decimal("0.01")):
        yield Fault("The amount {seen} has more than two decimals. Round it to two.", column, seen)


_RATE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,20})?")


def read_rate(text: str) -> Decimal:
    """Read a rate such as "1.0835"; AmountUnreadable if it is none."""
    if not _RATE.fullmatch(text.strip()):
        raise AmountUnreadable(text)
    return Decimal(text.strip())


def currency_faults(currency: str) -> Iterator[Fault]:
    """Refuse a currency that is not on the list."""
    if currency not in CURRENCIES:
        yield Fault(
            "“{seen}” is not a known currency. Give an ISO 4217 code such as USD.",
            "currency",
            {"seen": shown(currency)},
        )


def rate_faults(rate: Decimal) -> Iterator[Fault]:
    """Refuse a rate that can't be one."""
    if not rate.is_finite() or not 0 < rate <= LARGEST_RATE or rate != round(rate, RATE_DECIMALS):
        yield Fault(
            "“{seen}” is not a rate. Give US dollars for one unit, above 0 and at most {wanted}, "
            "with up to ten decimals.",
            "rate_usd",
            {"seen": shown(rate), "wanted": str(LARGEST_RATE)},
        )


def flow_faults(
    flow: Flow,
    before: Iterable[Flow],
    asked: Asked,
    state: FundingState,
    entities: frozenset[str],
    today: str,
) -> Iterator[Fault]:
    """List every reason not to record money; the figures only once they can be compared."""
    if state not in FLOW_STATES.get(flow.kind, frozenset()):
        yield Fault(
            "Money of this kind can't be recorded in the request's present state. Pledges and "
            "commitments come once it is endorsed, payments and spending once it is funded.",
            "kind",
        )
    bad = [*_flow_value_faults(flow, entities, today)]
    yield from bad
    if not bad:
        yield from conservation_faults(flow, before, asked)


def _flow_value_faults(flow: Flow, entities: frozenset[str], today: str) -> Iterator[Fault]:
    if flow.donor:
        yield from unknown_entity(flow.donor, entities)
    else:
        yield Fault("The donor is missing. Choose who gives the money.", "donor")
    yield from amount_faults("amount", flow.amount)
    yield from currency_faults(flow.currency)
    if flow.rate_usd is not None:
        yield from rate_faults(flow.rate_usd)
    elif flow.currency != "USD":
        yield Fault(
            "The rate is missing. Give US dollars for one {seen}.",
            "rate_usd",
            {"seen": shown(flow.currency)},
        )
    if flow.currency != "USD" and flow.rate_date is None:
        yield Fault("The rate has no date. Say of which day it is.", "rate_date")
    for column, day in (("happened", flow.happened), ("rate_date", flow.rate_date)):
        bad = [*bad_date(column, day)]
        yield from bad
        if day is not None and not bad and day > today:
            yield Fault(
                "{seen} is a date to come. Give today or an earlier one.",
                column,
                {"seen": shown(day)},
            )
    yield from too_long("reference", flow.reference, LONGEST_TITLE)


def conservation_faults(flow: Flow, before: Iterable[Flow], asked: Asked) -> Iterator[Fault]:
    """Refuse money that would be more than the money it comes out of.

    A donor's amounts are compared as they stand where they are all in one currency, else in the
    request's currency by their dated rates: a rate that moved makes nobody pay too much.
    """
    flows = [*before, flow]
    match flow.kind:
        case BudgetKind.COMMITMENT:
            committed = _total(flows, {BudgetKind.COMMITMENT}, None, asked)
            if asked.total is None or committed > asked.total:
                yield Fault(
                    "All commitments would be {seen} {currency}, more than the {wanted} {currency} "
                    "that is asked.",
                    "amount",
                    {
                        "seen": f"{committed:,.2f}",
                        "wanted": f"{asked.total or 0:,.2f}",
                        "currency": asked.currency,
                    },
                )
        case BudgetKind.DISBURSEMENT:
            seen, wanted, currency = _compared(flow, flows, BudgetKind.COMMITMENT, asked)
            if seen > wanted:
                yield Fault(
                    "{donor} would have paid {seen} {currency}, more than the {wanted} {currency} "
                    "that it committed.",
                    "amount",
                    _figures(flow.donor, seen, wanted, currency),
                )
        case BudgetKind.EXPENDITURE:
            seen, wanted, currency = _compared(flow, flows, BudgetKind.DISBURSEMENT, asked)
            if seen > wanted:
                yield Fault(
                    "{seen} {currency} of {donor}'s money would be spent, more than the {wanted} "
                    "{currency} that it paid.",
                    "amount",
                    _figures(flow.donor, seen, wanted, currency),
                )


def _figures(donor: str, seen: Decimal, wanted: Decimal, currency: str) -> dict[str, str]:
    return {
        "donor": donor,
        "seen": f"{seen:,.2f}",
        "wanted": f"{wanted:,.2f}",
        "currency": currency,
    }


def _compared(
    flow: Flow, flows: list[Flow], source: BudgetKind, asked: Asked
) -> tuple[Decimal, Decimal, str]:
    """Add up a donor's money of a flow's kind, and of the kind it comes out of, in one currency."""
    both = [one for one in flows if one.donor == flow.donor and one.kind in (flow.kind, source)]
    currencies = {one.currency for one in both}
    terms = Asked(None, flow.currency) if currencies == {flow.currency} else asked
    return (
        _total(both, {flow.kind}, flow.donor, terms),
        _total(both, {source}, flow.donor, terms),
        terms.currency,
    )


def _total(
    flows: Iterable[Flow], kinds: set[BudgetKind], donor: str | None, asked: Asked
) -> Decimal:
    amounts = [
        in_terms_of(asked, flow)
        for flow in flows
        if flow.kind in kinds and donor in (None, flow.donor)
    ]
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def in_terms_of(asked: Asked, flow: Flow) -> Decimal | None:
    """Turn money into the request's currency by dated rates, unrounded; None without a rate."""
    if flow.currency == asked.currency:
        return flow.amount
    into = Decimal(1) if flow.currency == "USD" else flow.rate_usd
    out_of = Decimal(1) if asked.currency == "USD" else asked.rate_usd
    if into is None or out_of is None:
        return None
    with localcontext() as context:
        context.prec = _EXACT_DIGITS
        return flow.amount * into / out_of


def held(flows: Iterable[Flow], asked: Asked, donor: str | None = None) -> Held:
    """Add up what is on record of a donor, or of all, in hundredths of the request's currency."""
    own = [flow for flow in flows if donor in (None, flow.donor)]

    def of(kind: BudgetKind) -> Decimal | None:
        amounts = [in_terms_of(asked, flow) for flow in own if flow.kind is kind]
        known = [amount for amount in amounts if amount is not None]
        if not amounts or len(known) < len(amounts):
            return None
        return sum(known, Decimal(0)).quantize(Decimal("0.01"))

    return Held(
        of(BudgetKind.PLEDGE),
        of(BudgetKind.COMMITMENT),
        of(BudgetKind.DISBURSEMENT),
        of(BudgetKind.EXPENDITURE),
    )


def backing_faults(flows: Iterable[Flow], after: FundingState) -> Iterator[Fault]:
    """Refuse a move that the recorded money does not bear out."""
    kinds = {flow.kind for flow in flows}
    is_secured = BudgetKind.COMMITMENT in kinds
    if after is FundingState.OFFERED and not kinds & {BudgetKind.PLEDGE, BudgetKind.COMMITMENT}:
        yield Fault("No offer is recorded. Record the donor's pledge or commitment first.", "flows")
    if after is FundingState.FUNDED and not is_secured:
        yield Fault(
            "No commitment is recorded, and a pledge secures nothing. Record what the donor "
            "bound itself to give first.",
            "flows",
        )
    if after in (FundingState.DECLINED, FundingState.WITHDRAWN) and is_secured:
        yield Fault(
            "A donor has committed money to this request. It is funded, and ends with its report.",
            "flows",
        )
