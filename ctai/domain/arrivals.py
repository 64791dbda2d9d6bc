"""Arrivals: what a file's reader made of its lines, before anything is stored."""

from dataclasses import dataclass, field

from ctai.domain.activities import ActivityDraft
from ctai.domain.faults import Fault
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft

Draft = ActivityDraft | AssessmentDraft | RequestDraft | NeedDraft


@dataclass(frozen=True)
class Row:
    """A draft from one or several lines of a file, and what could not be read of them.

    A draft with faults is not stored; it is still looked at, so that every reason is told at once.

    `place` says where it stood: "row 12", or "rows 12, 14" where one undertaking is repeated.
    """

    place: str
    draft: Draft | None = None
    faults: tuple[Fault, ...] = ()


def key_of(draft: Draft) -> str | None:
    """Give what tells a record apart from others of its file, and finds it again in the store."""
    return draft.code if isinstance(draft, NeedDraft) else draft.source_key


@dataclass
class Arrival:
    """What became of a file: how many records are new, wait for review, are known already, or are
    refused and why."""

    new: int = 0
    waiting: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)
    refused: int = 0
