"""Provenance: from which file a value came, from which place in it, when, and by whom."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from ctai.domain.arrivals import ArrivingFile, Draft, Row
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.domain.settling import values_of, with_values
from ctai.models import draft_json
from ctai.models.exchange import ArrivedFile, ArrivedRecord, OfferedValue
from ctai.queries.accepted import fields_of
from ctai.services.revisions import differences, now

_SEPARATOR = " · "


class Opened:
    """A file that is being brought in; it is stored with the first thing that is noted of it."""

    def __init__(self, session: Session, author: Viewer, file: ArrivingFile) -> None:
        self._session = session
        self._author = author
        self._file = file
        self._number: int | None = None

    def note(
        self,
        kind: RecordKind,
        number: int,
        row: Row,
        given: Draft,
        ours: Draft | None = None,
        offered: tuple[str, ...] = (),
    ) -> None:
        """Note what the file gives of a record, and which of its values are only offered."""
        record = ArrivedRecord(**self._record(kind, number, row, given))
        self._session.add(record)
        if ours is None or not offered:
            return
        self._session.flush()
        assert record.id is not None, "a flushed row has its number"  # noqa: S101
        values = values_of(given)
        self._session.add_all(
            _offer(record.id, name, ours, with_values(ours, {name: values[name]}))
            for name in offered
        )

    def origin(self, row: Row) -> str:
        """Say in which file and where in it a row stands."""
        return _SEPARATOR.join((self._file.name, row.place))

    def note_new(
        self, kind: RecordKind, numbers: Sequence[int], given: Sequence[tuple[Row, Draft]]
    ) -> None:
        """Note what the file gives of many records that were not there before."""
        pairs = zip(numbers, given, strict=True)
        rows = [self._record(kind, number, row, draft) for number, (row, draft) in pairs]
        self._session.connection().execute(insert(ArrivedRecord), rows)

    def _record(self, kind: RecordKind, number: int, row: Row, given: Draft) -> dict[str, Any]:
        return {
            "file_id": self._stored(),
            "record_kind": kind.value,
            "record_id": number,
            "place": row.place,
            "fields": ",".join(sorted(row.says or ())),
            "draft": draft_json.written(given),
        }

    def _stored(self) -> int:
        if self._number is None:
            file = ArrivedFile(
                name=self._file.name,
                digest=self._file.digest,
                layout=self._file.layout.value,
                brought_by=self._author.username,
                entity=self._file.entity,
                at=now(),
            )
            self._session.add(file)
            self._session.flush()
            assert file.id is not None, "a flushed row has its number"  # noqa: S101
            self._number = file.id
        return self._number


def _offer(arrived_id: int, name: str, ours: Draft, theirs: Draft) -> OfferedValue:
    """Write an offered value as the history would tell the change."""
    changes = differences(fields_of(ours), fields_of(theirs))
    return OfferedValue(
        arrived_id=arrived_id,
        field=name,
        ours=_SEPARATOR.join(change.old or "" for change in changes),
        theirs=_SEPARATOR.join(change.new or "" for change in changes),
    )
