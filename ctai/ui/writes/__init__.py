"""The screen's writes: each one transaction, refused with every reason or stored whole."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ctai import db
from ctai.db import Engine, Session
from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Arrival
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.exchange.columns_in import Guess
from ctai.files import incoming as files
from ctai.files import passing
from ctai.files.incoming import Incoming
from ctai.services import add_user, propose, set_password, set_user_active
from ctai.services.propose import Outcome
from ctai.settings import settings
from ctai.ui import store

__all__ = [
    "Outcome",
    "add_account",
    "bring",
    "confirm",
    "refused_rows",
    "rehearse",
    "reset_password",
    "save",
    "set_active",
    "unknown_columns",
    "writing",
]


def _engine() -> Engine:
    return db.shared_engine(settings().database_url)


@contextmanager
def writing() -> Iterator[Session]:
    """Open a transaction, after which the page reads afresh; Refused while looking back."""
    if store.asked_day():
        raise Refused(
            [Fault("You are looking at a day gone by. Go back to today to change anything.")]
        )
    with db.transaction(_engine()) as session:
        yield session
    store.look_again()


def save(
    viewer: Viewer,
    written: ActivityDraft,
    activity_id: int | None,
    seen_version: int | None,
    replaces: int | None = None,
) -> Outcome:
    """Store a new activity or an amended one, or let it wait for review; raise Refused.

    `replaces` is a proposal of the author's own that this one is sent instead of.
    """
    with writing() as session:
        return propose.submit(
            session, viewer, written, activity_id, seen_version, replaces=replaces
        )


def confirm(viewer: Viewer, activity_id: int) -> Outcome:
    """Say that an activity's status is true today, or let that wait; raise Refused with reasons."""
    with writing() as session:
        return propose.confirm(session, viewer, RecordKind.ACTIVITY, activity_id)


def rehearse(viewer: Viewer, incoming: Incoming) -> Arrival:
    """Tell beforehand what of a file would be stored and refused; nothing is stored."""
    with writing() as session:
        return files.rehearse(session, viewer, incoming)


def bring(viewer: Viewer, incoming: Incoming) -> Arrival:
    """Bring a file's good rows in; raise Refused, or FileUnusable where none can be read."""
    with writing() as session:
        return files.bring(session, viewer, incoming)


def unknown_columns(viewer: Viewer, incoming: Incoming) -> tuple[Guess, ...]:
    """Give the columns of a file that are not known, for a person to say what they mean."""
    with db.reading(_engine()) as session:
        return files.unknown_columns(session, viewer, incoming)


def refused_rows(viewer: Viewer, incoming: Incoming, arrival: Arrival, lang: str) -> str:
    """Keep the refused rows of a file for whoever brought it; give their name, "" for none."""
    content = files.refused_lines(incoming, arrival.faults, lang)
    return passing.keep(viewer, content) if content else ""


def add_account(
    viewer: Viewer, username: str, role: str | None, countries: Iterable[str], entity: str | None
) -> str:
    """Make an account and give its generated password, once; raise Refused with reasons."""
    with writing() as session:
        return add_user.add_user(
            session, viewer, username, role or "", tuple(countries), entity, None
        )


def reset_password(viewer: Viewer, username: str) -> str:
    """Give an account a new generated password; raise Refused with reasons."""
    with writing() as session:
        password = add_user.generated()
        set_password.set_password(session, viewer, username, None, password)
        return password


def set_active(viewer: Viewer, username: str, active: bool) -> None:
    """Open or close an account; raise Refused with reasons."""
    with writing() as session:
        set_user_active.set_user_active(session, viewer, username, active)
