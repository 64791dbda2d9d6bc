"""The embedded records as plain rows: what tests reckon from, without the app's own readers."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ctai.settings import ROOT

UNMET = ("open", "partly addressed")


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Told:
    """An activity as the file tells it: its first row, and all countries of its rows."""

    cells: dict[str, str]
    countries: frozenset[str]

    @property
    def pillar(self) -> str:
        return self.cells["measure"].partition(".")[0]

    @property
    def status(self) -> str:
        return self.cells["status"] or "unknown"

    @property
    def as_of(self) -> str:
        start, end = self.cells["start_date"], self.cells["end_date"]
        if self.cells["status_as_of"]:
            return self.cells["status_as_of"]
        if self.status == "completed":
            return end or start
        if start and self.status in ("requested", "planned"):
            return min(start, today().isoformat())
        return start

    @property
    def is_stale(self) -> bool:
        if self.status not in ("requested", "planned", "ongoing", "unknown"):
            return False
        if not self.as_of:
            return True
        year, month = int(self.as_of[:4]), int(self.as_of[5:7] or 1)
        return (today().year - year) * 12 + today().month - month > 12


def today() -> date:
    return datetime.now(UTC).date()


def activities(country: str = "") -> list[Told]:
    """Bring the rows of one activity together, and keep those in a country."""
    found: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in rows("records.csv"):
        if row["kind"] == "activity":
            found[row["title"], row["start_date"], row["source_url"]].append(row)
    told = [
        Told(same[0], frozenset(row["country_iso3"] for row in same)) for same in found.values()
    ]
    return [one for one in told if not country or country in one.countries]


def needs(country: str = "") -> list[list[dict[str, str]]]:
    """Bring the rows of one need together: a finding on several countries, or one rating."""
    found: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in rows("needs.csv"):
        own = row["need_id"] if row["evidence_kind"] == "rating" else ""
        apart = ("need_id", "country_iso3", "source_url")
        same = tuple(text for name, text in row.items() if name not in apart)
        found[*same, own].append(row)
    here = (same for same in found.values())
    return [s for s in here if not country or any(row["country_iso3"] == country for row in s)]


def unmet(country: str = "") -> list[list[dict[str, str]]]:
    return [same for same in needs(country) if same[0]["state_as_of_source"] in UNMET]


def national() -> set[str]:
    """List the measures that a State can need."""
    return {row["code"] for row in rows("measures.csv") if row["addressed_to"] == "state"}
