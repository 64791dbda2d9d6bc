"""The server around the screen: headers, closed doors, downloads after a check, health."""

import asyncio
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.types import Message

from ctai import db, files, server
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.domain.scope import Scope
from ctai.models.records import DataMoment
from ctai.services import set_password
from ctai.services.add_user import add_user
from ctai.services.sign_in import COOKIE, sign_out, token_for
from ctai.settings import settings

GOOD = "correct horse battery"
ADA = Viewer("ada", Role.VIEWER)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    pieces: list[bytes]

    @property
    def text(self) -> str:
        """The body, decoded."""
        return b"".join(self.pieces).decode("utf-8")


@pytest.fixture(autouse=True)
def installation(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation with one account, ada, and one download that tells what it was given."""
    monkeypatch.setenv("CTAI_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CTAI_COOKIE_KEY", "k" * 32)
    monkeypatch.setattr(set_password, "COST", 4)
    monkeypatch.setitem(files.FILES, "told", told)
    monkeypatch.setitem(files.WORKBOOKS, "told", told_whole)
    settings.cache_clear()
    with db.transaction(db.shared_engine(sqlite_url)) as session:
        add_user(session, SYSTEM, "ada", "viewer", password=GOOD)
    yield
    db.shared_engine(sqlite_url).dispose()
    settings.cache_clear()


def told(
    session: Session, viewer: Viewer, _scope: Scope, filters: Mapping[str, str], _lang: str
) -> Iterator[bytes]:
    if "bad" in filters:
        raise Refused([Fault("No such filter.", "bad"), Fault("Nor this one.", "worse")])
    session.connection()  # still open while the file is written
    yield f"{viewer.username}\n".encode()
    for name, value in filters.items():
        yield f'{name},"{value}"\n'.encode()


def told_whole(session: Session, viewer: Viewer, filters: Mapping[str, str], lang: str) -> bytes:
    return b"".join(told(session, viewer, Scope(), filters, lang))


def get(path: str, query: str = "", token: str | None = None, accept: str = "") -> Answer:
    """Ask the routes behind the guard, as an ASGI server does."""
    headers = [(b"accept-language", accept.encode())]
    if token is not None:
        headers.append((b"cookie", f"{COOKIE}={token}".encode()))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "server": ("localhost", 80),
        "client": ("localhost", 1),
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "headers": headers,
        "query_string": query.encode(),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(dict(message))

    app = Starlette(routes=server.ROUTES, middleware=server.MIDDLEWARE)
    asyncio.run(app(scope, receive, send))
    start = sent[0]
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    pieces = [piece for message in sent[1:] if (piece := message.get("body"))]
    return Answer(start["status"], named, pieces)


def test_a_download_is_streamed_to_somebody_signed_in() -> None:
    answer = get("/download/told.csv", "pillar=I&pillar=IV&lang=fr", token_for(settings(), ADA))
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="told.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert list(csv.reader(answer.text.splitlines())) == [["ada"], ["pillar", "I,IV"]]
    assert len(answer.pieces) == 2


def test_a_download_is_refused_without_a_cookie_in_the_visitors_language() -> None:
    answer = get("/download/told.csv", accept="fr")
    assert answer.status == 401
    assert answer.headers["content-type"].startswith("text/plain")
    assert "ada" not in answer.text


def test_a_download_is_refused_with_a_forged_or_voided_cookie() -> None:
    token = token_for(settings(), ADA)
    with db.transaction(db.shared_engine(settings().database_url)) as session:
        sign_out(session, ADA)
    assert get("/download/told.csv", token=token).status == 401
    assert get("/download/told.csv", token="a.b.c").status == 401


@pytest.mark.parametrize("what", ["nothing", "..%2ftold", "told.csv"])
def test_an_unknown_download_is_not_found(what: str) -> None:
    assert get(f"/download/{what}.csv", token=token_for(settings(), ADA)).status == 404


def test_a_download_of_a_day_gone_by_is_named_after_it() -> None:
    day = datetime.now(UTC).date() - timedelta(days=1)
    token = token_for(settings(), ADA)
    too_early = get("/download/told.csv", f"as_of={day}", token)
    assert too_early.status == 400
    assert "before the first day on record" in too_early.text
    with db.transaction(db.shared_engine(settings().database_url)) as session:
        session.execute(update(DataMoment).values(at=datetime.now(UTC) - timedelta(days=9)))
    answer = get("/download/told.csv", f"as_of={day}", token)
    assert answer.status == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="told_{day}.csv"'
    assert get("/download/told.csv", "as_of=soon%0D%0AX: y", token).status == 400


def test_a_bad_filter_is_answered_with_every_reason() -> None:
    answer = get("/download/told.csv", "bad=1", token_for(settings(), ADA))
    assert answer.status == 400
    assert answer.text == "bad · No such filter.\nworse · Nor this one."


def test_a_workbook_goes_through_the_same_checks() -> None:
    token = token_for(settings(), ADA)
    answer = get("/download/told.xlsx", "plan=3", token)
    assert answer.status == 200
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert answer.headers["content-disposition"] == 'attachment; filename="told.xlsx"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.splitlines() == ["ada", 'plan,"3"']
    assert get("/download/told.xlsx").status == 401
    assert get("/download/nothing.xlsx", token=token).status == 404
    assert get("/download/activities.xlsx", token=token).status == 404
    refused = get("/download/told.xlsx", "bad=1", token)
    assert (refused.status, len(refused.text.splitlines())) == (400, 2)


@pytest.mark.parametrize("path", ["/", "/healthz", "/download/told.csv", "/nonsense"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    headers = get(path).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-" in policy
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-eval'" not in policy
    assert "unsafe-inline" not in policy.replace("style-src 'self' 'unsafe-inline'", "")
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store"


def test_only_the_cookie_page_may_be_framed_and_only_by_us() -> None:
    assert "frame-ancestors 'self'" in server.content_policy("/component/x/index.html")
    assert "frame-ancestors 'none'" in server.content_policy("/activities")


def test_files_of_the_programme_may_be_kept_by_the_browser() -> None:
    assert "Cache-Control" not in server.headers_for("/static/js/index.js")


def test_transport_is_pinned_where_the_cookie_is_secure(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Strict-Transport-Security" not in server.headers_for("/")
    monkeypatch.setenv("CTAI_SECURE_COOKIE", "1")
    settings.cache_clear()
    assert "Strict-Transport-Security" in server.headers_for("/")


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
    ],
)
def test_streamlits_talkative_doors_are_closed(path: str) -> None:
    assert get(path).status == 404


def test_the_start_page_points_to_no_closed_door_and_speaks_the_visitors_language() -> None:
    page = get("/", "lang=ar").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "<title>ctai</title>" in page
    assert "service-desc" not in page
    assert '<html lang="fr" dir="ltr">' in get("/", accept="fr-CA,en").text
    assert '<html lang="en" dir="ltr">' in get("/", "lang=<script>").text


def test_the_first_page_has_its_own_address_too_and_keeps_its_filters() -> None:
    answer = get("/overview", "country=BFA&lang=ar")
    assert answer.status == 307
    assert answer.headers["location"] == "./?country=BFA&lang=ar"


def test_the_health_check_asks_the_database() -> None:
    assert get("/healthz").text == "ok"


def test_refused_rows_are_given_to_whoever_brought_them_and_to_nobody_else() -> None:
    token = token_for(settings(), ADA)
    own = files.passing.keep(Viewer("ada", Role.VIEWER), b"title\r\n")
    others = files.passing.keep(Viewer("bob", Role.VIEWER), b"title\r\nsecret\r\n")
    answer = get(f"/download/refused/{own}.csv", token=token)
    assert (answer.status, answer.text) == (200, "title\r\n")
    assert 'filename="refused.csv"' in answer.headers["content-disposition"]
    assert get(f"/download/refused/{others}.csv", token=token).status == 404
    assert get(f"/download/refused/{own}.csv").status == 401
