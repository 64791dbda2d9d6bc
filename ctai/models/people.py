"""Who may sign in, in what role, and for which countries or entity."""

from datetime import datetime

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
