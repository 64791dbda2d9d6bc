"""The revision log: every write leaves what changed, from what, to what, by whom, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from ctai.db import raise_version
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.models.records import Revision


@dataclass(frozen=True)
class Change:
    """One value before and after, as text; None where there was or is none."""

    field: str
    old: str | None
    new: str | None


def now() -> datetime:
    """Tell the moment of a write, in UTC."""
    return datetime.now(UTC)


def log(
    session: Session,
    author: Viewer,
    kind: RecordKind,
    record_id: int,
    changes: list[Change],
    why: str = "",
) -> None:
    """Append what changed in a record, and raise the data version so that caches let go."""
    raise_version(session)
    moment = now()
    session.add_all(
        Revision(
            at=moment,
            actor=author.username,
            record_kind=kind.value,
            record_id=record_id,
            field=change.field,
            old=change.old,
            new=change.new,
            why=why,
        )
        for change in changes
    )


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Compare two records field by field; fields empty on both sides are left out."""
    return [
        Change(name, old.get(name) or None, new.get(name) or None)
        for name in dict.fromkeys([*old, *new])
        if (old.get(name) or None) != (new.get(name) or None)
    ]
