"""The Global Counter-Terrorism Strategy: 4 pillars, 47 measures (A/RES/60/288) and their themes."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_MEASURES = Path(__file__).parents[2] / "data" / "measures.csv"


class Pillar(StrEnum):
    """The four pillars of the plan of action."""

    I = "I"  # noqa: E741  the Strategy's own numbering
    II = "II"
    III = "III"
    IV = "IV"


class Theme(StrEnum):
    """Coarser than a measure, finer than a pillar: how entities divide the work in practice."""

    DEVELOPMENT = "development"
    EDUCATION = "education"
    LEGAL = "legal"
    JUSTICE = "justice"
    POLICE = "police"
    BORDERS = "borders"
    TRANSPORT = "transport"
    FINANCING = "financing"
    CBRN = "cbrn"
    TARGETS = "targets"
    RIGHTS = "rights"
    VICTIMS = "victims"
    COORDINATION = "coordination"


_THEME_OF = {
    Theme.DEVELOPMENT: "I.1 I.5 I.6",
    Theme.EDUCATION: "I.2 I.3 II.12",
    Theme.LEGAL: "I.4 II.1 II.2 II.6 III.7",
    Theme.JUSTICE: "II.3 IV.4",
    Theme.POLICE: "II.4 II.5 II.8",
    Theme.BORDERS: "II.13 II.14 II.15 II.16 III.11",
    Theme.TRANSPORT: "III.12",
    Theme.FINANCING: "II.10 III.8",
    Theme.CBRN: "II.11 II.17 III.9 III.10",
    Theme.TARGETS: "II.18 III.13",
    Theme.RIGHTS: "I.7 II.7 IV.1 IV.2 IV.3 IV.5 IV.6 IV.7 IV.8",
    Theme.VICTIMS: "I.8",
    Theme.COORDINATION: "II.9 III.1 III.2 III.3 III.4 III.5 III.6",
}


@dataclass(frozen=True)
class Measure:
    """A measure of the plan of action.

    `national` tells whether a State can need help with it; the others are commitments of the UN
    or of States as a body and would show as permanent false gaps.
    """

    code: str
    pillar: Pillar
    theme: Theme
    national: bool
    position: int


@cache
def measures() -> tuple[Measure, ...]:
    """Give the 47 measures in the Strategy's order, from data/measures.csv."""
    themes = {code: theme for theme, codes in _THEME_OF.items() for code in codes.split()}
    with _MEASURES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Measure(
                code=row["code"],
                pillar=Pillar(row["pillar"]),
                theme=themes[row["code"]],
                national=row["addressed_to"] == "state",
                position=position,
            )
            for position, row in enumerate(csv.DictReader(file))
        )


@cache
def by_code() -> dict[str, Measure]:
    """Give the measures by code, such as II.13."""
    return {measure.code: measure for measure in measures()}


class Level(StrEnum):
    """How finely the Strategy is looked at."""

    MEASURE = "measure"
    THEME = "theme"
    PILLAR = "pillar"


def group_of(code: str, level: Level) -> str:
    """Name the measure, theme or pillar that a measure belongs to."""
    measure = by_code()[code]
    match level:
        case Level.MEASURE:
            return measure.code
        case Level.THEME:
            return measure.theme.value
        case Level.PILLAR:
            return measure.pillar.value


def groups(level: Level) -> tuple[str, ...]:
    """List the measures, themes or pillars in the Strategy's order."""
    match level:
        case Level.MEASURE:
            return tuple(measure.code for measure in measures())
        case Level.THEME:
            return tuple(Theme)
        case Level.PILLAR:
            return tuple(Pillar)
