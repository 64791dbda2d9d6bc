"""Keep a list with its filters under a stable address, and let go of it again."""

from collections.abc import Mapping
from urllib.parse import urlencode

from sqlmodel import Session, col, func, select

from ctai.domain import saved_views
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Viewer
from ctai.domain.tokens import faults_of_name
from ctai.models.people import SavedView, User
from ctai.services import revisions


def keep_view(
    session: Session, author: Viewer, name: str, what: str, params: Mapping[str, str]
) -> int:
    """Keep a view of the author's own and return its number; raise Refused with every reason."""
    if not author.may(Action.EXPORT):
        raise Refused([Fault("Your role does not open this file.")])
    owner = select(User).where(User.username == author.username).with_for_update()
    user = session.exec(owner).first()
    if user is None or user.id is None:
        raise Refused([Fault("You are no longer signed in.")])
    faults = list(faults_of_name(name))
    query = urlencode(saved_views.kept_of(what, params), safe=",")
    if len(query) > saved_views.LONGEST_QUERY:
        faults.append(Fault("These are too many filters to keep. Choose fewer."))
    kept = select(func.count()).where(SavedView.user_id == user.id)
    if session.exec(kept).one() >= saved_views.MOST_KEPT:
        most = {"most": str(saved_views.MOST_KEPT)}
        faults.append(Fault("You have {most} saved views. Remove one first.", "", most))
    if faults:
        raise Refused(faults)
    moment = revisions.now()
    made = SavedView(user_id=user.id, name=name.strip(), what=what, query=query, made_at=moment)
    session.add(made)
    session.flush()
    return made.id or 0


def remove_view(session: Session, author: Viewer, number: int) -> None:
    """Let go of a view of the author's own; of another's, or of none, nothing happens."""
    own = select(User.id).where(User.username == author.username)
    found = session.exec(
        select(SavedView).where(SavedView.id == number, col(SavedView.user_id).in_(own))
    ).first()
    if found is not None:
        session.delete(found)
