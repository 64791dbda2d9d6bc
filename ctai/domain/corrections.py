"""Corrections of money: an entry that was wrong is taken back by another, and both stay on record.

As in IATI, where a transaction is corrected by a negative one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ctai.domain.checks import LONGEST_TITLE, too_long
from ctai.domain.faults import Fault
from ctai.domain.funding import FundingState
from ctai.domain.funding_history import RecordedFlow, standing, standing_entries
from ctai.domain.funding_money import Asked, Flow, backing_faults, conservation_faults
from ctai.domain.money import BudgetKind

DRAWN_FROM = {
    BudgetKind.COMMITMENT: BudgetKind.DISBURSEMENT,
    BudgetKind.DISBURSEMENT: BudgetKind.EXPENDITURE,
}
"""The kind of money that comes out of another: payments of a commitment, spending of payments."""

_BORNE_OUT = {
    FundingState.OFFERED: FundingState.OFFERED,
    FundingState.FUNDED: FundingState.FUNDED,
    FundingState.REPORTED: FundingState.FUNDED,
    FundingState.CLOSED: FundingState.FUNDED,
}
"""The state into which money has brought a request that is in another by now."""


def reversal_of(flow: Flow, why: str) -> Flow:
    """Give the entry that takes another back: the same, below zero, with the reason beside it."""
    return replace(flow, amount=-flow.amount, reference=why.strip())


def reversal_faults(
    flows: Iterable[RecordedFlow], number: int, why: str, asked: Asked
) -> Iterator[Fault]:
    """List every reason not to take an entry back."""
    found = tuple(flows)
    if not why.strip():
        yield Fault("Say in a line why the entry is wrong.", "why")
    yield from too_long("why", why.strip(), LONGEST_TITLE)
    wrong = next((one for one in found if one.number == number), None)
    if wrong is None:
        yield Fault("There is no such entry on this request.", "entry")
    elif wrong.reverses is not None:
        yield Fault(
            "This entry takes another back. Record the money anew where that was wrong.", "entry"
        )
    elif wrong not in standing_entries(found):
        yield Fault("This entry was taken back already.", "entry")
    else:
        left = standing(one for one in found if one is not wrong)
        yield from _drawn_faults(wrong.flow, left, asked)


def _drawn_faults(wrong: Flow, left: tuple[Flow, ...], asked: Asked) -> Iterator[Fault]:
    """Refuse to take back money out of which more was paid or spent than would be left."""
    drawn = [
        one for one in left if one.donor == wrong.donor and one.kind is DRAWN_FROM.get(wrong.kind)
    ]
    if not drawn:
        return
    others = [one for one in left if one is not drawn[0]]
    over = [*conservation_faults(drawn[0], others, asked)]
    yield from over
    if over:
        yield Fault("Correct first what was paid or spent out of this money.", "entry")


def shortfalls(flows: Iterable[Flow], state: FundingState) -> Iterator[Fault]:
    """Tell what the money on record no longer bears out of the state that a request has reached."""
    if state in _BORNE_OUT:
        yield from backing_faults(flows, _BORNE_OUT[state])
