"""Arrivals: what a file's reader made of its lines, and what became of them."""

from dataclasses import dataclass, field
from enum import StrEnum

from ctai.domain.activities import ActivityDraft
from ctai.domain.faults import Fault
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft

Draft = ActivityDraft | AssessmentDraft | RequestDraft | NeedDraft


class Layout(StrEnum):
    """How a file is laid out."""

    RECORDS = "records"
    NEEDS = "needs"
    IATI = "iati"
    TAGGED = "tagged"
    """A table with a row of tags under its header: who does what where (HXL)."""
    TEMPLATE = "template"
    """A workbook that was given out here, filled and brought back."""


class OfferState(StrEnum):
    """What became of a value that a file offers for one that a person has set."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"


@dataclass(frozen=True)
class ArrivingFile:
    """A file as it comes: its name, the SHA-256 of its bytes, and the entity that it speaks for."""

    name: str
    digest: str
    layout: Layout
    entity: str | None = None


@dataclass(frozen=True)
class Row:
    """A draft from one or several lines of a file, and what could not be read of them.

    A draft with faults is not stored; it is still looked at, so that every reason is told at once.
    What is told in `remarks` is left out or changed, and the rest is kept.

    `place` says where it stood: "row 12", or "rows 12, 14" where one undertaking is repeated.
    `says` are the values of which the file speaks, as `domain.settling.values_of` names them; None
    for all. `number` is that of the record where the file names it, `given` what was given out of
    it: where that has been changed here since, the row is refused.
    """

    place: str
    draft: Draft | None = None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    says: frozenset[str] | None = None
    number: int | None = None
    given: Draft | None = None


def key_of(draft: Draft) -> str | None:
    """Give what tells a record apart from others of its file, and finds it again in the store."""
    return draft.code if isinstance(draft, NeedDraft) else draft.source_key


@dataclass
class Arrival:
    """What became of a file: how many records are new, changed, wait for review, are known and
    stay as they are, or are refused and why; and how many values are offered to a person.
    """

    new: int = 0
    changed: int = 0
    waiting: int = 0
    known: int = 0
    offered: int = 0
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    refused: int = 0
