"""Files that came in: where each value was read, what waits for a person, and what was learnt."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from ctai.domain.arrivals import Layout, OfferState
from ctai.domain.kinds import RecordKind
from ctai.domain.overlap import Judgement
from ctai.models.base import Base, Moment, one_of


class ArrivedFile(Base, table=True):
    """A file that changed something; append-only. `digest` is the SHA-256 of its bytes."""

    __tablename__ = "arrived_file"
    __table_args__ = (
        one_of("layout", Layout),
        CheckConstraint("length(digest) = 64", name="digest_whole"),
        Index("ix_arrived_file_digest", "digest"),
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str
    digest: str = Field(max_length=64)
    layout: str
    brought_by: str
    entity: str | None = Field(default=None, foreign_key="entity.acronym")
    at: datetime = Field(sa_type=Moment)


class ArrivedRecord(Base, table=True):
    """A record as a file gave it: the provenance of its values; append-only.

    `place` is the row of the file or its identifier there, `fields` the draft's fields of which
    the file spoke, joined by ",", and `draft` the whole record as JSON. The newest one of a record
    is what a later file is compared with.
    """

    __tablename__ = "arrived_record"
    __table_args__ = (
        one_of("record_kind", RecordKind),
        Index("ix_arrived_record_record", "record_kind", "record_id", "id"),
        Index("ix_arrived_record_file", "file_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    file_id: int = Field(foreign_key="arrived_file.id")
    record_kind: str
    record_id: int
    place: str
    fields: str
    draft: str


class OfferedValue(Base, table=True):
    """A value that a file gives for one that a person has set since: offered, not written.

    `ours` and `theirs` are the values as the history tells them; what is written when it is taken
    stands in the arrived record.
    """

    __tablename__ = "offered_value"
    __table_args__ = (
        one_of("state", OfferState),
        Index("ix_offered_value_arrived", "arrived_id", "field", unique=True),
        Index("ix_offered_value_state", "state", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    arrived_id: int = Field(foreign_key="arrived_record.id")
    field: str
    ours: str
    theirs: str
    state: str = OfferState.OPEN.value
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Moment)


class ColumnMeaning(Base, table=True):
    """What an entity's column means, as a person once said; `entity` is empty for the initiative.

    `header` is the column's name in lower case, `meaning` a column of `exchange.columns_in`, empty
    for one to leave out.
    """

    __tablename__ = "column_meaning"
    entity: str = Field(primary_key=True, max_length=40)
    header: str = Field(primary_key=True)
    meaning: str
    said_by: str
    at: datetime = Field(sa_type=Moment)


class OverlapDecision(Base, table=True):
    """What a person decided about two activities; `activity_id` is the smaller number.

    `own_key` and `other_key` are their source keys, by which the decision is found again when a
    record comes back under another number. Taking it back removes the row; the revisions tell.
    """

    __tablename__ = "overlap_decision"
    __table_args__ = (
        one_of("judgement", Judgement),
        CheckConstraint("activity_id < other_id", name="in_order"),
        UniqueConstraint("activity_id", "other_id"),
        Index("ix_overlap_decision_other", "other_id", "activity_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", ondelete="CASCADE")
    other_id: int = Field(foreign_key="activity.id", ondelete="CASCADE")
    judgement: str
    own_key: str = ""
    other_key: str = ""
    why: str = ""
    decided_by: str
    decided_at: datetime = Field(sa_type=Moment)
