"""Add an account: its username, its role, and what the role answers for."""

import re
import secrets
from collections.abc import Collection

from sqlmodel import Session, col, select

from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Role, Viewer
from ctai.i18n import LANGUAGES
from ctai.models.people import User, UserCountry
from ctai.models.reference import Entity, MemberState
from ctai.services import revisions, set_password

USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,79}")
RESERVED = frozenset({"system"})
"""Names that the revision log gives to no person."""
WITH_COUNTRIES = frozenset({Role.DESK_OFFICER, Role.COUNTERPART})
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a generated password is made of: nothing that is mistaken for something else in print."""


def add_user(
    session: Session,
    author: Viewer,
    username: str,
    role: str,
    countries: Collection[str] = (),
    entity: str | None = None,
    password: str | None = None,
    language: str = LANGUAGES[0],
) -> str:
    """Add an account and return its password, a generated one where none is given.

    Raise Refused with every reason.
    """
    if not author.may(Action.MANAGE_USERS):
        raise Refused([Fault("Only an administrator may add an account.")])
    name = username.strip().lower()
    secret = generated() if password is None else password
    reasons = [
        *_faults_of_name(session, name),
        *_faults_of_role(session, role, countries, entity),
        *set_password.faults_of(name, secret),
    ]
    if language not in LANGUAGES:
        reasons.append(Fault("The language is unknown. Choose one of the list.", "language"))
    if reasons:
        raise Refused(reasons)
    moment = revisions.now()
    user = User(
        username=name,
        role=Role(role).value,
        entity=entity,
        password_hash=set_password.hashed(secret),
        language=language,
        tokens_void_before=moment,
        created_at=moment,
    )
    _store(session, author, user, sorted(set(countries)))
    return secret


def generated() -> str:
    """Make a password of four groups of five letters, 99 bits, that can be read out and typed."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def _store(session: Session, author: Viewer, user: User, countries: list[str]) -> None:
    session.add(user)
    session.flush()
    number = user.id or 0
    session.add_all(UserCountry(user_id=number, iso3=iso3) for iso3 in countries)
    session.flush()
    values = {
        "username": user.username,
        "role": user.role,
        "countries": ", ".join(countries),
        "entity": user.entity or "",
        "language": user.language,
        "active": "yes",
    }
    changes = revisions.differences({}, values)
    revisions.log(session, author, RecordKind.USER, number, changes)


def _faults_of_name(session: Session, name: str) -> list[Fault]:
    if not USERNAME.fullmatch(name) or name in RESERVED:
        return [
            Fault(
                "“{seen}” cannot be a username. Use 2 to 80 lower-case letters, digits, "
                "or . _ @ + -, beginning with a letter or digit.",
                "username",
                {"seen": shown(name)},
            )
        ]
    if session.exec(select(User.id).where(User.username == name)).first() is not None:
        return [
            Fault("The username “{seen}” is taken. Choose another one.", "username", {"seen": name})
        ]
    return []


def _faults_of_role(
    session: Session, role: str, countries: Collection[str], entity: str | None
) -> list[Fault]:
    if role not in set(Role):
        return [
            Fault(
                "The role “{seen}” is unknown. Choose one of the list.",
                "role",
                {"seen": shown(role)},
            )
        ]
    found = []
    if role in WITH_COUNTRIES and not countries:
        found.append(Fault("This role needs at least one country.", "countries"))
    if role not in WITH_COUNTRIES and countries:
        found.append(Fault("This role has no countries. Leave them out.", "countries"))
    if role == Role.FOCAL_POINT and not entity:
        found.append(Fault("A focal point needs an entity.", "entity"))
    if role not in (Role.FOCAL_POINT, Role.DONOR) and entity:
        found.append(Fault("Only a focal point or a donor has an entity. Leave it out.", "entity"))
    return [*found, *_unknown_codes(session, countries, entity)]


def _unknown_codes(session: Session, countries: Collection[str], entity: str | None) -> list[Fault]:
    asked = [iso3 for iso3 in countries if iso3.isascii() and iso3.isalpha()]
    known = session.exec(select(MemberState.iso3).where(col(MemberState.iso3).in_(asked)))
    found = [
        Fault(
            "The country “{seen}” is unknown. Use its three-letter code.",
            "countries",
            {"seen": shown(iso3)},
        )
        for iso3 in sorted(set(countries) - set(known))
    ]
    if entity and ("\0" in entity or session.get(Entity, entity) is None):
        found.append(
            Fault(
                "The entity “{seen}” is unknown. Use its acronym.",
                "entity",
                {"seen": shown(entity)},
            )
        )
    return found
