"""Activities with their texts, countries, measures, entities, money and counting cells."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlmodel import Field

from ctai.domain.activities import Basis, Status
from ctai.domain.money import BudgetKind
from ctai.domain.roles import Visibility
from ctai.models.base import Amount, Base, Moment, PartialDate, dated, one_of


class Activity(Base, table=True):
    """One undertaking; a programme is an activity that others name as their parent."""

    __tablename__ = "activity"
    __table_args__ = (
        one_of("status", Status),
        one_of("visibility", Visibility),
        *dated("status_as_of", "planned_start", "planned_end", "actual_start", "actual_end"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        Index("ix_activity_changed", "changed_at", "id"),
        Index("ix_activity_stale", "status", "status_as_of", "visibility"),
    )
    id: int | None = Field(default=None, primary_key=True)
    source_key: str | None = Field(default=None, unique=True)
    parent_id: int | None = Field(default=None, foreign_key="activity.id", index=True)
    status: str
    status_as_of: str | None = Field(default=None, sa_type=PartialDate)
    planned_start: str | None = Field(default=None, sa_type=PartialDate)
    planned_end: str | None = Field(default=None, sa_type=PartialDate)
    actual_start: str | None = Field(default=None, sa_type=PartialDate)
    actual_end: str | None = Field(default=None, sa_type=PartialDate)
    place: str = ""
    note: str = ""
    source_status: str = ""
    visibility: str = Visibility.UN_SYSTEM.value
    version: int = 1
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    confirmed_by: str | None = None


class ActivityText(Base, table=True):
    """Title and description of an activity in one language, by its BCP 47 tag."""

    __tablename__ = "activity_text"
    __table_args__ = (CheckConstraint("length(language) BETWEEN 2 AND 8", name="language_tag"),)
    activity_id: int = Field(foreign_key="activity.id", primary_key=True, ondelete="CASCADE")
    language: str = Field(primary_key=True, max_length=8)
    title: str
    description: str = ""


class ActivityCountry(Base, table=True):
    """A country of an activity; the share is None where nobody has said how it divides."""

    __tablename__ = "activity_country"
    __table_args__ = (
        CheckConstraint("share_pct > 0 AND share_pct <= 100", name="share_in_bounds"),
        Index("ix_activity_country_iso3", "iso3", "activity_id"),
    )
    activity_id: int = Field(foreign_key="activity.id", primary_key=True, ondelete="CASCADE")
    iso3: str = Field(foreign_key="member_state.iso3", primary_key=True)
    share_pct: float | None = None


class ActivityMeasure(Base, table=True):
    """A measure that an activity serves."""

    __tablename__ = "activity_measure"
    __table_args__ = (
        one_of("basis", Basis),
        Index("ix_activity_measure_measure", "measure", "activity_id"),
    )
    activity_id: int = Field(foreign_key="activity.id", primary_key=True, ondelete="CASCADE")
    measure: str = Field(foreign_key="measure.code", primary_key=True)
    is_main: bool
    basis: str
    rule: str = ""


class ActivityEntity(Base, table=True):
    """An entity's role in an activity (IATI OrganisationRole)."""

    __tablename__ = "activity_entity"
    __table_args__ = (
        CheckConstraint("role BETWEEN 1 AND 4", name="role_known"),
        Index("ix_activity_entity_entity", "entity", "role", "activity_id"),
    )
    activity_id: int = Field(foreign_key="activity.id", primary_key=True, ondelete="CASCADE")
    entity: str = Field(foreign_key="entity.acronym", primary_key=True)
    role: int = Field(primary_key=True)


class ActivityOrganisation(Base, table=True):
    """An organisation on no list that takes part in an activity, as its source names it."""

    __tablename__ = "activity_organisation"
    __table_args__ = (
        CheckConstraint("role BETWEEN 1 AND 4", name="role_known"),
        Index("ix_activity_organisation_ref", "ref", "activity_id"),
    )
    activity_id: int = Field(foreign_key="activity.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True)
    name: str
    role: int
    ref: str = ""
    kind: str = ""


class ActivityIdentifier(Base, table=True):
    """A name by which some system knows an activity, such as its IATI identifier."""

    __tablename__ = "activity_identifier"
    __table_args__ = (Index("ix_activity_identifier_value", "value", "activity_id"),)
    activity_id: int = Field(foreign_key="activity.id", primary_key=True, ondelete="CASCADE")
    kind: str = Field(primary_key=True, max_length=8)
    value: str = Field(primary_key=True)


class BudgetLine(Base, table=True):
    """An amount of money of an activity."""

    __tablename__ = "budget_line"
    __table_args__ = (
        one_of("kind", BudgetKind),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("length(currency) = 3", name="currency_length"),
        *dated("value_date"),
    )
    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True, ondelete="CASCADE")
    kind: str
    amount: Decimal = Field(sa_type=Amount)
    currency: str = Field(max_length=3)
    spans_countries: bool = False
    value_date: str | None = Field(default=None, sa_type=PartialDate)
    donor: str | None = Field(default=None, foreign_key="entity.acronym")
    note: str = ""


class ActivityCell(Base, table=True):
    """What an undertaking counts in one country and measure, worked out when it is written.

    Only undertakings without children have cells, so that a programme and its parts are never
    counted together. `ix_activity_cell_counting` covers the one grouped query under every map,
    heatmap and matrix. `start_year` is None where no start is known.
    """

    __tablename__ = "activity_cell"
    __table_args__ = (
        ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_activity_cell_activity", ondelete="CASCADE"
        ),
        Index(
            "ix_activity_cell_counting",
            "iso3",
            "measure",
            "status",
            "visibility",
            "is_main",
            "start_year",
            "fades_from",
            "weight",
            "scale",
            "as_of",
            "activity_id",
        ),
    )
    activity_id: int = Field(primary_key=True)
    iso3: str = Field(primary_key=True, max_length=3)
    measure: str = Field(primary_key=True, max_length=6)
    is_main: bool
    status: str
    visibility: str
    weight: float
    scale: float
    fades_from: int | None = None
    as_of: str | None = Field(default=None, sa_type=PartialDate)
    start_year: int | None = None
