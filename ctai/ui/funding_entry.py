"""A funding request's form as values: filled from a draft, and read back into one."""

import re
from decimal import Decimal

import streamlit as st

from ctai.domain.faults import Fault, shown
from ctai.domain.funding_draft import FundingDraft, PlannedActivity, PlannedLine
from ctai.domain.funding_money import read_rate
from ctai.domain.money import AmountUnreadable, read_amount
from ctai.domain.roles import Visibility
from ctai.ui import half_typed
from ctai.ui.half_typed import typed

TYPED = [
    "title",
    "needs",
    "entity",
    "objective",
    "needed_by",
    "visibility",
    "activities",
    "lines",
    "total",
    "currency",
    "rate_usd",
    "rate_date",
    "cofunding",
    "cofunding_from",
    "risks",
    "note",
]
"""Fields that people fill in; beside them a form keeps the version that it started from."""
Rows = list[list[str]]


def values_of(draft: FundingDraft) -> dict[str, object]:
    """Write a draft as what stands in the form's fields."""
    return {
        "title": draft.title,
        "needs": [str(number) for number in draft.needs],
        "entity": draft.entity or None,
        "objective": draft.objective,
        "needed_by": draft.needed_by or "",
        "visibility": draft.visibility.value,
        "activities": [[one.title, one.starts or "", one.ends or ""] for one in draft.activities],
        "lines": [
            [one.title, line.what, _written(line.amount)]
            for one in draft.activities
            for line in one.lines
        ],
        "total": _written(draft.total),
        "currency": draft.currency,
        "rate_usd": "" if draft.rate_usd is None else f"{draft.rate_usd:f}",
        "rate_date": draft.rate_date or "",
        "cofunding": _written(draft.cofunding),
        "cofunding_from": draft.cofunding_from,
        "risks": draft.risks,
        "note": draft.note,
    }


def _written(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def rows(form: str, name: str) -> Rows:
    """Give the rows of a grid that hold anything, as texts without outer spaces."""
    found: Rows = st.session_state.get(half_typed.key(form, name)) or []
    stripped = [[re.sub(r"\s+", " ", cell).strip() for cell in row] for row in found]
    return [row for row in stripped if any(row)]


def written(form: str) -> tuple[FundingDraft, list[Fault]]:
    """Read the form's fields as a draft; what can't be read is a fault, and is left out."""
    faults: list[Fault] = []
    draft = FundingDraft(
        title=typed(form, "title"),
        entity=typed(form, "entity"),
        needs=tuple(int(n) for n in st.session_state[half_typed.key(form, "needs")] or []),
        objective=typed(form, "objective"),
        needed_by=typed(form, "needed_by") or None,
        activities=_activities(form, faults),
        total=amount(typed(form, "total"), "total", faults),
        currency=typed(form, "currency"),
        rate_usd=rate(typed(form, "rate_usd"), faults),
        rate_date=typed(form, "rate_date") or None,
        cofunding=amount(typed(form, "cofunding"), "cofunding", faults),
        cofunding_from=typed(form, "cofunding_from"),
        risks=typed(form, "risks"),
        note=typed(form, "note"),
        visibility=Visibility(typed(form, "visibility") or Visibility.UN_SYSTEM),
    )
    return draft, faults


def amount(text: str, column: str, faults: list[Fault]) -> Decimal | None:
    """Read an amount that may be empty."""
    if not text:
        return None
    try:
        return read_amount(text)
    except AmountUnreadable:
        faults.append(
            Fault(
                "“{seen}” is not an amount. Write digits, such as 1700000.",
                column,
                {"seen": shown(text)},
            )
        )
        return None


def rate(text: str, faults: list[Fault]) -> Decimal | None:
    """Read a rate that may be empty."""
    if not text:
        return None
    try:
        return read_rate(text)
    except AmountUnreadable:
        faults.append(
            Fault(
                "“{seen}” is not a rate. Write US dollars for one unit, such as 1.0835.",
                "rate_usd",
                {"seen": shown(text)},
            )
        )
        return None


def _activities(form: str, faults: list[Fault]) -> tuple[PlannedActivity, ...]:
    lines: dict[str, list[PlannedLine]] = {}
    titles = [row[0] for row in rows(form, "activities")]
    if len(set(titles)) < len(titles):
        faults.append(Fault("Two activities have the same title. Give each its own.", "activities"))
    for activity, what, text in rows(form, "lines"):
        if activity not in titles:
            faults.append(
                Fault(
                    "The budget line “{seen}” names no activity of the request. Choose one.",
                    "budget",
                    {"seen": shown(what)},
                )
            )
        if not text:
            faults.append(
                Fault("The budget line “{seen}” has no amount.", "budget", {"seen": shown(what)})
            )
        found = amount(text, "budget", faults)
        if found is not None:
            lines.setdefault(activity, []).append(PlannedLine(what, found))
    return tuple(
        PlannedActivity(title, starts or None, ends or None, tuple(lines.pop(title, ())))
        for title, starts, ends in rows(form, "activities")
    )
