"""The ladder of a need: who was asked what by when, what they said, and what answers it."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from ctai.domain.ladder import Answer, ConsentAnswer, Fit, FundingTest, MetAnswer
from ctai.models.base import Amount, Base, Moment, PartialDate, Rate, dated, one_of


class NeedActivity(Base, table=True):
    """A person's decision whether an activity answers a need."""

    __tablename__ = "need_activity"
    __table_args__ = (
        one_of("decision", Fit),
        Index("ix_need_activity_activity", "activity_id", "need_id"),
    )
    need_id: int = Field(foreign_key="need.id", primary_key=True, ondelete="CASCADE")
    activity_id: int = Field(foreign_key="activity.id", primary_key=True, ondelete="CASCADE")
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime = Field(sa_type=Moment)


class Enquiry(Base, table=True):
    """A question to an entity (rung 1) or to a provider or donor outside (rung 2), by a date.

    `answered_as` is the role in which somebody answered, such as "Chief of Branch"; `round` counts
    how often the same entity was asked about the same need.
    """

    __tablename__ = "enquiry"
    __table_args__ = (
        one_of("answer", Answer),
        *dated("asked_on", "due_on", "answered_on", "rate_date"),
        CheckConstraint("rung IN (1, 2)", name="rung_known"),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_whole"),
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("need_id", "rung", "entity", "round"),
        Index("ix_enquiry_entity", "entity", "due_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    need_id: int = Field(foreign_key="need.id", ondelete="CASCADE")
    rung: int
    entity: str = Field(foreign_key="entity.acronym")
    round: int = 1
    question: str = ""
    asked_by: str
    asked_on: str = Field(sa_type=PartialDate)
    due_on: str = Field(sa_type=PartialDate)
    answer: str | None = None
    reason: str = ""
    amount: Decimal | None = Field(default=None, sa_type=Amount)
    currency: str | None = Field(default=None, max_length=3)
    rate_usd: Decimal | None = Field(default=None, sa_type=Rate)
    rate_date: str | None = Field(default=None, sa_type=PartialDate)
    answered_on: str | None = Field(default=None, sa_type=PartialDate)
    answered_by: str | None = None
    answered_as: str = ""


class Consent(Base, table=True):
    """A State asked whether its need may be shared outside; no objection by the date is consent."""

    __tablename__ = "consent"
    __table_args__ = (
        one_of("answer", ConsentAnswer),
        *dated("asked_on", "due_on", "answered_on"),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_whole"),
        UniqueConstraint("need_id", "iso3", "round"),
    )
    id: int | None = Field(default=None, primary_key=True)
    need_id: int = Field(foreign_key="need.id", ondelete="CASCADE")
    iso3: str = Field(foreign_key="member_state.iso3", index=True)
    round: int = 1
    asked_by: str
    asked_on: str = Field(sa_type=PartialDate)
    due_on: str = Field(sa_type=PartialDate)
    answer: str | None = None
    reason: str = ""
    answered_on: str | None = Field(default=None, sa_type=PartialDate)
    answered_by: str | None = None
    answered_as: str = ""


class NeedTest(Base, table=True):
    """An answer to one of the four tests of gap-filling funding; the newest of a test counts."""

    __tablename__ = "need_test"
    __table_args__ = (
        one_of("test", FundingTest),
        Index("ix_need_test_need", "need_id", "test", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    need_id: int = Field(foreign_key="need.id", ondelete="CASCADE")
    test: str
    passed: bool
    reason: str
    answered_by: str
    answered_as: str = ""
    answered_at: datetime = Field(sa_type=Moment)


class NeedCheck(Base, table=True):
    """What the requester said, twelve months after an answer, on whether the need was met."""

    __tablename__ = "need_check"
    __table_args__ = (one_of("answer", MetAnswer), *dated("due_on", "answered_on"))
    id: int | None = Field(default=None, primary_key=True)
    need_id: int = Field(foreign_key="need.id", index=True, ondelete="CASCADE")
    due_on: str = Field(sa_type=PartialDate)
    answer: str
    comment: str = ""
    answered_on: str = Field(sa_type=PartialDate)
    answered_by: str
    answered_as: str = ""
