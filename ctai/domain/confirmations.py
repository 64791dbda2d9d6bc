"""Confirmations: which activities, were they said to run still, would change the matrix most."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from ctai.domain.activities import Status
from ctai.domain.coverage import Worth, worth
from ctai.domain.dates import month_of
from ctai.domain.gaps import CellState, cell_state

MOST = 10
"""As many as somebody asks for in one round of calls."""

CONFIRMABLE = (Status.PLANNED, Status.ONGOING)
"""Statuses of which a confirmation restores what counts. One that is not known weighs nothing until
somebody says what it is, which is more than a confirmation."""

FADED_COLUMNS = [
    "activity_id",
    "iso3",
    "measure",
    "status",
    "as_of",
    "ends",
    "weight",
    "fades_from",
]


@dataclass(frozen=True)
class Turn:
    """A cell of the matrix whose state a confirmation would change."""

    iso3: str
    measure: str
    before: CellState
    after: CellState


@dataclass(frozen=True)
class Confirmation:
    """What it would do to say today that an activity still is as it was.

    `fall` is by how much the gap score would fall, over all cells that it touches; `gain` the
    coverage that would come back, in full activities; `as_of` is None where no date is known.
    """

    activity_id: int
    status: Status
    as_of: str | None
    countries: tuple[str, ...]
    fall: float
    gain: float
    turns: tuple[Turn, ...]


def lacking(found: pd.DataFrame) -> pd.DataFrame:
    """Keep the cells, of those that `gaps` gives by measure, in which coverage is missing."""
    return found[found["met"] < found["demand"]]


def ranked(
    found: pd.DataFrame, faded: pd.DataFrame, today: date, most: int = MOST
) -> tuple[Confirmation, ...]:
    """Rank activities by how far a confirmation today would lower the gap score, most first.

    `found` is what `gaps.gaps` gives by measure; `faded` has `FADED_COLUMNS`, a row per activity,
    country and measure, where `ends` is the known end or None. What would change nothing is left
    out. Each is reckoned by itself: two that answer the same need do not add up.
    """
    cells = lacking(found).rename(columns={"group": "measure"})
    asked = faded[faded["status"].isin([status.value for status in CONFIRMABLE])]
    rows = asked.merge(cells, on=["iso3", "measure"], how="inner")
    if rows.empty:
        return ()
    rows["gain"] = _gains(rows, month_of(today), today.isoformat())
    missing = rows["demand"] - rows["met"]
    rows["added"] = rows["gain"].clip(upper=missing)
    rows["fall"] = rows["score"] * rows["added"] / missing
    sums = rows.groupby("activity_id")["fall"].sum()
    sums = sums[sums > 0].sort_index().sort_values(ascending=False, kind="stable").head(most)
    return tuple(
        _told(number, rows[rows["activity_id"] == number], fall)
        for number, fall in zip(sums.index.tolist(), sums.tolist(), strict=True)
    )


def _gains(rows: pd.DataFrame, month: int, today: str) -> list[float]:
    """Reckon what each cell's part of an activity would count more, by the rules of coverage."""
    return [
        max(0.0, _confirmed(status, ends, weight, month, today) - _now(weight, fades_from, month))
        for status, ends, weight, fades_from in zip(
            rows["status"],
            rows["ends"],
            rows["weight"],
            rows["fades_from"].astype(float),
            strict=True,
        )
    ]


def _confirmed(status: str, ends: object, weight: float, month: int, today: str) -> float:
    """Tell what a part of an activity would count, had its status been confirmed today."""
    restored = worth(Status(status), today, ends if isinstance(ends, str) else None)
    return weight * restored.at(month) / restored.weight


def _now(weight: float, fades_from: float, month: int) -> float:
    if math.isnan(fades_from):
        return 0.0
    return Worth(weight, int(fades_from)).at(month)


def _told(number: int, part: pd.DataFrame, fall: float) -> Confirmation:
    first = part.iloc[0]
    as_of = first["as_of"]
    return Confirmation(
        activity_id=number,
        status=Status(first["status"]),
        as_of=as_of if isinstance(as_of, str) else None,
        countries=tuple(dict.fromkeys(part["iso3"])),
        fall=fall,
        gain=float(part["gain"].sum()),
        turns=tuple(_turns(part)),
    )


def _turns(part: pd.DataFrame) -> Iterable[Turn]:
    columns = ["iso3", "measure", "needs", "demand", "met", "added", "activities", "state"]
    for iso3, measure, needs, demand, met, added, activities, state in part[columns].itertuples(
        index=False
    ):
        before = CellState(state)
        after = cell_state(needs, demand, met + added, activities, is_clear=False)
        if after is not before:
            yield Turn(str(iso3), str(measure), before, after)
