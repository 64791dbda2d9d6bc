"""Review a funding request: take it up, then return it or endorse it."""

from sqlmodel import Session

from ctai.domain.funding import FundingState, Replies, review_faults
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.models.funding import FundingReview
from ctai.services.funding_moves import move
from ctai.services.revisions import Change, log, now


def take_up(
    session: Session, reviewer: Viewer, request_id: int, version: int | None = None
) -> None:
    """Take a submitted request under review; Refused with every reason."""
    move(session, reviewer, request_id, FundingState.UNDER_REVIEW, "", version)


def send_back(
    session: Session,
    reviewer: Viewer,
    request_id: int,
    replies: Replies,
    comment: str,
    version: int | None = None,
) -> None:
    """Return a request with what to change; Refused with every reason.

    The questionnaire may have gaps; what was answered is kept.
    """
    faults = review_faults(replies, endorses=False)
    found = move(session, reviewer, request_id, FundingState.RETURNED, comment, version, faults)
    _keep(session, reviewer, request_id, found.round, replies)


def endorse(
    session: Session,
    reviewer: Viewer,
    request_id: int,
    replies: Replies,
    comment: str = "",
    version: int | None = None,
) -> None:
    """Endorse a request on a complete questionnaire without a *no*; Refused with every reason."""
    faults = review_faults(replies, endorses=True)
    found = move(session, reviewer, request_id, FundingState.ENDORSED, comment, version, faults)
    _keep(session, reviewer, request_id, found.round, replies)


def _keep(
    session: Session, reviewer: Viewer, request_id: int, round_number: int, replies: Replies
) -> None:
    session.add_all(
        FundingReview(
            request_id=request_id,
            round=round_number,
            question=question.value,
            answer=reply.answer.value,
            comment=reply.comment.strip(),
            reviewer=reviewer.username,
            reviewed_at=now(),
        )
        for question, reply in replies.items()
    )
    session.flush()
    changes = [
        Change(f"review.{question}", None, f"{reply.answer} {reply.comment}".strip())
        for question, reply in replies.items()
    ]
    log(session, reviewer, RecordKind.FUNDING_REQUEST, request_id, changes)
