"""Kinds of record: what carries sources and a history."""

from enum import StrEnum


class RecordKind(StrEnum):
    """The kinds of record that carry sources and a history."""

    ACTIVITY = "activity"
    ASSESSMENT = "assessment"
    REQUEST = "request"
    NEED = "need"
    USER = "user"
    REFERENCE = "reference"
