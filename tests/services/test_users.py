"""Accounts are added, changed and ended by those who may, and each change is on record."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.models.records import Revision
from ctai.models.reference import Entity, MemberState
from ctai.queries import users
from ctai.services import add_user as adding
from ctai.services import set_password as passwords
from ctai.services.add_user import add_user
from ctai.services.set_password import set_password
from ctai.services.set_user_active import set_user_active

GOOD = "correct horse battery"
NAMES = {f"name_{lang}": "x" for lang in ("en", "fr", "es", "ar", "zh", "ru")}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash fast: these accounts guard nothing."""
    monkeypatch.setattr(passwords, "COST", 4)


@pytest.fixture
def known(session: Session) -> Session:
    """A session on a database that knows two countries and one entity."""
    for iso3, iso2, m49 in (("NGA", "NG", "566"), ("BFA", "BF", "854")):
        state = MemberState(iso3=iso3, iso2=iso2, m49=m49, region="011", kind="member", **NAMES)
        session.add(state)
    session.add(Entity(acronym="UNODC", kind="member", **NAMES))
    session.flush()
    return session


def reasons(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.column for fault in refused.value.faults}


def test_a_desk_officer_is_added_with_their_countries(known: Session) -> None:
    add_user(known, SYSTEM, " Ada ", "desk_officer", ["NGA", "BFA"], password=GOOD)
    account = users.by_username(known, "ada")
    assert account is not None
    assert account.viewer == Viewer("ada", Role.DESK_OFFICER, frozenset({"NGA", "BFA"}))
    assert GOOD not in (users.hash_of(known, "ada") or "")


def test_a_password_nobody_gave_is_made_long_and_different_each_time(known: Session) -> None:
    first = add_user(known, SYSTEM, "ada", "viewer")
    second = add_user(known, SYSTEM, "bob", "viewer")
    assert first != second
    assert min(len(first), len(second)) >= 16
    assert passwords.matches(first, users.hash_of(known, "ada"))


def test_every_reason_is_named_at_once(known: Session) -> None:
    with pytest.raises(Refused) as refused:
        add_user(known, SYSTEM, "A b", "desk_officer", [], "NOBODY", "short", "xx")
    assert reasons(refused) == {"username", "countries", "entity", "password", "language"}


@pytest.mark.parametrize(
    ("role", "countries", "entity", "column"),
    [
        ("desk_officer", [], None, "countries"),
        ("counterpart", [], None, "countries"),
        ("counterpart", ["XXX"], None, "countries"),
        ("counterpart", ["N\0A"], None, "countries"),
        ("viewer", ["NGA"], None, "countries"),
        ("focal_point", [], None, "entity"),
        ("focal_point", [], "NOBODY", "entity"),
        ("focal_point", [], "U\0", "entity"),
        ("viewer", [], "UNODC", "entity"),
        ("donor", [], "NOBODY", "entity"),
        ("king", [], None, "role"),
    ],
)
def test_a_role_gets_what_it_answers_for_and_nothing_else(
    known: Session, role: str, countries: list[str], entity: str | None, column: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_user(known, SYSTEM, "ada", role, countries, entity, GOOD)
    assert reasons(refused) == {column}
    assert users.by_username(known, "ada") is None


@pytest.mark.parametrize(
    "name", ["", "a", "system", "a" * 81, "-ada", "a b", "a\0b", "<b>", "é" * 3]
)
def test_a_name_that_is_none_is_refused(known: Session, name: str) -> None:
    with pytest.raises(Refused) as refused:
        add_user(known, SYSTEM, name, "viewer", password=GOOD)
    assert "username" in reasons(refused)


def test_a_name_is_taken_in_any_letter_case(known: Session) -> None:
    add_user(known, SYSTEM, "ada", "viewer", password=GOOD)
    with pytest.raises(Refused):
        add_user(known, SYSTEM, "ADA", "viewer", password=GOOD)


@pytest.mark.parametrize(
    "password", ["", "eleven chars"[:11], "ü" * 37, "administrator", "ADMINISTRATOR "]
)
def test_a_weak_password_is_refused(known: Session, password: str) -> None:
    with pytest.raises(Refused):
        add_user(known, SYSTEM, "administrator", "viewer", password=password)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_touches_accounts(known: Session, role: Role) -> None:
    add_user(known, SYSTEM, "ada", "viewer", password=GOOD)
    author = Viewer("eve", role)
    with pytest.raises(Refused):
        add_user(known, author, "bob", "viewer", password=GOOD)
    with pytest.raises(Refused):
        set_password(known, author, "ada", None, "another good one")
    with pytest.raises(Refused):
        set_user_active(known, author, "ada", active=False)
    with pytest.raises(Refused):
        users.listed(known, author)


def test_ones_own_password_needs_the_old_one(known: Session) -> None:
    add_user(known, SYSTEM, "ada", "administrator", password=GOOD)
    ada = Viewer("ada", Role.ADMINISTRATOR)
    for old in (None, "", "wrong", GOOD + "x" * 60):
        with pytest.raises(Refused) as refused:
            set_password(known, ada, "ada", old, "another good one")
        assert reasons(refused) == {"old"}
    set_password(known, ada, "ada", GOOD, "another good one")
    assert passwords.matches("another good one", users.hash_of(known, "ada"))


def test_nobody_disables_the_last_administrator(known: Session) -> None:
    add_user(known, SYSTEM, "ada", "administrator", password=GOOD)
    add_user(known, SYSTEM, "bob", "administrator", password=GOOD)
    ada = Viewer("ada", Role.ADMINISTRATOR)
    set_user_active(known, ada, "bob", active=False)
    with pytest.raises(Refused):
        set_user_active(known, ada, "ada", active=False)
    set_user_active(known, ada, "bob", active=True)
    set_user_active(known, ada, "ada", active=False)
    assert users.administrators(known) == 1


def test_two_administrators_cannot_disable_each_other_at_once(engine: Engine) -> None:
    with db.transaction(engine) as session:
        add_user(session, SYSTEM, "ada", "administrator", password=GOOD)
        add_user(session, SYSTEM, "bob", "administrator", password=GOOD)
    start = Barrier(2)

    def disable(author: str, other: str) -> bool:
        start.wait()
        try:
            with db.transaction(engine) as session:
                set_user_active(session, Viewer(author, Role.ADMINISTRATOR), other, active=False)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(disable, ("ada", "bob"), ("bob", "ada")))
    assert sorted(done) == [False, True]


def test_an_account_that_is_not_there_is_refused_by_name(known: Session) -> None:
    with pytest.raises(Refused):
        set_password(known, SYSTEM, "nobody", None, GOOD)
    with pytest.raises(Refused):
        set_user_active(known, SYSTEM, "nobody", active=True)


def test_the_list_has_every_account_and_no_secret(known: Session) -> None:
    add_user(known, SYSTEM, "bob", "counterpart", ["NGA", "BFA"], password=GOOD)
    add_user(known, SYSTEM, "ada", "focal_point", entity="UNODC", password=GOOD)
    rows = users.listed(known, SYSTEM)
    assert list(rows["username"]) == ["ada", "bob"]
    assert list(rows["countries"]) == ["", "BFA; NGA"]
    assert not [column for column in rows.columns if "hash" in column or "password" in column]


def test_the_list_of_no_accounts_still_has_its_columns(known: Session) -> None:
    assert tuple(users.listed(known, SYSTEM).columns) == users.COLUMNS


def test_every_change_is_on_record_and_no_secret_is(known: Session) -> None:
    add_user(known, SYSTEM, "ada", "viewer", password=GOOD)
    set_password(known, SYSTEM, "ada", None, "another good one")
    set_user_active(known, SYSTEM, "ada", active=False)
    revisions = known.exec(select(Revision)).all()
    assert [(r.field, r.old, r.new) for r in revisions] == [
        ("username", None, "ada"),
        ("role", None, "viewer"),
        ("language", None, "en"),
        ("active", None, "yes"),
        ("password", None, "changed"),
        ("active", "yes", "no"),
    ]
    told = " ".join(f"{r.old} {r.new} {r.why}" for r in revisions)
    assert GOOD not in told
    assert "another good one" not in told
    assert "$2b$" not in told


def test_a_generated_password_has_no_letters_that_are_mistaken_for_others() -> None:
    assert not set(adding.generated()) & set("ilo01ILO")
