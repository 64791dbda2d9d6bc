"""The number ledger: every figure of a briefing, with the question it answers and its records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ctai.i18n import numbers


class Unfounded(ValueError):
    """A figure that no record bears out: the briefing is not built."""


@dataclass(frozen=True)
class Figure:
    """A number as a text says it; `entry` is its place in the ledger, from 1."""

    value: Decimal
    worded: str
    entry: int


@dataclass(frozen=True)
class Entry:
    """Where a figure comes from.

    `asked` is the question with its filters, in codes (`activities country=BFA status=ongoing`);
    `records` are the codes of the records that were counted or summed, in order. Only zero has
    none.
    """

    number: int
    worded: str
    asked: str
    records: tuple[str, ...]


class Ledger:
    """Gives out figures, and keeps where each comes from."""

    def __init__(self, lang: str) -> None:
        """Begin an empty ledger, whose numbers are written in a language."""
        self.lang = lang
        self._entries: list[Entry] = []
        self._known: dict[tuple[str, tuple[str, ...], str], Figure] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Give all figures that were given out, in order."""
        return tuple(self._entries)

    def count(self, asked: str, records: Iterable[str]) -> Figure:
        """Count records, each once."""
        found = _codes(records)
        return self._figure(
            asked, found, Decimal(len(found)), numbers.number(self.lang, len(found))
        )

    def total_usd(self, asked: str, parts: Mapping[str, Decimal]) -> Figure:
        """Sum US dollars by record."""
        total = sum(parts.values(), Decimal(0))
        return self._figure(asked, _codes(parts), total, numbers.money(self.lang, total, "USD"))

    def told(self, asked: str, value: Decimal | int, worded: str, records: Iterable[str]) -> Figure:
        """Give a figure that a rule of the domain reckoned of some records, in its own words."""
        return self._figure(asked, _codes(records), Decimal(value), worded)

    def _figure(self, asked: str, records: tuple[str, ...], value: Decimal, worded: str) -> Figure:
        if value != 0 and not records:
            raise Unfounded(f"{asked}: {worded} has no record that bears it out")
        key = (asked, records, worded)
        if key not in self._known:
            number = len(self._entries) + 1
            self._entries.append(Entry(number, worded, asked, records))
            self._known[key] = Figure(value, worded, number)
        return self._known[key]


def _codes(records: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(records), key=_natural))


def _natural(code: str) -> tuple[str, int, str]:
    """Order codes as people do: A-9 before A-10."""
    letters = code.rstrip("0123456789")
    digits = code[len(letters) :]
    return letters, int(digits) if digits else -1, code
