"""National action plans: versions, items, milestones and progress."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from ctai.domain.plans import ItemState, PlanState
from ctai.domain.roles import Visibility
from ctai.models.base import Amount, Base, Moment, PartialDate, Rate, dated, one_of

_AGREED = text("state = 'agreed'")


class Plan(Base, table=True):
    """A version of a country's plan; one of them at most is the agreed one."""

    __tablename__ = "plan"
    __table_args__ = (
        one_of("state", PlanState),
        one_of("visibility", Visibility),
        *dated("agreed_on"),
        CheckConstraint("state = 'draft' OR agreed_on IS NOT NULL", name="agreement_dated"),
        UniqueConstraint("iso3", "number"),
        Index(
            "ix_plan_one_agreed",
            "iso3",
            unique=True,
            sqlite_where=_AGREED,
            postgresql_where=_AGREED,
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    iso3: str = Field(foreign_key="member_state.iso3")
    number: int
    title: str
    state: str = PlanState.DRAFT.value
    agreed_on: str | None = Field(default=None, sa_type=PartialDate)
    agreed_with: str = ""
    visibility: str = Visibility.UN_SYSTEM.value
    note: str = ""
    version: int = 1
    author: str
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)


class PlanItem(Base, table=True):
    """What a plan does about a need; frozen by the database once the plan is agreed."""

    __tablename__ = "plan_item"
    __table_args__ = (
        *dated("starts", "ends", "rate_date"),
        CheckConstraint("cost > 0", name="cost_positive"),
        UniqueConstraint("plan_id", "position"),
    )
    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", ondelete="CASCADE")
    position: int
    need_id: int = Field(foreign_key="need.id", index=True)
    action: str
    entity: str | None = Field(default=None, foreign_key="entity.acronym")
    starts: str | None = Field(default=None, sa_type=PartialDate)
    ends: str | None = Field(default=None, sa_type=PartialDate)
    cost: Decimal | None = Field(default=None, sa_type=Amount)
    currency: str | None = Field(default=None, max_length=3)
    rate_usd: Decimal | None = Field(default=None, sa_type=Rate)
    rate_date: str | None = Field(default=None, sa_type=PartialDate)
    funding_request_id: int | None = Field(default=None, foreign_key="funding_request.id")
    activity_id: int | None = Field(default=None, foreign_key="activity.id")


class PlanMilestone(Base, table=True):
    """A dated step of an item."""

    __tablename__ = "plan_milestone"
    __table_args__ = (*dated("due"), UniqueConstraint("item_id", "position"))
    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="plan_item.id", ondelete="CASCADE")
    position: int
    what: str
    due: str | None = Field(default=None, sa_type=PartialDate)


class PlanProgress(Base, table=True):
    """How far an item, or one of its milestones, was on a day: append-only, the newest counts."""

    __tablename__ = "plan_progress"
    __table_args__ = (
        one_of("state", ItemState),
        *dated("seen_on"),
        Index("ix_plan_progress_item", "item_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="plan_item.id", ondelete="CASCADE")
    milestone_id: int | None = Field(default=None, foreign_key="plan_milestone.id")
    state: str
    seen_on: str = Field(sa_type=PartialDate)
    note: str = ""
    told_by: str
    told_at: datetime = Field(sa_type=Moment)
