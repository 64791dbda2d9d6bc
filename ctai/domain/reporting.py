"""Reporting: which entity has told us something in which quarter, and who is silent."""

from enum import StrEnum


class QuarterAnswer(StrEnum):
    """What was said of an entity's quarter."""

    REPORTED = "reported"
    NOTHING_TO_REPORT = "nothing_to_report"
