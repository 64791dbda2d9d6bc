"""Kinds of record: what carries sources and a history."""

from enum import StrEnum


class RecordKind(StrEnum):
    """The kinds of record that carry sources and a history."""

    ACTIVITY = "activity"
    ASSESSMENT = "assessment"
    REQUEST = "request"
    NEED = "need"
    FUNDING_REQUEST = "funding_request"
    PLAN = "plan"
    PROPOSAL = "proposal"
    REPORTING = "reporting"
    USER = "user"
    REFERENCE = "reference"
