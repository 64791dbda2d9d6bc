"""Funding requests with their needs, activities, money, moves and reviews."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from ctai.domain.funding import FundingState, ReviewAnswer, ReviewQuestion
from ctai.domain.money import BudgetKind
from ctai.domain.roles import Visibility
from ctai.models.base import Amount, Base, Moment, PartialDate, Rate, dated, one_of


class FundingRequest(Base, table=True):
    """A request for gap-filling funding; `total` is what is asked, in `currency`."""

    __tablename__ = "funding_request"
    __table_args__ = (
        one_of("state", FundingState),
        one_of("visibility", Visibility),
        *dated("rate_date", "needed_by"),
        CheckConstraint("total > 0", name="total_positive"),
        CheckConstraint("cofunding >= 0", name="cofunding_not_negative"),
        Index("ix_funding_request_state", "state", "state_since"),
    )
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    entity: str = Field(foreign_key="entity.acronym", index=True)
    objective: str = ""
    needed_by: str | None = Field(default=None, sa_type=PartialDate)
    total: Decimal | None = Field(default=None, sa_type=Amount)
    currency: str = Field(default="USD", max_length=3)
    rate_usd: Decimal | None = Field(default=None, sa_type=Rate)
    rate_date: str | None = Field(default=None, sa_type=PartialDate)
    cofunding: Decimal | None = Field(default=None, sa_type=Amount)
    cofunding_from: str = ""
    risks: str = ""
    note: str = ""
    state: str = FundingState.DRAFT.value
    state_since: datetime = Field(sa_type=Moment)
    round: int = 1
    visibility: str = Visibility.UN_SYSTEM.value
    version: int = 1
    author: str
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)


class FundingNeed(Base, table=True):
    """A need that a funding request is to answer."""

    __tablename__ = "funding_need"
    __table_args__ = (Index("ix_funding_need_need", "need_id", "request_id"),)
    request_id: int = Field(foreign_key="funding_request.id", primary_key=True, ondelete="CASCADE")
    need_id: int = Field(foreign_key="need.id", primary_key=True)


class FundingCountry(Base, table=True):
    """A country for which a funding request asks."""

    __tablename__ = "funding_country"
    __table_args__ = (Index("ix_funding_country_iso3", "iso3", "request_id"),)
    request_id: int = Field(foreign_key="funding_request.id", primary_key=True, ondelete="CASCADE")
    iso3: str = Field(foreign_key="member_state.iso3", primary_key=True)


class FundingActivity(Base, table=True):
    """An activity that the money is for; `activity_id` once it is on record as an undertaking."""

    __tablename__ = "funding_activity"
    __table_args__ = (*dated("starts", "ends"), UniqueConstraint("request_id", "position"))
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="funding_request.id", ondelete="CASCADE")
    position: int
    title: str
    starts: str | None = Field(default=None, sa_type=PartialDate)
    ends: str | None = Field(default=None, sa_type=PartialDate)
    activity_id: int | None = Field(default=None, foreign_key="activity.id")


class FundingLine(Base, table=True):
    """A line of the budget, of the activity at `activity_position`; in the request's currency."""

    __tablename__ = "funding_line"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("request_id", "position"),
    )
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="funding_request.id", ondelete="CASCADE")
    position: int
    activity_position: int
    what: str
    amount: Decimal = Field(sa_type=Amount)


class FundingMove(Base, table=True):
    """A request went from one state to the next: append-only; `sequence` admits one at a time."""

    __tablename__ = "funding_move"
    __table_args__ = (
        one_of("from_state", FundingState),
        one_of("to_state", FundingState),
        UniqueConstraint("request_id", "sequence"),
    )
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="funding_request.id", ondelete="CASCADE")
    sequence: int
    from_state: str | None = None
    to_state: str
    actor: str
    moved_at: datetime = Field(sa_type=Moment)
    comment: str = ""


class FundingReview(Base, table=True):
    """An answer of the fixed questionnaire in one round of review."""

    __tablename__ = "funding_review"
    __table_args__ = (
        one_of("question", ReviewQuestion),
        one_of("answer", ReviewAnswer),
        UniqueConstraint("request_id", "round", "question"),
    )
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="funding_request.id", ondelete="CASCADE")
    round: int
    question: str
    answer: str
    comment: str = ""
    reviewer: str
    reviewed_at: datetime = Field(sa_type=Moment)


class FundingFlow(Base, table=True):
    """Money of a donor for a request: a pledge is not secured, the other kinds are.

    An entry is never changed or deleted: another takes it back, below zero, under `reverses_id`.
    """

    __tablename__ = "funding_flow"
    __table_args__ = (
        one_of("kind", [kind for kind in BudgetKind if kind is not BudgetKind.BUDGET]),
        *dated("happened", "rate_date"),
        CheckConstraint(
            "amount <> 0 AND (amount < 0) = (reverses_id IS NOT NULL)", name="amount_signed"
        ),
        UniqueConstraint("reverses_id"),
        Index("ix_funding_flow_request", "request_id", "kind"),
    )
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="funding_request.id", ondelete="CASCADE")
    kind: str
    donor: str = Field(foreign_key="entity.acronym")
    amount: Decimal = Field(sa_type=Amount)
    currency: str = Field(max_length=3)
    rate_usd: Decimal | None = Field(default=None, sa_type=Rate)
    rate_date: str | None = Field(default=None, sa_type=PartialDate)
    happened: str = Field(sa_type=PartialDate)
    reference: str = ""
    reverses_id: int | None = Field(default=None, foreign_key="funding_flow.id")
    recorded_by: str
    recorded_at: datetime = Field(sa_type=Moment)
