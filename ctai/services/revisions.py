"""The revision log: every write leaves what changed, from what, to what, by whom, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import update
from sqlmodel import Session, col

from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.models.records import DataVersion, Revision


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
    raise_version(session)


def raise_version(session: Session) -> None:
    """Tell every cache, in this process and in others, that the data changed."""
    raised = session.execute(
        update(DataVersion)
        .where(col(DataVersion.id) == 1)
        .values(number=col(DataVersion.number) + 1)
        .returning(col(DataVersion.number))
    )
    if raised.first() is None:
        session.add(DataVersion(id=1, number=1))
        session.flush()


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Compare two records field by field; fields empty on both sides are left out."""
    return [
        Change(name, old.get(name) or None, new.get(name) or None)
        for name in dict.fromkeys([*old, *new])
        if (old.get(name) or None) != (new.get(name) or None)
    ]
