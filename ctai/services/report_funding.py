"""Report on a funded request, and close it on the report."""

from sqlmodel import Session

from ctai.domain.funding import FundingState
from ctai.domain.roles import Viewer
from ctai.services.funding_moves import move


def report(
    session: Session, author: Viewer, request_id: int, comment: str, version: int | None = None
) -> None:
    """Say what was achieved with the money; Refused with every reason."""
    move(session, author, request_id, FundingState.REPORTED, comment, version)


def close(
    session: Session,
    reviewer: Viewer,
    request_id: int,
    comment: str = "",
    version: int | None = None,
) -> None:
    """Close a reported request, as somebody who wrote neither it nor the report; Refused if not."""
    move(session, reviewer, request_id, FundingState.CLOSED, comment, version)
