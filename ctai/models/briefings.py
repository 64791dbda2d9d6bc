"""Briefings that were issued: what each was of, for whom, from which data, and its hash."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from ctai.domain.briefing import Audience, Format
from ctai.models.base import Base, Moment, one_of


class IssuedBriefing(Base, table=True):
    """A briefing as it was issued; append-only.

    `countries` and `pillars` are codes joined by ",", empty for all; `visit` is the assessment that
    it is about, if any; `as_of` and `since` are the
    days, the numbers beside them those of the data version; `digest` is the content's SHA-256.
    """

    __tablename__ = "briefing"
    __table_args__ = (
        one_of("audience", Audience),
        one_of("format", Format),
        CheckConstraint("length(digest) = 64", name="digest_whole"),
        CheckConstraint("(since IS NULL) = (since_number IS NULL)", name="since_numbered"),
        Index("ix_briefing_issued_by", "issued_by", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    issued_by: str
    issued_at: datetime = Field(sa_type=Moment)
    audience: str
    entity: str | None = Field(default=None, foreign_key="entity.acronym")
    countries: str = ""
    pillars: str = ""
    visit: int | None = Field(default=None, foreign_key="assessment.id")
    lang: str = Field(max_length=10)
    as_of: str = Field(max_length=10)
    as_of_number: int
    since: str | None = Field(default=None, max_length=10)
    since_number: int | None = None
    format: str
    digest: str = Field(max_length=64)
