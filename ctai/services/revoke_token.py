"""Revoke a personal token: from the next request on it opens nothing."""

from sqlmodel import Session, col, select

from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.models.people import ApiToken, User
from ctai.services import revisions


def revoke_token(session: Session, author: Viewer, number: int) -> None:
    """Revoke a token of the author's own, or for an administrator anybody's; Refused otherwise.

    Revoking one twice changes nothing. Somebody else's is answered like one that there is not.
    """
    statement = select(ApiToken).where(ApiToken.id == number).with_for_update()
    if not author.may(Action.MANAGE_USERS):
        own = select(User.id).where(User.username == author.username)
        statement = statement.where(col(ApiToken.user_id).in_(own))
    found = session.exec(statement).first()
    if found is None:
        raise Refused([Fault("There is no such token, or it is not yours.")])
    if found.revoked_at is not None:
        return
    found.revoked_at = revisions.now()
    session.add(found)
    change = revisions.Change("token", f"{found.hint}… · {found.name}", None)
    revisions.log(session, author, RecordKind.USER, found.user_id, [change])
