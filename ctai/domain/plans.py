"""National technical-assistance action plans: items built from needs, versions, and progress."""

from enum import StrEnum


class PlanState(StrEnum):
    """What a version of a plan is worth; an agreed one is never changed again."""

    DRAFT = "draft"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


class ItemState(StrEnum):
    """How far an item of a plan is."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    DROPPED = "dropped"
