"""The app as AppTest runs it: through the front door, on a database of the test's own."""

from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.roles import SYSTEM, Role
from ctai.models.reference import Entity, MemberState
from ctai.services import set_password
from ctai.services.add_user import add_user
from ctai.settings import ROOT, settings

PASSWORD = "correct horse battery staple"
NAMES = ("name_en", "name_fr", "name_es", "name_ar", "name_zh", "name_ru")
TIMEOUT_S = 60


@pytest.fixture
def installation(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database that the app uses, with an account per role; the role's code is the username."""
    monkeypatch.setenv("CTAI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CTAI_COOKIE_KEY", "for one test, and never again after")
    monkeypatch.setattr(set_password, "COST", 4)
    _let_go()
    with db.transaction(db.shared_engine(sqlite_url)) as session:
        _reference(session)
        _accounts(session)
    yield sqlite_url
    db.shared_engine(sqlite_url).dispose()
    _let_go()


def _let_go() -> None:
    settings.cache_clear()
    db.shared_engine.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()


def _reference(session: Session) -> None:
    """Know the country and the entity that accounts answer for, unless a test brings its own."""
    session.add(
        MemberState(
            iso3="NGA",
            iso2="NG",
            m49="566",
            region="011",
            kind="member",
            **dict.fromkeys(NAMES, "Nigeria"),
        )
    )
    session.add(Entity(acronym="UNODC", kind="member", **dict.fromkeys(NAMES, "UNODC")))
    session.flush()


def _accounts(session: Session) -> None:
    for role in Role:
        countries = ["NGA"] if role in {Role.DESK_OFFICER, Role.COUNTERPART} else []
        entity = "UNODC" if role is Role.FOCAL_POINT else None
        add_user(session, SYSTEM, role.value, role, countries, entity, PASSWORD)


@pytest.fixture
def app(installation: str) -> AppTest:
    """A visitor at the front door."""
    del installation
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT_S)


def submit(at: AppTest, username: str, password: str) -> AppTest:
    """Fill in the sign-in form and send it."""
    at.text_input(key="sign_in_username").set_value(username)
    at.text_input(key="sign_in_password").set_value(password)
    at.form("sign_in").button[0].click()
    return at.run()


SignedIn = Callable[..., AppTest]


@pytest.fixture
def signed_in(installation: str) -> SignedIn:
    """Sign in by the form: `signed_in(Role.VIEWER, lang="fr", country="NGA")`."""
    del installation

    def enter(role: Role, **query: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT_S)
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception
        return submit(at, role.value, PASSWORD)

    return enter
