"""Drafts as JSON: how a proposal's column keeps a whole record, and gives the same one back."""

from typing import Any

from pydantic import TypeAdapter

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Draft
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft
from ctai.domain.proposals import kind_of

_KINDS: dict[RecordKind, TypeAdapter[Any]] = {
    RecordKind.ACTIVITY: TypeAdapter(ActivityDraft),
    RecordKind.ASSESSMENT: TypeAdapter(AssessmentDraft),
    RecordKind.REQUEST: TypeAdapter(RequestDraft),
    RecordKind.NEED: TypeAdapter(NeedDraft),
}


def written(draft: Draft) -> str:
    """Write a draft as JSON text."""
    return _KINDS[kind_of(draft)].dump_json(draft).decode()


def read(kind: RecordKind, text: str) -> Draft:
    """Read a draft of a kind; ValueError where the text is none."""
    draft: Draft = _KINDS[kind].validate_json(text)
    return draft
