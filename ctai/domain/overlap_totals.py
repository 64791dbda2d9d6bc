"""Totals gross and net: how many undertakings there are where some are recorded twice."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Totals:
    """Undertakings as recorded, and with each counted once that a person found recorded twice."""

    gross: int
    net: int


def totals(recorded: int, duplicates: Iterable[tuple[int, int]]) -> Totals:
    """Take off what is counted twice: of activities that are duplicates of each other, also through
    a third, one is counted.

    `duplicates` are pairs of recorded activities, as decided; a pair of which one is not among the
    recorded ones must not be given.
    """
    leaders: dict[int, int] = {}
    merged = 0
    for one, other in duplicates:
        first, second = _leader(leaders, one), _leader(leaders, other)
        if first != second:
            leaders[max(first, second)] = min(first, second)
            merged += 1
    return Totals(recorded, recorded - merged)


def _leader(leaders: dict[int, int], number: int) -> int:
    while number in leaders:
        number = leaders[number]
    return number
