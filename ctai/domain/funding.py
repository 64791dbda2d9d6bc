"""Funding requests: their states, the moves between them, and the review on which two depend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ctai.domain.checks import LONGEST_TEXT, too_long
from ctai.domain.faults import Fault
from ctai.domain.roles import Action


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


@dataclass(frozen=True)
class Move:
    """A move that a request may make.

    `action` is the right it takes; `is_review`: nobody who wrote in the request may make it;
    `silent`: the fault of a move without a comment, None where it needs none.
    """

    action: Action
    is_review: bool = False
    silent: Fault | None = None


_SUBMIT = Move(Action.FILE_FUNDING)
_WITHDRAW = Move(Action.FILE_FUNDING, silent=Fault("Say why the request is withdrawn.", "comment"))
_DECLINE = Move(Action.RECORD_MONEY, silent=Fault("Say who declined, and why.", "comment"))

MOVES: dict[FundingState, dict[FundingState, Move]] = {
    FundingState.DRAFT: {
        FundingState.SUBMITTED: _SUBMIT,
        FundingState.WITHDRAWN: _WITHDRAW,
    },
    FundingState.SUBMITTED: {
        FundingState.UNDER_REVIEW: Move(Action.REVIEW_FUNDING, is_review=True),
        FundingState.WITHDRAWN: _WITHDRAW,
    },
    FundingState.UNDER_REVIEW: {
        FundingState.RETURNED: Move(
            Action.REVIEW_FUNDING,
            is_review=True,
            silent=Fault("Say what to change in the request.", "comment"),
        ),
        FundingState.ENDORSED: Move(Action.REVIEW_FUNDING, is_review=True),
        FundingState.WITHDRAWN: _WITHDRAW,
    },
    FundingState.RETURNED: {
        FundingState.SUBMITTED: _SUBMIT,
        FundingState.WITHDRAWN: _WITHDRAW,
    },
    FundingState.ENDORSED: {
        FundingState.OFFERED: Move(Action.RECORD_MONEY),
        FundingState.WITHDRAWN: _WITHDRAW,
    },
    FundingState.OFFERED: {
        FundingState.FUNDED: Move(Action.RECORD_MONEY),
        FundingState.DECLINED: _DECLINE,
        FundingState.WITHDRAWN: _WITHDRAW,
    },
    FundingState.FUNDED: {
        FundingState.REPORTED: Move(
            Action.FILE_FUNDING,
            silent=Fault("Say what was achieved with the money.", "comment"),
        ),
    },
    FundingState.REPORTED: {
        FundingState.CLOSED: Move(Action.REVIEW_FUNDING, is_review=True),
    },
    FundingState.DECLINED: {},
    FundingState.CLOSED: {},
    FundingState.WITHDRAWN: {},
}
"""Every edge there is. The only way back is *returned* → *submitted*, which begins a new round.

Open, and so to be withdrawn, is a request that nobody has decided yet: from draft to offered. One
that is funded has money to account for, and ends with its report.
"""

EDITABLE = frozenset({FundingState.DRAFT, FundingState.RETURNED})
"""States in which its own side may change what a request says."""

SETTLED = frozenset(state for state, moves in MOVES.items() if not moves)
"""States that a request never leaves."""


def begins_round(before: FundingState, after: FundingState) -> bool:
    """Tell whether a move begins a new round of review."""
    return (before, after) == (FundingState.RETURNED, FundingState.SUBMITTED)


def move_faults(
    before: FundingState, after: FundingState, comment: str, *, has_written: bool
) -> Iterator[Fault]:
    """List every reason why a move can't be made, but for the right to make it."""
    move = MOVES[before].get(after)
    if move is None:
        yield Fault(
            "This request can't take that step from where it is now. Look at it again: "
            "somebody may have moved it meanwhile.",
            "state",
        )
        return
    if move.is_review and has_written:
        yield Fault(
            "You have written in this request, and nobody reviews what they wrote. "
            "Ask a colleague to review it.",
            "state",
        )
    if move.silent is not None and not comment.strip():
        yield move.silent
    yield from too_long("comment", comment, LONGEST_TEXT)


@dataclass(frozen=True)
class Reply:
    """An answer to one question of the review; a *partly* or *no* says why."""

    answer: ReviewAnswer
    comment: str = ""


Replies = Mapping[ReviewQuestion, Reply]


def review_faults(replies: Replies, *, endorses: bool) -> Iterator[Fault]:
    """List every reason why a review can't be given: what is missing, unexplained or against it."""
    for reply in replies.values():
        yield from too_long("comment", reply.comment, LONGEST_TEXT)
    unexplained = [
        reply
        for reply in replies.values()
        if reply.answer is not ReviewAnswer.YES and not reply.comment.strip()
    ]
    if unexplained:
        yield Fault(
            "Answers without a reason: {seen}. Say why for each “partly” and “no”.",
            "review",
            {"seen": str(len(unexplained))},
        )
    if not endorses:
        return
    missing = len(ReviewQuestion) - len(replies)
    if missing:
        yield Fault(
            "Questions of the review without an answer: {seen}. Answer all {wanted} to endorse.",
            "review",
            {"seen": str(missing), "wanted": str(len(ReviewQuestion))},
        )
    if any(reply.answer is ReviewAnswer.NO for reply in replies.values()):
        yield Fault(
            "An answer of the review is “no”. Return the request and say what to change.",
            "review",
        )
