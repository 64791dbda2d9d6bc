"""Arrivals: what a file's reader made of its lines, before anything is stored."""

from dataclasses import dataclass

from ctai.domain.activities import ActivityDraft
from ctai.domain.faults import Fault
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft

Draft = ActivityDraft | AssessmentDraft | RequestDraft | NeedDraft


@dataclass(frozen=True)
class Row:
    """A draft from one or several lines of a file, or the reasons why there is none.

    `place` says where it stood: "row 12", or "rows 12, 14" where one undertaking is repeated.
    """

    place: str
    draft: Draft | None = None
    faults: tuple[Fault, ...] = ()


def key_of(draft: Draft) -> str | None:
    """Give what tells a record apart from others of its file, and finds it again in the store."""
    return draft.code if isinstance(draft, NeedDraft) else draft.source_key
