"""Labels of action plans: versions, states, spans, costs and refusals as people read them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import streamlit as st

from ctai.domain.faults import Fault
from ctai.domain.plans import ItemDraft, ItemState, PlanState
from ctai.domain.progress import Item, Milestone, Version
from ctai.i18n import numbers, plan_wording
from ctai.ui import labels, notices
from ctai.ui.language import current, t

_SIGNS = {
    ItemState.PLANNED: "○",
    ItemState.ONGOING: "◐",
    ItemState.COMPLETED: "✓",
    ItemState.DROPPED: "×",
}
OVERDUE = "!"


def version(one: Version) -> str:
    """Name a version with its state and date."""
    number = labels.number(one.number)
    match one.state:
        case PlanState.DRAFT:
            return t("Version {number}, draft", number=number)
        case PlanState.AGREED:
            date = labels.when(one.agreed_on)
            return t("Version {number}, agreed on {date}", number=number, date=date)
        case PlanState.SUPERSEDED:
            date = labels.when(one.agreed_on)
            return t("Version {number}, superseded, agreed on {date}", number=number, date=date)


def item_state(code: str) -> str:
    """Name how far an item is, with its sign."""
    return labels.led(f"{_SIGNS[ItemState(code)]} {plan_wording.item_state(current(), code)}")


def share(code: str) -> str:
    """Name what a part of a cost is."""
    return plan_wording.share(current(), code)


def span(draft: ItemDraft) -> str:
    """Write from when to when an item is to be done."""
    if draft.starts and draft.ends:
        first, last = labels.when(draft.starts), labels.when(draft.ends)
        return t("{first} to {last}", first=first, last=last)
    if draft.ends:
        return t("until {date}", date=labels.when(draft.ends))
    if draft.starts:
        return t("from {date}, end not known", date=labels.when(draft.starts))
    return labels.when(None)


def cost(draft: ItemDraft) -> str:
    """Write a cost in its own currency."""
    return numbers.money(current(), draft.cost, draft.currency or "USD")


def usd(amount: Decimal | None) -> str:
    """Write an amount of US dollars."""
    return numbers.money(current(), amount, "USD")


def milestone(step: Milestone, today: date) -> str:
    """Write a milestone with its sign: reached, under way, to come, dropped or overdue."""
    sign = OVERDUE if step.is_overdue(today) else _SIGNS[step.state]
    when = labels.when(step.due) if step.due else ""
    return labels.led(" ".join(part for part in (sign, when, step.what) if part))


def item(one: Item) -> str:
    """Name an item by its need and its action."""
    return labels.led(f"{one.need.code} · {one.draft.action or one.need.title}")


def refused(faults: Iterable[Fault]) -> None:
    """Show every reason of a refusal at once, each with its item."""
    lines = [
        t("Item {n}: {reason}", n=fault.place, reason=notices.sentence(fault))
        if fault.place
        else notices.sentence(fault)
        for fault in faults
    ]
    st.error(
        "\n".join(
            [t("Nothing was stored yet. Please mend:"), "", *(f"- {line}" for line in lines)]
        ),
        icon=":material/error:",
    )
