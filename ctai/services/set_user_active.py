"""Let an account sign in, or stop it from doing so at once."""

from sqlmodel import Session, col, select

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Role, Viewer
from ctai.models.people import User
from ctai.services import revisions


def set_user_active(session: Session, author: Viewer, username: str, active: bool) -> None:
    """Enable or disable an account; disabling voids its tokens, enabling lifts a lock.

    Raise Refused for the last administrator: nobody would be left to enable anyone.
    """
    if not author.may(Action.MANAGE_USERS):
        raise Refused([Fault("Only an administrator may enable or disable an account.")])
    # Locked together, so that two administrators cannot disable each other at the same moment.
    administrators = session.exec(
        select(User.username)
        .where(User.role == Role.ADMINISTRATOR, col(User.active))
        .order_by(col(User.username))
        .with_for_update()
    ).all()
    user = session.exec(select(User).where(User.username == username).with_for_update()).first()
    if user is None or user.id is None:
        raise Refused([Fault("There is no account with this username.", "username")])
    if not active and list(administrators) == [username]:
        raise Refused(
            [
                Fault(
                    "This is the last administrator. Add another one before disabling it.",
                    "username",
                )
            ]
        )
    before = _shown(user.active)
    user.active = active
    user.failed_attempts, user.locked_until = 0, None
    if not active:
        user.tokens_void_before = revisions.now()
    session.add(user)
    changes = revisions.differences({"active": before}, {"active": _shown(active)})
    revisions.log(session, author, RecordKind.USER, user.id, changes)


def _shown(active: bool) -> str:
    return "yes" if active else "no"
