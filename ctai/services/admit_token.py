"""Admit a program by its token: to whom it belongs, by what the database says of them now."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select, update

from ctai.domain import tokens
from ctai.domain.roles import Viewer
from ctai.models.people import ApiToken, User
from ctai.queries import users
from ctai.services import revisions

NOTED_EVERY = timedelta(minutes=10)
"""How exactly the last use of a token is known: to note each request would make readers writers."""


@dataclass(frozen=True)
class Admitted:
    """Who asks, by which token, and whether its use is to be noted again."""

    viewer: Viewer
    token: int
    is_note_due: bool


def admit(session: Session, secret: str, now: datetime | None = None) -> Admitted | None:
    """Tell whose token this is; None for one that is unknown, expired or revoked, or whose account
    is closed."""
    if not tokens.FORM.fullmatch(secret):
        return None
    digest, moment = tokens.digest_of(secret), now or revisions.now()
    row = session.exec(
        select(ApiToken, User.username)
        .join(User, col(User.id) == col(ApiToken.user_id))
        .where(ApiToken.digest == digest)
    ).first()
    if row is None:
        return None
    found, username = row
    is_void = found.revoked_at is not None or found.expires_at <= moment
    account = users.by_username(session, username)
    if is_void or not hmac.compare_digest(found.digest, digest):
        return None
    if account is None or not account.active:
        return None
    is_due = found.used_at is None or found.used_at < moment - NOTED_EVERY
    return Admitted(account.viewer, found.id or 0, is_due)


def note_use(session: Session, token: int) -> None:
    """Note that a token was used just now, for its owner to see."""
    moment = revisions.now()
    late = or_(col(ApiToken.used_at).is_(None), col(ApiToken.used_at) < moment)
    session.exec(update(ApiToken).where(col(ApiToken.id) == token, late).values(used_at=moment))
