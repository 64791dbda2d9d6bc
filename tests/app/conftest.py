"""The app as AppTest runs it: through the front door, on a database of the test's own."""

import io
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from sqlmodel import Session, select
from streamlit.components.v2 import manifest_scanner
from streamlit.components.v2.manifest_scanner import scan_component_manifests
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.arrivals import Row
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.exchange.records_in import read_records
from ctai.models.activities import ActivityText
from ctai.models.reference import Entity, MemberState
from ctai.queries import codes
from ctai.services import set_password, sign_in
from ctai.services.add_user import add_user
from ctai.services.initialise import initialise
from ctai.services.store_activity import enter
from ctai.services.store_evidence import enter_assessment, enter_need, enter_request
from ctai.settings import ROOT, settings
from tests import drafts

PASSWORD = "correct horse battery staple"
NAMES = ("name_en", "name_fr", "name_es", "name_ar", "name_zh", "name_ru")
TIMEOUT_S = 60


@pytest.fixture(scope="session", autouse=True)
def packages_scanned_once() -> Iterator[None]:
    """Look once, not for each visit, which installed packages bring components for Streamlit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan_component_manifests))
        yield


@pytest.fixture
def installation(sqlite_url: str) -> Iterator[str]:
    """A database that the app uses, with an account per role; the role's code is the username."""
    with _in_use(sqlite_url):
        with db.transaction(db.shared_engine(sqlite_url)) as session:
            _reference(session)
            _accounts(session)
        yield sqlite_url


@contextmanager
def _in_use(url: str) -> Iterator[None]:
    """Have the app work on this database, and forget it afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CTAI_DATABASE_URL", url)
        patch.setenv("CTAI_COOKIE_KEY", "for one test, and never again after")
        patch.setattr(set_password, "COST", 4)
        _let_go()
        yield
        db.shared_engine(url).dispose()
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


def _accounts(session: Session, but: Role | None = None) -> None:
    for role in Role:
        if role is but:
            continue
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


QUIET = {
    ("NGA", Visibility.RESTRICTED): "Zumbrota",
    ("NGA", Visibility.UN_SYSTEM): "Yarraville",
    ("BFA", Visibility.RESTRICTED): "Xochimilco",
    ("BFA", Visibility.UN_SYSTEM): "Wollongong",
}
"""Words that stand in the titles of records which not everybody may see, and nowhere else."""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the embedded records, an account per role, and the `QUIET` records."""
    file = tmp_path_factory.mktemp("filled") / "ctai.db"
    url = f"sqlite:///{file}"

    def read(content: bytes, aliases: Mapping[str, str]) -> Iterator[Row]:
        return read_records(io.BytesIO(content), aliases, Visibility.PUBLIC)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(set_password, "COST", 4)
        initialise(url, ROOT / "data", read)
        engine = db.make_engine(url)
        with db.transaction(engine) as session:
            set_password.set_password(session, SYSTEM, "administrator", None, PASSWORD)
            _accounts(session, but=Role.ADMINISTRATOR)
            _quiet(session)
        engine.dispose()
    return file


def _quiet(session: Session) -> None:
    """Store a record of every kind for each country and level of `QUIET`."""
    known = codes.known(session)
    for (iso3, level), word in QUIET.items():
        # Nigeria's are the focal point's own as well.
        entity = "UNODC" if iso3 == "NGA" else "IOM"
        draft = drafts.activity(f"{word} course", (iso3,), (entity,), visibility=level)
        enter(session, SYSTEM, draft, known)
        need = drafts.need(f"N-{word}", (iso3,), visibility=level)
        enter_need(session, SYSTEM, need, known)
        visit = drafts.assessment(f"{word} visit", (iso3,), lead=entity, visibility=level)
        enter_assessment(session, SYSTEM, visit, known)
        asked = drafts.request(f"{word} help", iso3, addressed_to=entity, visibility=level)
        enter_request(session, SYSTEM, asked, known)


@pytest.fixture
def records(filled: Path, tmp_path: Path) -> Iterator[str]:
    """A copy of `filled` of the test's own, which the app uses; its URL."""
    with _in_use(_copied(filled, tmp_path)):
        yield settings().database_url


@pytest.fixture(scope="module")
def shelf(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A copy of `filled` that the tests of a file share, and only read; its URL."""
    with _in_use(_copied(filled, tmp_path_factory.mktemp("shelf"))):
        yield settings().database_url


def _copied(source: Path, folder: Path) -> str:
    file = folder / "copy.db"
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(file)) as copy:
        there.backup(copy)
    return f"sqlite:///{file}"


def visit(role: Role, /, **query: str) -> AppTest:
    """Be somebody who signed in a moment ago, at a link with these parameters; not yet run."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT_S)
    at.session_state["session_token"] = sign_in.token_for(settings(), Viewer(role.value, role))
    at.query_params.update(query)
    return at


def opened(role: Role, stem: str, /, **query: str) -> AppTest:
    """Open a page by its link, as a role, and no other page before it."""
    return turned(visit(role, **query), stem)


def turned(at: AppTest, stem: str, /, **query: str) -> AppTest:
    """Follow a link to a page and its parameters."""
    for name, value in query.items():
        at.query_params[name] = value
    # Without what stands in the widgets of the last page: AppTest would ask for their labels
    # outside of any run, where there is no language but English.
    at.switch_page(f"pages/{stem}.py")._run()
    return at


def number_of(url: str, title: str) -> int:
    """Give the number of the activity with this title."""
    with db.reading(db.shared_engine(url)) as session:
        return session.exec(
            select(ActivityText.activity_id).where(ActivityText.title == title)
        ).one()
