"""Signing in: what counts as a wrong password, what locks, and what ends a token."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from ctai import db
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.models.people import User
from ctai.services import set_password as passwords
from ctai.services.add_user import add_user
from ctai.services.set_password import set_password
from ctai.services.set_user_active import set_user_active
from ctai.services.sign_in import sign_in, sign_out, token_for, viewer_of_token
from ctai.settings import Settings

GOOD = "correct horse battery"
HOUSE = Settings(database_url="", cookie_key="k" * 32)
ADA = Viewer("ada", Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash fast: these accounts guard nothing."""
    monkeypatch.setattr(passwords, "COST", 4)


@pytest.fixture
def accounts(engine: Engine) -> Engine:
    """A database with two administrators, ada and bob."""
    with db.transaction(engine) as session:
        add_user(session, SYSTEM, "ada", "administrator", password=GOOD)
        add_user(session, SYSTEM, "bob", "administrator", password=GOOD)
    return engine


def failures(engine: Engine, username: str = "ada") -> tuple[int, datetime | None]:
    with db.reading(engine) as session:
        user = session.exec(select(User).where(User.username == username)).one()
        return user.failed_attempts, user.locked_until


def holder(engine: Engine, token: str | None, house: Settings = HOUSE) -> Viewer | None:
    with db.reading(engine) as session:
        return viewer_of_token(session, house, token)


def test_the_right_password_signs_in_whatever_the_names_case(accounts: Engine) -> None:
    assert sign_in(accounts, HOUSE, " Ada", GOOD) == ADA


@pytest.mark.parametrize("password", ["", "wrong", GOOD.upper(), GOOD + " ", "x" * 10_000, "\0"])
def test_a_wrong_password_is_refused_and_counted(accounts: Engine, password: str) -> None:
    assert sign_in(accounts, HOUSE, "ada", password) is None
    assert failures(accounts) == (1, None)


def test_a_longer_password_with_the_right_beginning_is_wrong(accounts: Engine) -> None:
    longest = "x" * passwords.LONGEST_BYTES
    with db.transaction(accounts) as session:
        set_password(session, SYSTEM, "ada", None, longest)
    assert sign_in(accounts, HOUSE, "ada", longest + "y") is None
    assert sign_in(accounts, HOUSE, "ada", longest) == ADA


def test_the_right_password_forgets_the_wrong_ones(accounts: Engine) -> None:
    sign_in(accounts, HOUSE, "ada", "wrong")
    sign_in(accounts, HOUSE, "ada", GOOD)
    assert failures(accounts) == (0, None)


def test_five_wrong_passwords_lock_the_account_for_a_while(
    accounts: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    start = datetime.now(UTC)
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            assert sign_in(accounts, HOUSE, "ada", "wrong", start) is None
    assert "ada is locked" in caplog.text
    assert "wrong" not in caplog.text
    later = start + timedelta(minutes=14)
    assert sign_in(accounts, HOUSE, "ada", GOOD, later) is None
    assert sign_in(accounts, HOUSE, "bob", GOOD, later) is not None
    assert sign_in(accounts, HOUSE, "ada", GOOD, start + timedelta(minutes=16)) == ADA


def test_a_lock_that_is_over_leaves_five_new_attempts(accounts: Engine) -> None:
    start = datetime.now(UTC)
    for _ in range(5):
        sign_in(accounts, HOUSE, "ada", "wrong", start)
    later = start + timedelta(minutes=16)
    for _ in range(4):
        sign_in(accounts, HOUSE, "ada", "wrong", later)
    assert sign_in(accounts, HOUSE, "ada", GOOD, later) == ADA


def test_a_guess_that_was_being_checked_when_the_lock_fell_is_refused(
    accounts: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    matches = passwords.matches

    def slowly(password: str, known: str | None) -> bool:
        monkeypatch.setattr(passwords, "matches", matches)
        for _ in range(5):
            sign_in(accounts, HOUSE, "ada", "wrong")
        return matches(password, known)

    monkeypatch.setattr(passwords, "matches", slowly)
    assert sign_in(accounts, HOUSE, "ada", GOOD) is None


@pytest.mark.parametrize("name", ["nobody", "", "a\0b", "x" * 1_000_000, "'; drop table --", "é"])
def test_an_unknown_name_is_refused_without_a_trace(accounts: Engine, name: str) -> None:
    assert sign_in(accounts, HOUSE, name, GOOD) is None
    assert failures(accounts) == (0, None)


def test_an_unknown_name_takes_as_long_as_a_known_one(
    accounts: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "COST", 10)
    hashed = passwords.hashed(GOOD)

    def seconds(known: str | None) -> float:
        start = time.perf_counter()
        assert not passwords.matches("wrong", known)
        return time.perf_counter() - start

    known = min(seconds(hashed) for _ in range(3))
    unknown = min(seconds(None) for _ in range(3))
    assert unknown > known / 2


def test_a_disabled_account_does_not_sign_in(accounts: Engine) -> None:
    with db.transaction(accounts) as session:
        set_user_active(session, ADA, "bob", active=False)
    assert sign_in(accounts, HOUSE, "bob", GOOD) is None


def test_a_token_tells_whose_it_is_by_what_the_database_says_now(accounts: Engine) -> None:
    assert holder(accounts, token_for(HOUSE, Viewer("ada", Role.VIEWER))) == ADA


def end_by_signing_out(session: Session) -> None:
    sign_out(session, ADA)


def end_by_own_password(session: Session) -> None:
    set_password(session, ADA, "ada", GOOD, "another good one")


def end_by_an_administrator(session: Session) -> None:
    set_password(session, Viewer("bob", Role.ADMINISTRATOR), "ada", None, "another good one")


def end_by_disabling(session: Session) -> None:
    set_user_active(session, SYSTEM, "ada", active=False)


def end_by_disabling_for_a_moment(session: Session) -> None:
    set_user_active(session, SYSTEM, "ada", active=False)
    set_user_active(session, SYSTEM, "ada", active=True)


@pytest.mark.parametrize(
    "end",
    [
        end_by_signing_out,
        end_by_own_password,
        end_by_an_administrator,
        end_by_disabling,
        end_by_disabling_for_a_moment,
    ],
)
def test_a_token_ends_with(accounts: Engine, end: Callable[[Session], None]) -> None:
    mine, others = token_for(HOUSE, ADA), token_for(HOUSE, Viewer("bob", Role.ADMINISTRATOR))
    with db.transaction(accounts) as session:
        end(session)
    assert holder(accounts, mine) is None
    assert holder(accounts, others) is not None


def test_a_new_token_holds_after_an_old_one_was_ended(accounts: Engine) -> None:
    with db.transaction(accounts) as session:
        sign_out(session, ADA)
    assert holder(accounts, token_for(HOUSE, ADA)) == ADA


def test_a_token_expires(accounts: Engine) -> None:
    with db.transaction(accounts) as session:
        user = session.exec(select(User).where(User.username == "ada")).one()
        user.tokens_void_before = datetime(2020, 1, 1, tzinfo=UTC)
        session.add(user)
    now = datetime.now(UTC)
    assert holder(accounts, token_for(HOUSE, ADA, now - timedelta(hours=7))) == ADA
    assert holder(accounts, token_for(HOUSE, ADA, now - timedelta(hours=9))) is None


def test_a_token_of_another_key_or_none_is_nobodys(accounts: Engine) -> None:
    other = token_for(replace(HOUSE, cookie_key="x" * 32), ADA)
    unsigned = jwt.encode({"sub": "ada", "iat": 2e9, "exp": 4e9}, "", "none")
    unknown = token_for(HOUSE, Viewer("nobody", Role.ADMINISTRATOR))
    endless = jwt.encode({"sub": "ada", "iat": 2e9}, HOUSE.cookie_key, "HS256")
    for token in (other, unsigned, unknown, endless, "", None, "a.b.c", "é" * 100):
        assert holder(accounts, token) is None
