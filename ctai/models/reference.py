"""Member States, partnerships, entities and the Strategy's measures."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from ctai.domain.needs import Step
from ctai.domain.strategy import Pillar, Theme
from ctai.models.base import Base, PartialDate, dated, one_of


class MemberState(Base, table=True):
    """A Member State or observer of the United Nations."""

    __tablename__ = "member_state"
    __table_args__ = (
        one_of("kind", ("member", "observer")),
        CheckConstraint("length(iso3) = 3", name="iso3_length"),
    )
    iso3: str = Field(primary_key=True, max_length=3)
    iso2: str = Field(unique=True, max_length=2)
    m49: str = Field(unique=True, max_length=3)
    region: str = Field(index=True, max_length=3)
    kind: str
    name_en: str
    name_fr: str
    name_es: str
    name_ar: str
    name_zh: str
    name_ru: str


class PartnershipStep(Base, table=True):
    """A dated step in a State's partnership; sources that disagree each have their own row."""

    __tablename__ = "partnership_step"
    __table_args__ = (one_of("step", Step), *dated("happened"))
    id: int | None = Field(default=None, primary_key=True)
    iso3: str = Field(foreign_key="member_state.iso3", index=True)
    step: str
    happened: str | None = Field(default=None, sa_type=PartialDate)
    note: str = ""
    source_url: str = ""


class Entity(Base, table=True):
    """An organisation: of the Task Force, an observer, an external body or a donor."""

    __tablename__ = "entity"
    __table_args__ = (one_of("kind", ("member", "observer", "external", "donor")),)
    acronym: str = Field(primary_key=True, max_length=40)
    kind: str = Field(index=True)
    name_en: str
    name_fr: str
    name_es: str
    name_ar: str
    name_zh: str
    name_ru: str
    pillars: str = ""
    iati_org_ref: str = ""
    source_url: str = ""
    note: str = ""


class Membership(Base, table=True):
    """When an entity belonged to the Task Force; None where a date is not known."""

    __tablename__ = "membership"
    __table_args__ = (*dated("since", "until"),)
    id: int | None = Field(default=None, primary_key=True)
    entity: str = Field(foreign_key="entity.acronym", index=True)
    standing: str
    since: str | None = Field(default=None, sa_type=PartialDate)
    until: str | None = Field(default=None, sa_type=PartialDate)


class Measure(Base, table=True):
    """A measure of the plan of action, in a table so that links to it can be checked."""

    __tablename__ = "measure"
    __table_args__ = (one_of("pillar", Pillar), one_of("theme", Theme))
    code: str = Field(primary_key=True, max_length=6)
    pillar: str
    theme: str
    national: bool
    position: int
