"""The rows of a plan's grid: what stands in them as texts, and the items they are read into."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ctai.domain import milestones
from ctai.domain.faults import Fault, shown
from ctai.domain.money import AmountUnreadable, read_amount
from ctai.domain.plans import ItemDraft
from ctai.domain.progress import Item

COLUMNS = (
    "item",
    "need",
    "action",
    "entity",
    "starts",
    "ends",
    "cost",
    "currency",
    "rate_usd",
    "rate_date",
    "milestones",
)
Cells = dict[str, str | None]


@dataclass(frozen=True)
class Read:
    """What a grid was read into, with what could not be read; `place` is the item's position."""

    items: tuple[ItemDraft, ...]
    faults: tuple[Fault, ...]


def of_items(items: Iterable[Item]) -> list[Cells]:
    """Write stored items as rows."""
    return [
        {
            "item": str(one.number),
            "need": one.need.code,
            "action": one.draft.action,
            "entity": one.draft.entity,
            "starts": one.draft.starts,
            "ends": one.draft.ends,
            "cost": None if one.draft.cost is None else f"{one.draft.cost:f}",
            "currency": one.draft.currency,
            "rate_usd": None if one.draft.rate_usd is None else f"{one.draft.rate_usd:f}",
            "rate_date": one.draft.rate_date,
            "milestones": milestones.written(one.draft.milestones) or None,
        }
        for one in items
    ]


def read(rows: Iterable[Cells], needs: Mapping[str, int], stored: Iterable[Item]) -> Read:
    """Read rows into items; `needs` are numbers by code. Rows without anything are passed over."""
    requests = {one.number: one.draft.funding_request_id for one in stored}
    items: list[ItemDraft] = []
    faults: list[Fault] = []
    for row in rows:
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(text for name, text in cells.items() if name != "item"):
            continue
        place = str(len(items) + 1)
        wrong: list[Fault] = []
        number = int(cells["item"]) if cells["item"].isdigit() else None
        items.append(
            ItemDraft(
                need_id=needs.get(cells["need"]),
                action=cells["action"],
                entity=cells["entity"] or None,
                starts=cells["starts"] or None,
                ends=cells["ends"] or None,
                cost=_amount(cells["cost"], wrong),
                currency=cells["currency"] or None,
                rate_usd=_rate(cells["rate_usd"], wrong),
                rate_date=cells["rate_date"] or None,
                milestones=milestones.read(cells["milestones"]),
                funding_request_id=requests.get(number) if number is not None else None,
                number=number,
            )
        )
        faults += [fault.at(place) for fault in wrong]
    return Read(tuple(items), tuple(faults))


def _amount(text: str, wrong: list[Fault]) -> Decimal | None:
    if not text:
        return None
    try:
        return read_amount(text)
    except AmountUnreadable:
        wrong.append(
            Fault(
                "The amount {seen} is not a number. Write digits, such as 1700000.",
                "cost",
                {"seen": shown(text)},
            )
        )
        return None


def _rate(text: str, wrong: list[Fault]) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        wrong.append(
            Fault(
                "“{seen}” is not a rate. Write it with a point, such as 0.0017.",
                "rate",
                {"seen": shown(text)},
            )
        )
        return None
