"""Agreeing on a plan: what a draft needs before it is frozen as the version agreed with a State."""

from collections.abc import Iterator
from datetime import date

from ctai.domain.checks import LONGEST_TITLE, bad_date, too_long
from ctai.domain.dates import first_day, is_partial_date
from ctai.domain.faults import Fault
from ctai.domain.plans import ItemDraft, PlanDraft


def agreement_faults(
    draft: PlanDraft, agreed_on: str | None, agreed_with: str, today: date
) -> tuple[Fault, ...]:
    """List every reason why a plan, sound as a draft, is not ready to be agreed."""
    return (
        *_day_faults(agreed_on, today),
        *_partner_faults(agreed_with),
        *_empty(draft),
        *(
            fault.at(str(position))
            for position, item in enumerate(draft.items, start=1)
            for fault in _unready(item)
        ),
    )


def is_ready(item: ItemDraft) -> bool:
    """Tell whether an item says what is to be done, by whom and from when to when."""
    return not any(_unready(item))


def _day_faults(agreed_on: str | None, today: date) -> Iterator[Fault]:
    if not agreed_on:
        yield Fault("The date is missing. Say when the plan was agreed.", "agreed_on")
        return
    yield from bad_date("agreed_on", agreed_on)
    if is_partial_date(agreed_on) and first_day(agreed_on) > today:
        yield Fault(
            "The plan can't be agreed on {seen}, a date to come. Give today or earlier.",
            "agreed_on",
            {"seen": agreed_on},
        )


def _partner_faults(agreed_with: str) -> Iterator[Fault]:
    if not agreed_with.strip():
        yield Fault("Say with whom the plan was agreed: the authority or office.", "agreed_with")
    yield from too_long("agreed_with", agreed_with, LONGEST_TITLE)


def _empty(draft: PlanDraft) -> Iterator[Fault]:
    if not draft.items:
        yield Fault("A plan without an item can't be agreed. Add at least one.", "items")


def _unready(item: ItemDraft) -> Iterator[Fault]:
    if not item.action.strip():
        yield Fault("The action is missing. Say what is to be done.", "action")
    if item.entity is None:
        yield Fault("The entity is missing. Choose who is to do it.", "entity")
    if not item.starts or not item.ends:
        yield Fault("The dates are missing. Say from when to when.", "starts")
