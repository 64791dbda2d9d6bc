"""Make a personal token for the read-only API: shown once, and kept as its digest only."""

import secrets
from datetime import timedelta

from sqlmodel import Session, col, func, select

from ctai.domain import tokens
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.models.people import ApiToken, User
from ctai.services import revisions


def make_token(session: Session, author: Viewer, name: str, days: int) -> str:
    """Make a token of the author's own and return the secret; raise Refused with every reason."""
    if not author.may(Action.EXPORT):
        raise Refused([Fault("Your role does not open this file.")])
    # Locked, so that two at once can't go over the most that an account may have.
    owned = select(User).where(User.username == author.username, col(User.active))
    user = session.exec(owned.with_for_update()).first()
    if user is None or user.id is None:
        raise Refused([Fault("You are no longer signed in.")])
    moment = revisions.now()
    faults = list(tokens.faults_of(name, days))
    valid = select(func.count()).where(
        ApiToken.user_id == user.id,
        col(ApiToken.revoked_at).is_(None),
        ApiToken.expires_at > moment,
    )
    if session.exec(valid).one() >= tokens.MOST_VALID:
        most = {"most": str(tokens.MOST_VALID)}
        faults.append(Fault("You have {most} tokens. Revoke one that you no longer use.", "", most))
    if faults:
        raise Refused(faults)
    secret = tokens.BEGINS + secrets.token_urlsafe(tokens.RANDOM_BYTES)
    made = ApiToken(
        user_id=user.id,
        name=name.strip(),
        digest=tokens.digest_of(secret),
        hint=secret[: tokens.HINT_LETTERS],
        made_at=moment,
        expires_at=moment + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    change = revisions.Change("token", None, f"{made.hint}… · {made.name}")
    revisions.log(session, author, RecordKind.USER, user.id, [change])
    return secret
