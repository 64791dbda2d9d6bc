"""Who may sign in, in what role, for which countries or entity, and by which tokens."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from ctai.domain.roles import Role
from ctai.models.base import Base, Moment, one_of


class User(Base, table=True):
    """An account; `tokens_void_before` ends every cookie that was issued earlier."""

    __tablename__ = "user_account"
    __table_args__ = (one_of("role", Role),)
    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(unique=True, max_length=80)
    role: str
    entity: str | None = Field(default=None, foreign_key="entity.acronym")
    password_hash: str
    language: str = "en"
    active: bool = True
    failed_attempts: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=Moment)
    tokens_void_before: datetime = Field(sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)


class UserCountry(Base, table=True):
    """A country that a user answers for."""

    __tablename__ = "user_country"
    user_id: int = Field(foreign_key="user_account.id", primary_key=True, ondelete="CASCADE")
    iso3: str = Field(foreign_key="member_state.iso3", primary_key=True)


class ApiToken(Base, table=True):
    """A personal token for the read-only API; only the SHA-256 of it is kept.

    `hint` is its beginning, by which its owner tells it from others.
    """

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest_whole"),
        Index("ix_api_token_user", "user_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    name: str = Field(max_length=80)
    digest: str = Field(unique=True, max_length=64)
    hint: str = Field(max_length=12)
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)


class SavedView(Base, table=True):
    """A table with its filters under a stable address, for a spreadsheet that asks again.

    `what` is a key of `ctai.files.lists.LISTS`, `query` its filters as URL parameters. No number is
    given twice: an address must never lead to another list.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        Index("ix_saved_view_user", "user_id", "id"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    name: str = Field(max_length=80)
    what: str = Field(max_length=40)
    query: str = Field(max_length=2000)
    made_at: datetime = Field(sa_type=Moment)
