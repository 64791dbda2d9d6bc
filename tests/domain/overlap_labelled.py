"""Pairs of embedded records, labelled by reading them, and what the radar proposes for each."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ctai.domain.activities import ActivityDraft
from ctai.domain.overlap import Facts, Judgement, facts_of
from ctai.domain.overlap_blocks import candidates, nearest
from ctai.domain.roles import Visibility
from ctai.exchange.records_in import read_records
from ctai.settings import DATA

LABELLED = Path(__file__).parents[1] / "data" / "overlap_pairs.csv"

Name = tuple[str, str, str]
"""A row of `data/records.csv`: title, country and start."""


@dataclass(frozen=True)
class Labelled:
    """Two rows, and whether a person calls them one undertaking."""

    one: Name
    other: Name
    is_same: bool


@dataclass(frozen=True)
class Measured:
    """How the radar does on labelled pairs; shares are 0 to 1."""

    same: int
    found: int
    marked: int
    rightly: int

    @property
    def recall(self) -> float:
        """Same pairs of which one is among the first five proposals for the other."""
        return self.found / self.same

    @property
    def precision(self) -> float:
        """Pairs marked duplicate that are the same."""
        return self.rightly / self.marked


def labelled() -> list[Labelled]:
    """Read the pairs."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(_name("one", row), _name("other", row), row["is_same"] == "yes")
            for row in csv.DictReader(file)
        ]


def _name(side: str, row: dict[str, str]) -> Name:
    return row[f"{side}_title"], row[f"{side}_country"], row[f"{side}_start"]


def by_row() -> dict[Name, Facts]:
    """Read each row of the embedded records as a record of its own, as two desks would enter it."""
    with (DATA / "records.csv").open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    return dict(_facts(head, lines))


def _facts(head: list[str], lines: list[list[str]]) -> Iterator[tuple[Name, Facts]]:
    for number, line in enumerate(lines, 1):
        row = dict(zip(head, line, strict=True))
        if row["kind"] != "activity":
            continue
        text = "\n".join(",".join(f'"{value}"' for value in one) for one in (head, line))
        (read,) = read_records(io.BytesIO(text.encode()), {}, Visibility.PUBLIC)
        if isinstance(read.draft, ActivityDraft):
            yield (
                (row["title"], row["country_iso3"], row["start_date"]),
                facts_of(read.draft, number),
            )


def measured(pairs: list[Labelled], rows: dict[Name, Facts]) -> Measured:
    """Hold the radar against the labels: its proposals for a record, and what it marks."""
    stored = list(rows.values())
    numbers = {name: facts.number for name, facts in rows.items()}
    same = [pair for pair in pairs if pair.is_same]
    found = sum(
        any(numbers[wanted] in {told.one, told.other} for told in nearest(rows[given], stored))
        for given, wanted in ((pair.one, pair.other) for pair in same)
    )
    marked = {
        frozenset((told.one, told.other))
        for told in candidates(stored)
        if told.judgement is Judgement.DUPLICATE
    }
    judged = [
        pair for pair in pairs if frozenset((numbers[pair.one], numbers[pair.other])) in marked
    ]
    return Measured(len(same), found, len(judged), sum(pair.is_same for pair in judged))
