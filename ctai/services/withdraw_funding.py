"""Withdraw a funding request that nobody has decided yet."""

from sqlmodel import Session

from ctai.domain.funding import FundingState
from ctai.domain.funding_money import backing_faults
from ctai.domain.roles import Viewer
from ctai.services.funding_moves import locked, move


def withdraw(
    session: Session, author: Viewer, request_id: int, comment: str, version: int | None = None
) -> None:
    """Take a request back and say why; Refused with every reason."""
    _, found = locked(session, author, request_id)
    faults = backing_faults(found.standing, FundingState.WITHDRAWN)
    move(session, author, request_id, FundingState.WITHDRAWN, comment, version, faults)
