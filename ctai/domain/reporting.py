"""Reporting: which entity has told us something in which quarter, and who is silent."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ctai.domain.checks import LONGEST_TITLE, too_long, unknown_entity
from ctai.domain.dates import EARLIEST_YEAR, LATEST_YEAR, last_day
from ctai.domain.faults import Fault, shown

SHOWN_QUARTERS = 6
"""A year and a half: long enough to tell a habit from a holiday, short enough for one look."""


class QuarterAnswer(StrEnum):
    """What was said of an entity's quarter."""

    REPORTED = "reported"
    NOTHING_TO_REPORT = "nothing_to_report"


class QuarterState(StrEnum):
    """What is known of an entity's quarter."""

    REPORTED = "reported"
    NOTHING_TO_REPORT = "nothing_to_report"
    SILENT = "silent"
    RUNNING = "running"
    """The quarter is not over, and nothing has come yet."""
    NOT_ASKED = "not_asked"
    """Before we knew the entity, or asked it for anything: that is not silence."""


_SHAPE = re.compile(r"([0-9]{4})-Q([1-4])")


def is_quarter(text: str) -> bool:
    """Tell whether a text is a quarter such as 2026-Q3."""
    parts = _SHAPE.fullmatch(text)
    return parts is not None and EARLIEST_YEAR <= int(parts[1]) <= LATEST_YEAR


def quarter_of(day: date) -> str:
    """Give the quarter of a day, such as 2026-Q3; texts of quarters sort by time."""
    return f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}"


def first_of(quarter: str) -> date:
    """Give a quarter's first day."""
    return date(int(quarter[:4]), int(quarter[-1]) * 3 - 2, 1)


def last_of(quarter: str) -> date:
    """Give a quarter's last day."""
    return last_day(f"{quarter[:4]}-{int(quarter[-1]) * 3:02d}")


def last_quarters(today: date, count: int = SHOWN_QUARTERS) -> tuple[str, ...]:
    """Give the present quarter and those before it, oldest first."""
    newest = today.year * 4 + (today.month - 1) // 3
    numbers = range(newest - count + 1, newest + 1)
    return tuple(f"{number // 4:04d}-Q{number % 4 + 1}" for number in numbers)


def state_of(
    quarter: str,
    today: date,
    known_since: date | None,
    told: bool,
    said: QuarterAnswer | None,
) -> QuarterState:
    """Tell what is known of an entity's quarter.

    `known_since` is when its first focal point got an account or a record first named it; None
    where neither is known. `told` says that one of its focal points wrote or confirmed a record in
    that quarter, which counts more than what was said.
    """
    if told or said is QuarterAnswer.REPORTED:
        return QuarterState.REPORTED
    if said is QuarterAnswer.NOTHING_TO_REPORT:
        return QuarterState.NOTHING_TO_REPORT
    if known_since is None or known_since > last_of(quarter):
        return QuarterState.NOT_ASKED
    return QuarterState.RUNNING if today <= last_of(quarter) else QuarterState.SILENT


@dataclass(frozen=True)
class Statement:
    """What somebody says of an entity's quarter."""

    entity: str
    quarter: str
    answer: QuarterAnswer
    note: str = ""


def statement_faults(said: Statement, entities: frozenset[str], today: date) -> tuple[Fault, ...]:
    """List every reason not to store what was said."""
    faults = [*unknown_entity(said.entity, entities)]
    if not is_quarter(said.quarter):
        faults.append(
            Fault(
                "“{seen}” is not a quarter. Write it as 2026-Q3.",
                "quarter",
                {"seen": shown(said.quarter)},
            )
        )
    elif said.quarter > quarter_of(today):
        faults.append(
            Fault(
                "The quarter {seen} has not begun. Choose {wanted} or an earlier one.",
                "quarter",
                {"seen": said.quarter, "wanted": quarter_of(today)},
            )
        )
    return (*faults, *too_long("note", said.note, LONGEST_TITLE))
