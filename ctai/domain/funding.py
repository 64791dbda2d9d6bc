"""Funding requests: their states and moves, what a sound one holds, and the money against it."""

from enum import StrEnum


class FundingState(StrEnum):
    """How far a funding request is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    ENDORSED = "endorsed"
    OFFERED = "offered"
    FUNDED = "funded"
    DECLINED = "declined"
    REPORTED = "reported"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


OPEN_OUTSIDE = (
    FundingState.ENDORSED,
    FundingState.OFFERED,
    FundingState.FUNDED,
    FundingState.REPORTED,
    FundingState.CLOSED,
)
"""States in which the partner State and donors see a request, as far as its level lets them."""


class ReviewQuestion(StrEnum):
    """The fixed questionnaire that every review answers."""

    MEETS_NEED = "meets_need"
    NO_DUPLICATION = "no_duplication"
    WITHIN_MANDATE = "within_mandate"
    BUDGET_SOUND = "budget_sound"
    TIME_REALISTIC = "time_realistic"
    HUMAN_RIGHTS = "human_rights"
    RISKS_MANAGED = "risks_managed"
    LASTING = "lasting"


class ReviewAnswer(StrEnum):
    """An answer of the questionnaire."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
