"""People with accounts for tests of review: it is by their account that authors are known."""

from sqlalchemy import update
from sqlmodel import Session, col

from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.models.people import User, UserCountry
from ctai.queries import users
from ctai.services.add_user import add_user

WORD = "correct horse battery staple"


def account(
    session: Session,
    name: str,
    role: Role,
    countries: tuple[str, ...] = (),
    entity: str | None = None,
) -> Viewer:
    """Give somebody an account, and the viewer that they are by it."""
    add_user(session, SYSTEM, name, role.value, countries, entity, WORD)
    found = users.by_username(session, name)
    assert found is not None
    return found.viewer


def promoted(session: Session, name: str, role: Role, countries: tuple[str, ...] = ()) -> Viewer:
    """Give an account another role, as somebody at the database might, and the viewer it is now."""
    session.execute(update(User).where(col(User.username) == name).values(role=role, entity=None))
    before = users.by_username(session, name)
    assert before is not None
    session.add_all(UserCountry(user_id=before.id, iso3=iso3) for iso3 in countries)
    session.flush()
    session.expire_all()
    after = users.by_username(session, name)
    assert after is not None
    return after.viewer
