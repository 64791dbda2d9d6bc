"""What every record has: sources, revisions, and the version that tells caches of a change."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from ctai.domain.kinds import RecordKind
from ctai.models.base import Base, Moment, PartialDate, dated, one_of


class Source(Base, table=True):
    """Where a record was read, and the value on which this source disagrees, if any."""

    __tablename__ = "source"
    __table_args__ = (
        one_of("record_kind", RecordKind),
        *dated("published"),
        Index("ix_source_record", "record_kind", "record_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    record_kind: str
    record_id: int
    url: str
    title: str = ""
    published: str | None = Field(default=None, sa_type=PartialDate)
    note: str = ""
    claim_field: str = ""
    claim_value: str = ""


class Revision(Base, table=True):
    """One value that was changed: append-only, written in the transaction of the change."""

    __tablename__ = "revision"
    __table_args__ = (
        one_of("record_kind", RecordKind),
        Index("ix_revision_record", "record_kind", "record_id", "id"),
        Index("ix_revision_at", "at", "record_kind", "field", "record_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    actor: str
    record_kind: str
    record_id: int
    field: str
    old: str | None = None
    new: str | None = None
    why: str = ""


class DataVersion(Base, table=True):
    """One row: a number that every write raises, so that cached reads of all replicas agree."""

    __tablename__ = "data_version"
    id: int = Field(default=1, primary_key=True)
    number: int = 0


class DataMoment(Base, table=True):
    """When a number of the data version began; `revision_before` is the last revision until then.

    `at` never runs backwards, whatever the clocks of several servers say.
    """

    __tablename__ = "data_moment"
    __table_args__ = (Index("ix_data_moment_at", "at", "number"),)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Moment)
    revision_before: int = 0
