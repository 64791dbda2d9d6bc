"""A running app, people who can sign in, and a browser that reports whatever goes wrong in it."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    StorageState,
    WebError,
    expect,
)

from ctai import db
from ctai.domain.roles import SYSTEM, Role
from ctai.services.add_user import add_user
from tests.browser import install_chromium

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
OWN_HOSTS = frozenset({"localhost", "127.0.0.1"})
COOKIE = "ctai_session"
REACH: dict[Role, dict[str, Any]] = {
    Role.COUNTERPART: {"countries": ["NGA"]},
    Role.DESK_OFFICER: {"countries": ["NGA"]},
    Role.FOCAL_POINT: {"entity": "UNODC"},
}


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in, and what they answer for as `add_user` takes it."""

    name: str
    password: str
    role: Role
    reach: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Installation:
    """A database with the embedded records and one person per role."""

    database: Path
    people: dict[Role, Person]


def initialise(database: Path) -> None:
    """Run `python -m ctai init` on a database."""
    done = subprocess.run(
        [sys.executable, "-m", "ctai", "init"],
        cwd=ROOT,
        env=environment(database),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"init ended with {done.returncode}:\n{done.stderr}"


def add_people(database: Path, people: Iterable[Person]) -> None:
    """Add accounts here: a command for each takes seconds to start, and tests/cli tries it."""
    engine = db.make_engine(f"sqlite:///{database}")
    with db.transaction(engine) as session:
        for one in people:
            add_user(session, SYSTEM, one.name, one.role, password=one.password, **one.reach)
    engine.dispose()


def environment(database: Path) -> dict[str, str]:
    """Give the variables of an installation of its own; nothing of the developer's comes along."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CTAI_")}
    return {
        **kept,
        "CTAI_DATABASE_URL": f"sqlite:///{database}",
        "CTAI_COOKIE_KEY": "for one run of the browser tests, and never again",
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def running(database: Path) -> Iterator[str]:
    """Start the app on a free port, give its address once it answers, and end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = database.with_suffix(".log")
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", "app.py"),
                *("--server.port", str(port), "--server.address", "127.0.0.1"),
                *("--server.headless", "true", "--server.fileWatcherType", "none"),
            ],
            cwd=ROOT,
            env=environment(database),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            await_health(url, process, log)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def await_health(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the app answers; fail with its log when it ends or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=2) as answer:  # noqa: S310  # our own
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"The app did not start:\n{log.read_text('utf-8')}")


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A finished installation; servers work on copies of it."""
    database = tmp_path_factory.mktemp("installation") / "ctai.db"
    initialise(database)
    people = {
        role: Person(f"test_{role}", f"correct horse {role} staple 42", role, REACH.get(role, {}))
        for role in Role
    }
    add_people(database, people.values())
    return Installation(database, people)


@pytest.fixture(scope="session")
def people(installation: Installation) -> dict[Role, Person]:
    """One person per role, who can sign in on `server` and `cold_server`."""
    return installation.people


@pytest.fixture(scope="session")
def server(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that all tests share: read there, and write what harms nobody."""
    with running(copied(installation, tmp_path_factory.mktemp("server"))) as url:
        yield url


@pytest.fixture
def cold_server(installation: Installation, tmp_path: Path) -> Iterator[str]:
    """The address of an app just started: nobody has opened a page of it yet."""
    with running(copied(installation, tmp_path)) as url:
        yield url


def copied(installation: Installation, folder: Path) -> Path:
    """Copy an installation's database, with what may still be in its log."""
    database = folder / "ctai.db"
    with (
        closing(sqlite3.connect(installation.database)) as source,
        closing(sqlite3.connect(database)) as copy,
    ):
        source.backup(copy)
    return database


@pytest.fixture(scope="session")
def base_url() -> None:
    """Leave addresses to `server` and `cold_server`; pytest 9 also refuses the plugin's own."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's own Chromium, or Playwright's where there is none on PATH."""
    found = install_chromium.on_path()
    return {
        **browser_type_launch_args,
        "args": install_chromium.ARGUMENTS,
        **({"executable_path": found} if found else {}),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Look at the app as most people do: 1280 pixels wide, in English, in UTC."""
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 800},
        "locale": "en-GB",
        "timezone_id": "UTC",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """Everything that went wrong in the browser; a test with any left at its end fails.

    A test that provokes a fault says so: it asserts what stands here, then clears it.
    """
    found: list[str] = []
    yield found
    assert found == [], "\n".join(found)


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], faults: list[str]
) -> Callable[..., BrowserContext]:
    """Watch every window that a test opens, so also pytest-playwright's own."""

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        watch(context, faults)
        return context

    return watched


def watch(context: BrowserContext, faults: list[str]) -> None:
    """Note console errors, uncaught errors, and requests to any host but this one."""

    def note_message(message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        if message.type == "error":
            faults.append(f"console: {message.text} ({url})")

    def note_error(error: WebError) -> None:
        faults.append(f"uncaught: {error.error}")

    def note_request(request: Request) -> None:
        note_address(request.url)

    def note_address(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in OWN_HOSTS:
            faults.append(f"request to another host: {url}")

    def note_page(opened: Page) -> None:
        opened.on("websocket", lambda socket: note_address(socket.url))

    context.on("console", note_message)
    context.on("weberror", note_error)
    context.on("request", note_request)
    context.on("page", note_page)


Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def signed_in() -> dict[Role, StorageState]:
    """The cookies of everybody who has signed in on `server`; nobody signs out there."""
    return {}


@pytest.fixture
def visitor(
    new_context: Callable[..., BrowserContext],
    server: str,
    people: dict[Role, Person],
    signed_in: dict[Role, StorageState],
) -> Visitor:
    """Open a window of somebody who is signed in: `visitor(Role.VIEWER)`."""

    def enter(role: Role) -> Page:
        if role not in signed_in:
            door = new_context()
            fill_in(opened(door.new_page(), f"{server}/about", title=False), people[role])
            await_cookie(door.pages[0], present=True)
            signed_in[role] = door.storage_state()
            door.close()
        context = new_context(storage_state=signed_in[role], base_url=server)
        return context.new_page()

    return enter


def fill_in(page: Page, person: Person) -> None:
    """Sign in by the form, and wait until the page behind it is there."""
    page.locator("input[autocomplete=username]").fill(person.name)
    page.locator("input[type=password]").fill(person.password)
    page.keyboard.press("Enter")
    # Attached, not visible: on a narrow screen the menu is folded away.
    page.get_by_test_id("stPageLink").first.wait_for(state="attached")


def session_cookie(context: BrowserContext) -> str | None:
    """Give the token in the browser's cookie."""
    found = [cookie for cookie in context.cookies() if cookie.get("name") == COOKIE]
    return found[0].get("value") if found else None


def await_cookie(page: Page, present: bool) -> str | None:
    """Wait until the cookie is written, or gone."""
    page.wait_for_function(
        "([name, present]) => document.cookie.includes(name + '=') === present",
        arg=[COOKIE, present],
    )
    return session_cookie(page.context)


def settled(page: Page) -> Page:
    """Wait until the app has nothing left to say."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=20_000
    )
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    return page


def opened(page: Page, address: str, *, title: bool = True) -> Page:
    """Open a link and wait until its page stands, or the front door before it."""
    page.goto(address)
    if title:
        page.get_by_test_id("stMain").locator("h1").first.wait_for()
    return settled(page)
