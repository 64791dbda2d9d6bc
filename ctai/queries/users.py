"""Accounts: who they are and what they reach, without the secrets they sign in with."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlmodel import Session, col, func, select

from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Role, Viewer
from ctai.models.people import User, UserCountry

COLUMNS = (
    "username",
    "role",
    "countries",
    "entity",
    "language",
    "active",
    "locked_until",
    "created_at",
)


@dataclass(frozen=True)
class Account:
    """An account as everybody but the sign-in sees it: no hash."""

    id: int
    username: str
    role: Role
    countries: frozenset[str]
    entity: str | None
    language: str
    active: bool
    locked_until: datetime | None
    tokens_void_before: datetime
    created_at: datetime

    @property
    def viewer(self) -> Viewer:
        """The account as the rest of the system knows it."""
        return Viewer(self.username, self.role, self.countries, self.entity)


def by_username(session: Session, username: str) -> Account | None:
    """Read one account; usernames are lower case."""
    return next(iter(_accounts(session, username)), None)


def hash_of(session: Session, username: str) -> str | None:
    """Read the password's hash, for the sign-in only; None where there is no such account."""
    return session.exec(select(User.password_hash).where(User.username == username)).one_or_none()


def administrators(session: Session) -> int:
    """Count the administrators who may sign in."""
    statement = select(func.count()).where(User.role == Role.ADMINISTRATOR, col(User.active))
    return session.exec(statement).one()


def listed(session: Session, viewer: Viewer) -> pd.DataFrame:
    """List every account by username; `countries` are codes joined by "; "; see `COLUMNS`."""
    if not viewer.may(Action.MANAGE_USERS):
        raise Refused([Fault("Only an administrator may see the accounts.")])
    rows = [
        {
            "username": account.username,
            "role": account.role.value,
            "countries": "; ".join(sorted(account.countries)),
            "entity": account.entity,
            "language": account.language,
            "active": account.active,
            "locked_until": account.locked_until,
            "created_at": account.created_at,
        }
        for account in _accounts(session)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _accounts(session: Session, username: str | None = None) -> list[Account]:
    statement = (
        select(User, UserCountry.iso3)
        .outerjoin(UserCountry, col(UserCountry.user_id) == col(User.id))
        .order_by(col(User.username))
    )
    if username is not None:
        statement = statement.where(User.username == username)
    countries: dict[str, set[str]] = {}
    users: dict[str, User] = {}
    for user, iso3 in session.exec(statement):
        users[user.username] = user
        countries.setdefault(user.username, set()).update({iso3} if iso3 else ())
    return [_account(user, frozenset(countries[name])) for name, user in users.items()]


def _account(user: User, countries: frozenset[str]) -> Account:
    return Account(
        id=user.id or 0,
        username=user.username,
        role=Role(user.role),
        countries=countries,
        entity=user.entity,
        language=user.language,
        active=user.active,
        locked_until=user.locked_until,
        tokens_void_before=user.tokens_void_before,
        created_at=user.created_at,
    )
