"""Sign in and out: passwords checked and counted, and tokens that the database can void."""

import logging
from datetime import UTC, datetime, timedelta

import jwt
from sqlalchemy import Engine
from sqlmodel import Session, select

from ctai import db
from ctai.domain.roles import Viewer
from ctai.models.people import User
from ctai.queries import users
from ctai.services import revisions, set_password
from ctai.services.add_user import USERNAME
from ctai.settings import Settings

COOKIE = "ctai_session"
ALGORITHM = "HS256"

_log = logging.getLogger(__name__)


def sign_in(
    engine: Engine, settings: Settings, username: str, password: str, now: datetime | None = None
) -> Viewer | None:
    """Tell who signs in with this password, or None without saying why not.

    Owns its transactions, unlike other services: a wrong password is counted although nothing
    is granted, and the slow hash is computed while nobody waits for the database. Counting
    again looks at the lock, so that a hundred guesses at once are not a hundred guesses.
    """
    name = username.strip().lower()
    known = None
    if USERNAME.fullmatch(name):
        with db.reading(engine) as session:
            known = users.hash_of(session, name)
    right = set_password.matches(password, known)
    if known is None:
        return None
    with db.transaction(engine) as session:
        return _settle(session, settings, name, known if right else None, now or revisions.now())


def sign_out(session: Session, viewer: Viewer) -> None:
    """Void every token of this viewer, on every device."""
    user = session.exec(select(User).where(User.username == viewer.username)).first()
    if user is not None:
        user.tokens_void_before = revisions.now()
        session.add(user)


def token_for(settings: Settings, viewer: Viewer, now: datetime | None = None) -> str:
    """Write a signed token that says who and since when; never in what role."""
    issued = now or revisions.now()
    claims = {
        "sub": viewer.username,
        "iat": issued.timestamp(),
        "exp": (issued + lifetime(settings)).timestamp(),
    }
    return jwt.encode(claims, settings.cookie_key, ALGORITHM)


def viewer_of_token(session: Session, settings: Settings, token: str | None) -> Viewer | None:
    """Tell whose token this is, by what the database says of them now.

    None for a token that is absent, forged, expired or voided, and for a disabled account.
    """
    try:
        claims = jwt.decode(
            token or "",
            settings.cookie_key,
            algorithms=[ALGORITHM],
            options={"require": ["sub", "iat", "exp"], "verify_iat": False},
        )
    except jwt.InvalidTokenError:
        return None
    account = users.by_username(session, claims["sub"])
    issued = datetime.fromtimestamp(claims["iat"], UTC)
    if account is None or not account.active or issued < account.tokens_void_before:
        return None
    return account.viewer


def lifetime(settings: Settings) -> timedelta:
    """Tell how long a token holds."""
    return timedelta(hours=settings.session_hours)


def _settle(
    session: Session, settings: Settings, name: str, proven: str | None, moment: datetime
) -> Viewer | None:
    """Grant or count; `proven` is the hash that the password matched, if it matched."""
    user = session.exec(select(User).where(User.username == name).with_for_update()).first()
    if user is None or not user.active or (user.locked_until and user.locked_until > moment):
        return None
    session.add(user)
    if proven is not None and proven == user.password_hash:
        user.failed_attempts, user.locked_until = 0, None
        account = users.by_username(session, name)
        return account.viewer if account else None
    user.failed_attempts += 1
    if user.failed_attempts >= settings.attempts:
        user.failed_attempts = 0
        user.locked_until = moment + timedelta(minutes=settings.lock_minutes)
        _log.warning("account %s is locked until %s", name, user.locked_until.isoformat())
    return None
