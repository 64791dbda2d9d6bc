"""Storing an activity: the one way in for entry, amendment and import."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft, Known
from ctai.domain.checks import faults_of
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.models.activities import Activity
from ctai.queries import codes, records
from ctai.services.activity_parts import clear_parts, count, is_less_open, parent_of, write_parts
from ctai.services.revisions import Change, differences, log, now

NOT_YOURS = mark(
    "This record is not yours to change. Ask its desk officer or its entity's focal point."
)
NOT_YOUR_PROGRAMME = mark(
    "That programme is not yours to divide into parts. Ask its desk officer or focal point."
)
NOT_YOUR_SCOPE = mark("You may enter records of {seen} only. Add one of them, or ask a colleague.")
LESS_OPEN = mark(
    "A part can't be less open than its programme, which counts through its parts alone. "
    "Make the programme as restricted, or leave the part out of it."
)
CHANGED_MEANWHILE = mark(
    "Somebody changed this record while you were typing. Your text is kept below: "
    "look at the new version, then save again."
)


_OWN_COLUMNS = (
    "source_key",
    "parent_id",
    "status_as_of",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "place",
    "note",
    "source_status",
)
"""Columns that hold what a draft says as it says it."""


@dataclass(frozen=True)
class Stored:
    """What became of a draft: its number, and whether anything was new."""

    activity_id: int
    is_new: bool
    is_changed: bool


def enter(
    session: Session,
    author: Viewer,
    draft: ActivityDraft,
    known: Known | None = None,
    why: str = "",
) -> Stored:
    """Store a new activity; Refused with every reason."""
    check(session, author, Action.ENTER, draft, known)
    activity = Activity(**activity_row(draft))
    session.add(activity)
    session.flush()
    activity_id = _number(activity)
    write_parts(session, activity_id, draft)
    count(session, activity_id, draft)
    changes = differences({}, records.fields_of(draft))
    log(session, author, RecordKind.ACTIVITY, activity_id, changes, why)
    _log_parts(session, author, activity_id, None, draft.parent_id)
    return Stored(activity_id, is_new=True, is_changed=True)


def amend(
    session: Session,
    author: Viewer,
    activity_id: int,
    draft: ActivityDraft,
    version: int | None = None,
    known: Known | None = None,
    why: str = "",
) -> Stored:
    """Change an activity into a draft; Refused with every reason.

    `version` is the one the author was looking at: when somebody else stored a newer one in
    between, nothing is overwritten.
    """
    activity = session.scalars(_locked(activity_id)).one_or_none()
    before = records.draft_of(session, author, activity_id)
    if activity is None or before is None:
        raise Refused([Fault("There is no such activity, or it is not open to you.")])
    if not author.may_touch(Action.AMEND, before.iso3s, before.entities):
        raise Refused([Fault(NOT_YOURS)])
    check(session, author, Action.AMEND, draft, known, activity_id)
    if version is not None and version != activity.version:
        raise Refused([Fault(CHANGED_MEANWHILE)])
    changes = differences(records.fields_of(before), records.fields_of(draft))
    if not changes:
        return Stored(activity_id, is_new=False, is_changed=False)
    for name, value in columns_of(draft).items():
        setattr(activity, name, value)
    activity.version += 1
    activity.changed_at = now()
    session.flush()
    clear_parts(session, activity_id)
    write_parts(session, activity_id, draft)
    count(session, activity_id, draft, before.parent_id)
    log(session, author, RecordKind.ACTIVITY, activity_id, changes, why)
    _log_parts(session, author, activity_id, before.parent_id, draft.parent_id)
    return Stored(activity_id, is_new=False, is_changed=True)


def confirm(
    session: Session,
    author: Viewer,
    activity_id: int,
    as_of: str | None = None,
    why: str = "",
) -> None:
    """Say that an activity's status is still true, today or as of a date; Refused if not yours."""
    activity = session.scalars(_locked(activity_id)).one_or_none()
    before = records.draft_of(session, author, activity_id)
    if activity is None or before is None:
        raise Refused([Fault("There is no such activity, or it is not open to you.")])
    if not author.may_touch(Action.CONFIRM, before.iso3s, before.entities):
        raise Refused([Fault(NOT_YOURS)])
    moment = now()
    draft = replace(before, status_as_of=as_of or moment.date().isoformat())
    check(session, author, Action.CONFIRM, draft, None, activity_id)
    changes = [
        *differences(records.fields_of(before), records.fields_of(draft)),
        Change("confirmed_by", activity.confirmed_by, author.username),
    ]
    activity.status_as_of = draft.status_as_of
    activity.confirmed_at, activity.confirmed_by = moment, author.username
    activity.changed_at = moment
    activity.version += 1
    session.flush()
    count(session, activity_id, draft)
    log(session, author, RecordKind.ACTIVITY, activity_id, changes, why)


def check(
    session: Session,
    author: Viewer,
    action: Action,
    draft: ActivityDraft,
    known: Known | None = None,
    activity_id: int | None = None,
) -> None:
    """Refuse a draft with every reason at once: what is wrong, and what is not the author's."""
    listed = known or codes.known(session)
    faults = []
    if draft.parent_id is not None:
        parents = frozenset({draft.parent_id})
        if draft.parent_id != parent_of(session, activity_id):
            parents = records.possible_parents(session, author, draft.parent_id, activity_id)
            faults += _parent_faults(session, author, draft.parent_id)
        listed = replace(listed, parents=parents)
    faults += faults_of(draft, listed, now().date().isoformat())
    if is_less_open(session, draft, activity_id):
        faults.append(Fault(LESS_OPEN, "visibility"))
    if not author.may_touch(action, draft.iso3s, draft.entities):
        own = ", ".join(sorted(author.countries)) or author.entity or "–"
        faults.append(Fault(NOT_YOUR_SCOPE, "country", {"seen": own}))
    if faults:
        raise Refused(faults)


def _log_parts(
    session: Session, author: Viewer, activity_id: int, old: int | None, new: int | None
) -> None:
    """Tell in the programmes' histories that a part left or came: it changes what they count."""
    part = str(activity_id)
    if old != new and old is not None:
        log(session, author, RecordKind.ACTIVITY, old, [Change("part", part, None)])
    if old != new and new is not None:
        log(session, author, RecordKind.ACTIVITY, new, [Change("part", None, part)])


def _parent_faults(session: Session, author: Viewer, parent_id: int) -> list[Fault]:
    """Refuse a part of a programme that is not the author's: it would count through the part."""
    programme = records.draft_of(session, author, parent_id)
    if programme is None or author.may_touch(Action.AMEND, programme.iso3s, programme.entities):
        return []
    return [Fault(NOT_YOUR_PROGRAMME, "parent_id")]


def _number(activity: Activity) -> int:
    assert activity.id is not None, "a flushed row has its number"  # noqa: S101
    return activity.id


def _locked(activity_id: int) -> Select[Activity]:
    return select(Activity).where(col(Activity.id) == activity_id).with_for_update()


def activity_row(draft: ActivityDraft) -> dict[str, Any]:
    """Give the row of a new activity, by column."""
    moment = now()
    return columns_of(draft) | {"version": 1, "created_at": moment, "changed_at": moment}


def columns_of(draft: ActivityDraft) -> dict[str, Any]:
    """Give what a draft says of its activity's own columns."""
    coded = {"status": draft.status.value, "visibility": draft.visibility.value}
    return coded | {name: getattr(draft, name) for name in _OWN_COLUMNS}
