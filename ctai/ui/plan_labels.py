"""Labels of action plans: versions, states, spans, costs and refusals as people read them."""

from collections.abc import Iterable, Sequence
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


def usd(amount: Decimal | None) -> str:
    """Write an amount of US dollars, for Markdown, in which two “$” make a formula."""
    return numbers.money(current(), amount, "USD").replace("$", "\\$")


def step_state(step: Milestone, today: date) -> str:
    """Name how far a milestone is, overdue included, with its sign."""
    return labels.led(t("! Overdue")) if step.is_overdue(today) else item_state(step.state)


def milestone(step: Milestone) -> str:
    """Name a milestone by its date and words."""
    return " · ".join(
        part for part in (labels.when(step.due) if step.due else "", step.what) if part
    )


def item(one: Item) -> str:
    """Name an item by its need and its action."""
    return labels.led(f"{one.need.code} · {one.draft.action or one.need.title}")


def refused(faults: Iterable[Fault], items: Sequence[str] = ()) -> None:
    """Show every reason of a refusal at once, each with its item; `items` are their names."""
    st.error(
        "\n".join(
            [
                t("Nothing was stored yet. Please mend:"),
                "",
                *(f"- {_reason(fault, items)}" for fault in faults),
            ]
        ),
        icon=":material/error:",
    )


def _reason(fault: Fault, items: Sequence[str]) -> str:
    reason = notices.sentence(fault)
    if not fault.place:
        return reason
    at = int(fault.place)
    name = items[at - 1] if at <= len(items) else ""
    if not name:
        return t("Item {n}: {reason}", n=fault.place, reason=reason)
    return t("Item {n}, {need}: {reason}", n=fault.place, need=labels.plain(name), reason=reason)
