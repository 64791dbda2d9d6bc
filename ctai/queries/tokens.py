"""Personal tokens as they are listed: by their owner, and by administrators."""

from sqlmodel import Session, col, select

from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Viewer
from ctai.domain.tokens import Token
from ctai.models.people import ApiToken, User


def owned(session: Session, viewer: Viewer) -> tuple[Token, ...]:
    """List a viewer's own tokens, newest first, those that hold no longer too."""
    return _of(session, viewer.username)


def of_account(session: Session, viewer: Viewer, username: str) -> tuple[Token, ...]:
    """List an account's tokens for an administrator; Refused for anybody else."""
    if not viewer.may(Action.MANAGE_USERS):
        raise Refused([Fault("Only an administrator may see the accounts.")])
    return _of(session, username)


def _of(session: Session, username: str) -> tuple[Token, ...]:
    statement = (
        select(ApiToken)
        .join(User, col(User.id) == col(ApiToken.user_id))
        .where(User.username == username)
        .order_by(col(ApiToken.id).desc())
    )
    return tuple(
        Token(
            number=row.id or 0,
            name=row.name,
            hint=row.hint,
            made_at=row.made_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
            revoked_at=row.revoked_at,
        )
        for row in session.exec(statement)
    )
