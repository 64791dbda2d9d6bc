"""Action plans as CSV and XLSX: the plan itself, the money for it, and the list for donors."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from ctai.domain.dates import Precision, precision
from ctai.domain.milestones import written
from ctai.domain.progress import Item, Version
from ctai.domain.resources import Part, Resources, Share, by_year
from ctai.domain.strategy import by_code
from ctai.exchange.tables_out import csv_chunks
from ctai.exchange.workbook import About, Sheet, Value, workbook_bytes
from ctai.i18n import mark, names, plan_wording, translate, wording
from ctai.i18n.dates import partial_date

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its header in CSV, its heading in a workbook, and what stands in it; `is_code`
    where a column after it names that.
    """

    header: str
    heading: str
    value: Callable[[Row, str], Value]
    is_code: bool = False


@dataclass(frozen=True)
class Told:
    """What a file is made of, and as of when."""

    version: Version
    resources: Resources
    at: datetime


@dataclass(frozen=True)
class Paid:
    """An item beside what is paid of it."""

    item: Item
    told: Told

    def usd(self, share: Share) -> Value:
        """Give a share of the cost; None where the cost is not known."""
        if self.item.draft.cost_usd is None:
            return None
        return self.told.resources.reckoning.of_item(self.item.number, share)


@dataclass(frozen=True)
class Spread:
    """A part of the reckoning in one year, beside its item."""

    item: Item
    part: Part
    year: int | None
    amount: Value


def _when(iso: str | None) -> Value:
    """Give a day as a date, and what is less precise as the text that it is."""
    if iso and precision(iso) is Precision.DAY:
        return date.fromisoformat(iso)
    return iso


def _entity(item: Item, lang: str) -> Value:
    return None if item.draft.entity is None else names.entity_name(lang, item.draft.entity)


def _severity(item: Item, lang: str) -> Value:
    return None if item.need.severity is None else wording.severity(lang, item.need.severity)


_ITEM: tuple[Column[Item], ...] = (
    Column("need", mark("Need"), lambda one, _: one.need.code),
    Column("measure", mark("Measure"), lambda one, _: one.need.measure, is_code=True),
    Column("measure_title", mark("Measure"), lambda one, lang: _measure(one, lang)),
    Column("pillar", mark("Pillar"), lambda one, _: _pillar(one), is_code=True),
    Column("pillar_name", mark("Pillar"), lambda one, lang: names.pillar_name(lang, _pillar(one))),
    Column("need_title", mark("What is needed"), lambda one, _: one.need.title),
    Column("severity", mark("Severity"), lambda one, _: one.need.severity, is_code=True),
    Column("severity_name", mark("Severity"), _severity),
    Column("evidence_date", mark("Evidence of"), lambda one, _: _when(one.need.evidence_date)),
    Column("action", mark("Action"), lambda one, _: one.draft.action),
    Column("entity", mark("Entity"), lambda one, _: one.draft.entity),
    Column("entity_name", mark("Name of the entity"), _entity),
    Column("starts", mark("Start"), lambda one, _: _when(one.draft.starts)),
    Column("ends", mark("End"), lambda one, _: _when(one.draft.ends)),
)
PLAN: tuple[Column[Item], ...] = (
    *_ITEM,
    Column("cost", mark("Cost"), lambda one, _: one.draft.cost),
    Column("currency", mark("Currency"), lambda one, _: one.draft.currency),
    Column("rate_usd", mark("Rate in US dollars"), lambda one, _: _rate(one)),
    Column("rate_date", mark("Rate of"), lambda one, _: _when(one.draft.rate_date)),
    Column("cost_usd", mark("Cost in US dollars"), lambda one, _: one.draft.cost_usd),
    Column("milestones", mark("Milestones"), lambda one, _: written(one.draft.milestones)),
    Column("state", mark("State"), lambda one, _: one.state.value, is_code=True),
    Column("state_name", mark("State"), lambda one, lang: plan_wording.item_state(lang, one.state)),
    Column(
        "seen_on", mark("Seen on"), lambda one, _: _when(one.newest.seen_on if one.newest else None)
    ),
    Column("note", mark("Note"), lambda one, _: one.newest.note if one.newest else None),
)
HAND_OUT: tuple[Column[Paid], ...] = (
    *(
        Column(c.header, c.heading, lambda one, lang, c=c: c.value(one.item, lang), c.is_code)  # type: ignore[misc]  # mypy knows no defaults in lambdas
        for c in _ITEM
    ),
    Column("cost_usd", mark("Cost in US dollars"), lambda one, _: one.item.draft.cost_usd),
    Column("funded_usd", mark("Funded"), lambda one, _: one.usd(Share.FUNDED)),
    Column("asked_usd", mark("Asked for"), lambda one, _: one.usd(Share.ASKED)),
    Column("unfunded_usd", mark("No money yet"), lambda one, _: one.usd(Share.UNFUNDED)),
)
MONEY: tuple[Column[Spread], ...] = (
    Column("need", mark("Need"), lambda one, _: one.item.need.code),
    Column("action", mark("Action"), lambda one, _: one.item.draft.action),
    Column("share", mark("Part of the cost"), lambda one, _: one.part.share.value, is_code=True),
    Column("share_name", mark("Part of the cost"), lambda one, lang: _share(one, lang)),
    Column("donor", mark("Donor"), lambda one, _: one.part.donor, is_code=True),
    Column("donor_name", mark("Donor"), lambda one, lang: _donor(one, lang)),
    Column("year", mark("Year"), lambda one, _: None if one.year is None else str(one.year)),
    Column("amount_usd", mark("US dollars"), lambda one, _: one.amount),
)


def _donor(one: Spread, lang: str) -> Value:
    return None if one.part.donor is None else names.entity_name(lang, one.part.donor)


def _measure(item: Item, lang: str) -> Value:
    return names.measure_title(lang, item.need.measure)


def _pillar(item: Item) -> str:
    return by_code()[item.need.measure].pillar.value


def _share(one: Spread, lang: str) -> Value:
    return plan_wording.share(lang, one.part.share)


def _rate(item: Item) -> Value:
    return None if item.draft.rate_usd is None else float(item.draft.rate_usd)


def plan_csv(told: Told, lang: str) -> Iterator[bytes]:
    """Write a plan's items in their order."""
    return _csv(PLAN, told.resources.items, lang)


def hand_out_csv(told: Told, lang: str) -> Iterator[bytes]:
    """Write the list for donors, in the order in which the items are given."""
    return _csv(HAND_OUT, _paid(told), lang)


def money_csv(told: Told, lang: str) -> Iterator[bytes]:
    """Write what is funded, asked and without money, by item, donor and year."""
    return _csv(MONEY, spread(told.resources), lang)


def _csv(columns: Sequence[Column[Row]], rows: Sequence[Row], lang: str) -> Iterator[bytes]:
    lines = ([_plain(column.value(row, lang)) for column in columns] for row in rows)
    return csv_chunks([column.header for column in columns], lines)


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def plan_workbook(told: Told, lang: str) -> bytes:
    """Write a plan as a workbook: its items, the money for them, and what the file is."""
    sheets = [
        _sheet(mark("Action plan"), PLAN, told.resources.items, lang),
        _sheet(mark("Resources"), MONEY, spread(told.resources), lang),
    ]
    return workbook_bytes(sheets, _about(told, lang, mark("Action plan"), _MONEY_MEANS), lang)


def hand_out_workbook(told: Told, lang: str) -> bytes:
    """Write the list for donors as a workbook."""
    sentences = [plan_wording.ORDER_MEANS, *_MONEY_MEANS, plan_wording.LEFT_OUT]
    sheets = [_sheet(mark("For donors"), HAND_OUT, _paid(told), lang)]
    title = mark("Costed list of a national action plan, for donors")
    return workbook_bytes(sheets, _about(told, lang, title, sentences), lang)


_MONEY_MEANS = [
    plan_wording.FUNDED_MEANS,
    plan_wording.ASKED_MEANS,
    plan_wording.UNFUNDED_MEANS,
    plan_wording.SPLIT_MEANS,
    plan_wording.YEARS_MEAN,
    plan_wording.RATES_MEAN,
]


def _sheet(name: str, columns: Sequence[Column[Row]], rows: Sequence[Row], lang: str) -> Sheet:
    return Sheet(
        translate(lang, name),
        [_heading(column, lang) for column in columns],
        [[column.value(row, lang) for column in columns] for row in rows],
    )


def _heading(column: Column[Row], lang: str) -> str:
    heading = translate(lang, column.heading)
    return translate(lang, "{heading} (code)", heading=heading) if column.is_code else heading


def _about(told: Told, lang: str, what: str, sentences: Sequence[str]) -> About:
    one = told.version
    facts: list[tuple[str, Value]] = [
        (mark("File"), translate(lang, what)),
        (mark("Country"), names.country_name(lang, one.iso3)),
        (mark("Plan"), one.title),
        (mark("Version"), one.number),
        (mark("State"), plan_wording.plan_state(lang, one.state)),
    ]
    if one.agreed_on:
        facts.append((mark("Agreed on"), partial_date(lang, one.agreed_on)))
        facts.append((mark("Agreed with"), one.agreed_with))
    facts += [(mark("Items"), len(told.resources.items)), (mark("As of (UTC)"), told.at)]
    return About(
        translate(lang, "About this file"),
        [(translate(lang, name), value) for name, value in facts],
        [translate(lang, sentence) for sentence in sentences],
    )


def _paid(told: Told) -> list[Paid]:
    return [Paid(item, told) for item in told.resources.items]


def spread(resources: Resources) -> list[Spread]:
    """Give every part of the reckoning by year, items in their order; what is 0 has no row."""
    items = {item.number: item for item in resources.items}
    costed = {one.number: one for one in resources.costed}
    order = {number: at for at, number in enumerate(items)}
    parts = sorted(resources.reckoning.parts, key=lambda part: order[part.item])
    return [
        Spread(items[part.item], part, year, amount)
        for part in parts
        for year, amount in by_year(part, costed[part.item]).items()
    ]
