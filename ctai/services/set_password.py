"""Set a password: the rule for it, its hash, and the end of every earlier sign-in."""

import bcrypt
from sqlmodel import Session, select

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.models.people import User
from ctai.services import revisions

COST = 12
"""bcrypt's work factor: about 0.25 s a password on a present-day server."""
SHORTEST = 12
LONGEST_BYTES = 72
"""bcrypt reads no further: https://datatracker.ietf.org/doc/html/draft-irtf-cfrg-bcrypt-00"""


def set_password(
    session: Session, author: Viewer, username: str, old: str | None, new: str
) -> None:
    """Give an account a new password and void its tokens; raise Refused with every reason.

    One's own needs the old one as well; somebody else's needs Action.MANAGE_USERS.
    """
    user = session.exec(select(User).where(User.username == username).with_for_update()).first()
    reasons = faults_of(username, new, column="new")
    if author.username != username and not author.may(Action.MANAGE_USERS):
        raise Refused([Fault("Only an administrator may set somebody else’s password.")])
    if user is None or user.id is None:
        raise Refused([Fault("There is no account with this username.", "username")])
    if author.username == username and not matches(old or "", user.password_hash):
        reasons.append(Fault("The present password is not right.", "old"))
    if reasons:
        raise Refused(reasons)
    user.password_hash = hashed(new)
    user.tokens_void_before = revisions.now()
    user.failed_attempts, user.locked_until = 0, None
    session.add(user)
    change = revisions.Change("password", None, "changed")
    revisions.log(session, author, RecordKind.USER, user.id, [change])


def faults_of(username: str, password: str, column: str = "password") -> list[Fault]:
    """Tell everything that is wrong with a password."""
    found = []
    if len(password) < SHORTEST:
        found.append(
            Fault(
                "The password is too short. Use at least {shortest} characters.",
                column,
                {"shortest": str(SHORTEST)},
            )
        )
    if len(_bytes(password)) > LONGEST_BYTES:
        found.append(
            Fault(
                "The password is too long. Use at most {longest} bytes.",
                column,
                {"longest": str(LONGEST_BYTES)},
            )
        )
    if password.strip().lower() == username.lower():
        found.append(Fault("The password is the username. Choose another one.", column))
    return found


def hashed(password: str) -> str:
    """Hash a password that has no faults."""
    return bcrypt.hashpw(_bytes(password), bcrypt.gensalt(COST)).decode("ascii")


def matches(password: str, known: str | None) -> bool:
    """Compare a password with a hash, as slowly where there is no hash as where there is one."""
    typed = _bytes(password)
    nobodys = f"$2b${COST:02}${'.' * 53}"
    equal = bcrypt.checkpw(typed[:LONGEST_BYTES], (known or nobodys).encode("ascii"))
    return equal and known is not None and len(typed) <= LONGEST_BYTES


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", errors="surrogatepass")
