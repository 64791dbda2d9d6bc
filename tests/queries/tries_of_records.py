"""Tries of entering, seeing and amending records, and of accounts."""

from sqlmodel import Session

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Row
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Role, Viewer
from ctai.domain.scope import Scope
from ctai.queries import activities, records
from ctai.services.add_user import add_user
from ctai.services.bring_in import bring_in
from ctai.services.store_activity import amend, confirm, enter
from tests.drafts import TODAY, activity
from tests.queries.conftest import World
from tests.queries.tries import TRIES, Try


def _draft(own: bool) -> ActivityDraft:
    if own:
        return activity("New", ("NGA",), ("UNODC",))
    return activity("New", ("BFA",), ("CTED",))


def _seen(own_letter: str, other_letter: str) -> Try:
    def look(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
        number = world.activities[own_letter if own else other_letter]
        frame = activities.listed(session, viewer, Scope(), TODAY, "en", 100)
        found = records.draft_of(session, viewer, number) is not None
        assert found == (number in set(frame["activity_id"]))
        return found

    return look


def _un_system(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    """Of the two, c is Nigeria's and CTED's, d Burkina Faso's and UNODC's."""
    mine, others = ("d", "c") if viewer.role is Role.FOCAL_POINT else ("c", "d")
    return _seen(mine, others)(session, viewer, world, own)


def _history(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    number = world.activities["a" if own else "b"]
    return not records.history(session, viewer, RecordKind.ACTIVITY, number).empty


def _enter(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    return enter(session, viewer, _draft(own)).is_new


def _amend(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    number = world.activities["a" if own else "b"]
    return amend(session, viewer, number, _draft(own)).is_changed


def _confirm(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    confirm(session, viewer, world.activities["a" if own else "b"], "2024-06-30")
    return True


def _import(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    arrival = bring_in(session, viewer, [Row("row 2", _draft(own))])
    assert arrival.new + arrival.waiting + arrival.refused == 1
    return arrival.refused == 0


def _export(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    """A file holds what its reader sees; whether there is one at all is asked at the server."""
    rows = activities.streamed(session, viewer, Scope(), TODAY, "en")
    inside = world.activities["a" if own else "b"] in {row[0] for row in rows}
    return viewer.may(Action.EXPORT) and inside


def _manage_users(session: Session, viewer: Viewer, world: World, own: bool) -> bool:
    return bool(add_user(session, viewer, "newcomer", "viewer", password="correct horse battery"))


TRIES.update(
    {
        Action.SEE_PUBLIC: _seen("a", "b"),
        Action.SEE_UN_SYSTEM: _un_system,
        Action.SEE_RESTRICTED: _seen("e", "h"),
        Action.SEE_HISTORY: _history,
        Action.ENTER: _enter,
        Action.AMEND: _amend,
        Action.CONFIRM: _confirm,
        Action.IMPORT: _import,
        Action.EXPORT: _export,
        Action.MANAGE_USERS: _manage_users,
    }
)
