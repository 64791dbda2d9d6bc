"""An installation with records of every level, an account of each role, and a server around it."""

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from sqlalchemy import Engine
from starlette.applications import Starlette

from ctai import db, server
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.server import api_tokens
from ctai.services import set_password
from ctai.services.add_user import add_user
from ctai.services.make_token import make_token
from ctai.services.store_activity import enter
from ctai.services.store_evidence import enter_need
from ctai.settings import settings
from tests import drafts
from tests.drafts import KNOWN, PEOPLE, activity, add_code_lists
from tests.server.asking import Tokens

PASSWORD = "correct horse battery"


@pytest.fixture
def store(database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tokens]:
    """A store with three activities of every level and a need; a token for each role."""
    monkeypatch.setenv("CTAI_DATABASE_URL", database_url)
    monkeypatch.setenv("CTAI_COOKIE_KEY", "k" * 32)
    monkeypatch.setattr(set_password, "COST", 4)
    monkeypatch.setattr(api_tokens.allowance, "burst", 100_000)
    api_tokens.allowance.forget()
    settings.cache_clear()
    with db.transaction(engine) as session:
        add_code_lists(session)
        for level in Visibility:
            for iso3 in ("NGA", "BFA"):
                draft = activity(f"{level.value} in {iso3}", (iso3,), visibility=level)
                enter(session, SYSTEM, draft, KNOWN)
        enter_need(session, SYSTEM, drafts.need(), KNOWN)
        made = {}
        for role, person in PEOPLE.items():
            countries, entity = tuple(person.countries), person.entity
            add_user(session, SYSTEM, person.username, role.value, countries, entity, PASSWORD)
            made[role] = make_token(session, person, "spreadsheet", 30)
    yield made
    db.shared_engine(database_url).dispose()
    settings.cache_clear()


@pytest.fixture
def address(store: dict[Role, str]) -> Iterator[str]:
    """The address of a running server with that store behind it."""
    app = Starlette(routes=server.ROUTES, middleware=server.MIDDLEWARE)
    running = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join()
