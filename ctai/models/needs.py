"""Needs, assessments and requests: the evidence under the gap matrix."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from ctai.domain.activities import TEXT_LANGUAGES, Basis, Status
from ctai.domain.needs import Disclosure, EvidenceKind, Finding, NeedState, Severity
from ctai.domain.roles import Visibility
from ctai.models.base import Amount, Base, Moment, PartialDate, Rate, dated, one_of


class Assessment(Base, table=True):
    """A look at a State's capacities, with what may be told of it."""

    __tablename__ = "assessment"
    __table_args__ = (
        one_of("status", Status),
        one_of("visibility", Visibility),
        one_of("disclosed", Disclosure),
        one_of("language", TEXT_LANGUAGES),
    )
    id: int | None = Field(default=None, primary_key=True)
    source_key: str | None = Field(default=None, unique=True)
    title: str
    language: str | None = Field(default=None, max_length=8)
    lead: str = Field(foreign_key="entity.acronym", index=True)
    status: str
    findings: str = ""
    disclosed: str = Disclosure.UNKNOWN.value
    visibility: str = Visibility.PUBLIC.value
    note: str = ""
    version: int = 1
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)


class AssessmentEntity(Base, table=True):
    """An entity that joined an assessment, beside its lead."""

    __tablename__ = "assessment_entity"
    assessment_id: int = Field(foreign_key="assessment.id", primary_key=True, ondelete="CASCADE")
    entity: str = Field(foreign_key="entity.acronym", primary_key=True)


class AssessmentCountry(Base, table=True):
    """A country that an assessment looked at."""

    __tablename__ = "assessment_country"
    __table_args__ = (Index("ix_assessment_country_iso3", "iso3", "assessment_id"),)
    assessment_id: int = Field(foreign_key="assessment.id", primary_key=True, ondelete="CASCADE")
    iso3: str = Field(foreign_key="member_state.iso3", primary_key=True)


class AssessmentPart(Base, table=True):
    """A dated part of an assessment."""

    __tablename__ = "assessment_part"
    __table_args__ = (*dated("start", "ends"),)
    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True, ondelete="CASCADE")
    start: str | None = Field(default=None, sa_type=PartialDate)
    ends: str | None = Field(default=None, sa_type=PartialDate)
    place: str = ""


class AssessmentMeasure(Base, table=True):
    """A measure that an assessment looked at, and what it found there."""

    __tablename__ = "assessment_measure"
    __table_args__ = (one_of("finding", Finding), one_of("basis", Basis))
    assessment_id: int = Field(foreign_key="assessment.id", primary_key=True, ondelete="CASCADE")
    measure: str = Field(foreign_key="measure.code", primary_key=True)
    finding: str
    basis: str


class AssessmentFinding(Base, table=True):
    """One thing that an assessment found; a need may rest on it. A withheld one has no text."""

    __tablename__ = "assessment_finding"
    __table_args__ = (
        one_of("severity", Severity),
        one_of("disclosed", Disclosure),
        CheckConstraint(
            "(length(finding) > 0) <> (disclosed = 'withheld')", name="finding_present"
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True, ondelete="CASCADE")
    position: int
    measure: str = Field(foreign_key="measure.code")
    finding: str
    severity: str | None = None
    disclosed: str = Disclosure.UNKNOWN.value


class FollowUp(Base, table=True):
    """What is due after an assessment."""

    __tablename__ = "follow_up"
    __table_args__ = (*dated("due", "done_on"),)
    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True, ondelete="CASCADE")
    what: str
    due: str | None = Field(default=None, sa_type=PartialDate)
    done_on: str | None = Field(default=None, sa_type=PartialDate)


class Request(Base, table=True):
    """A Member State's request for assistance."""

    __tablename__ = "request"
    __table_args__ = (
        one_of("status", Status),
        one_of("visibility", Visibility),
        one_of("language", TEXT_LANGUAGES),
        *dated("requested_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    source_key: str | None = Field(default=None, unique=True)
    iso3: str = Field(foreign_key="member_state.iso3", index=True)
    what: str
    language: str | None = Field(default=None, max_length=8)
    authority: str = ""
    contact_office: str = ""
    requested_on: str | None = Field(default=None, sa_type=PartialDate)
    addressed_to: str = Field(foreign_key="entity.acronym")
    measure: str = Field(foreign_key="measure.code")
    status: str
    reasons: str = ""
    national_strategy: str = ""
    visibility: str = Visibility.PUBLIC.value
    note: str = ""
    version: int = 1
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)


class RequestItem(Base, table=True):
    """One area in which a request asks for help; a need may rest on it."""

    __tablename__ = "request_item"
    __table_args__ = (CheckConstraint("length(what) > 0", name="what_present"),)
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    position: int
    measure: str = Field(foreign_key="measure.code")
    what: str


class RequestAnswer(Base, table=True):
    """An answer to a request."""

    __tablename__ = "request_answer"
    __table_args__ = (*dated("answered_on"),)
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id", index=True, ondelete="CASCADE")
    entity: str = Field(foreign_key="entity.acronym")
    answered_on: str | None = Field(default=None, sa_type=PartialDate)
    note: str = ""


class Need(Base, table=True):
    """Something a State lacks, with the evidence that says so."""

    __tablename__ = "need"
    __table_args__ = (
        one_of("evidence_kind", EvidenceKind),
        one_of("state", NeedState),
        one_of("severity", Severity),
        one_of("disclosed", Disclosure),
        one_of("visibility", Visibility),
        one_of("basis", Basis),
        one_of("language", TEXT_LANGUAGES),
        *dated("evidence_date", "state_as_of", "wanted_by", "answered_on", "cost_rate_date"),
        CheckConstraint("length(title) > 0", name="title_present"),
        CheckConstraint("estimated_cost > 0", name="cost_positive"),
        CheckConstraint("estimated_cost IS NULL OR cost_currency IS NOT NULL", name="cost_whole"),
    )
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    language: str | None = Field(default=None, max_length=8)
    measure: str = Field(foreign_key="measure.code", index=True)
    basis: str
    severity: str | None = None
    wanted_by: str | None = Field(default=None, sa_type=PartialDate)
    for_whom: str = ""
    estimated_cost: Decimal | None = Field(default=None, sa_type=Amount)
    cost_currency: str | None = Field(default=None, max_length=3)
    cost_rate_usd: Decimal | None = Field(default=None, sa_type=Rate)
    cost_rate_date: str | None = Field(default=None, sa_type=PartialDate)
    evidence_kind: str
    evidence_body: str
    evidence_title: str = ""
    evidence_date: str | None = Field(default=None, sa_type=PartialDate)
    evidence_ref: str = ""
    assessment_id: int | None = Field(default=None, foreign_key="assessment.id")
    request_id: int | None = Field(default=None, foreign_key="request.id")
    finding_id: int | None = Field(default=None, foreign_key="assessment_finding.id")
    request_item_id: int | None = Field(default=None, foreign_key="request_item.id")
    state: str
    state_as_of: str | None = Field(default=None, sa_type=PartialDate)
    answered_on: str | None = Field(default=None, sa_type=PartialDate)
    disclosed: str
    visibility: str
    note: str = ""
    version: int = 1
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)


class NeedCountry(Base, table=True):
    """A country of a need; `code` is the need's number there, where a file gives one each."""

    __tablename__ = "need_country"
    __table_args__ = (Index("ix_need_country_iso3", "iso3", "need_id"),)
    need_id: int = Field(foreign_key="need.id", primary_key=True, ondelete="CASCADE")
    iso3: str = Field(foreign_key="member_state.iso3", primary_key=True)
    code: str = Field(unique=True)
