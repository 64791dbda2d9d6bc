"""What keeps records true: proposals, trusted entities, reporting, forms, and the calendar."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import ProposalState, Proposed
from ctai.domain.reporting import QuarterAnswer
from ctai.models.base import Base, Moment, one_of


class Proposal(Base, table=True):
    """A change that waits for a desk officer; `draft` is the whole record as JSON.

    `record_id`, `base_version` and `base`, the accepted record as the author saw it, are None for
    a new record; an accepted one names its record.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("record_kind", RecordKind),
        one_of("action", Proposed),
        one_of("state", ProposalState),
        Index("ix_proposal_state", "state", "made_at"),
        Index("ix_proposal_record", "record_kind", "record_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    record_kind: str
    action: str
    record_id: int | None = None
    base_version: int | None = None
    base: str | None = None
    draft: str
    title: str
    entity: str | None = Field(default=None, foreign_key="entity.acronym")
    author: str
    why: str = ""
    made_at: datetime = Field(sa_type=Moment)
    state: str = ProposalState.PENDING.value
    version: int = 1
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    comment: str = ""


class ProposalCountry(Base, table=True):
    """A country of a proposed record, by which its desk officer finds it."""

    __tablename__ = "proposal_country"
    __table_args__ = (Index("ix_proposal_country_iso3", "iso3", "proposal_id"),)
    proposal_id: int = Field(foreign_key="proposal.id", primary_key=True, ondelete="CASCADE")
    iso3: str = Field(foreign_key="member_state.iso3", primary_key=True)


class TrustedEntity(Base, table=True):
    """An entity whose focal points' changes count at once."""

    __tablename__ = "trusted_entity"
    entity: str = Field(foreign_key="entity.acronym", primary_key=True)
    trusted_by: str
    since: datetime = Field(sa_type=Moment)
    why: str = ""


class QuarterReport(Base, table=True):
    """What was said of an entity's quarter, such as 2026-Q3, beside what its records show."""

    __tablename__ = "quarter_report"
    __table_args__ = (one_of("answer", QuarterAnswer), UniqueConstraint("entity", "quarter"))
    id: int | None = Field(default=None, primary_key=True)
    entity: str = Field(foreign_key="entity.acronym")
    quarter: str = Field(max_length=7)
    answer: str
    note: str = ""
    said_by: str
    said_at: datetime = Field(sa_type=Moment)


class FormDraft(Base, table=True):
    """What somebody has typed into a form and not yet sent: JSON by field; nobody else's to see."""

    __tablename__ = "form_draft"
    username: str = Field(foreign_key="user_account.username", primary_key=True)
    form: str = Field(primary_key=True, max_length=80)
    content: str
    saved_at: datetime = Field(sa_type=Moment)


class CalendarDay(Base, table=True):
    """A day that differs from the week's rule: a holiday, or a Saturday on which people work."""

    __tablename__ = "calendar_day"
    day: str = Field(primary_key=True, max_length=10)
    is_working: bool
    name: str
