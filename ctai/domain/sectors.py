"""Sectors: which measure an aid sector points to, by a table of rules, until a person confirms."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ctai.domain.activities import MeasureLink

_RULES = Path(__file__).parents[2] / "data" / "sector_rules.csv"

DAC = "1"
"""OECD DAC purpose codes of five digits, and the IATI list's of seven: code 1 of the IATI list
SectorVocabulary, and what stands where none is named."""


@dataclass(frozen=True)
class Sector:
    """A sector of an activity and its share, None where it is not said."""

    code: str
    vocabulary: str = DAC
    share_pct: float | None = None


@cache
def rules() -> Mapping[tuple[str, str], str]:
    """Give the measure of each sector by vocabulary and code."""
    with _RULES.open(encoding="utf-8", newline="") as file:
        return {(row["vocabulary"], row["code"]): row["measure"] for row in csv.DictReader(file)}


def measures_of(sectors: Iterable[Sector]) -> tuple[MeasureLink, ...]:
    """Give the measures that an activity's sectors point to, the one with the largest share first.

    Each names its rule, and counts nothing until a person confirms it.
    """
    shares: dict[tuple[str, str], float] = {}
    for sector in sectors:
        key = (sector.vocabulary, sector.code)
        if key in rules():
            shares[key] = shares.get(key, 0.0) + (sector.share_pct or 0.0)
    links: dict[str, MeasureLink] = {}
    for vocabulary, code in sorted(shares, key=lambda key: -shares[key]):
        measure = rules()[vocabulary, code]
        is_main = not links
        links.setdefault(measure, MeasureLink(measure, is_main, rule=f"{vocabulary}:{code}"))
    return tuple(links.values())
