"""The server around the screen: security headers, closed doors, downloads and a health check."""

import base64
import hashlib
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ctai import db
from ctai.exchange.records_in import read_embedded
from ctai.i18n import direction
from ctai.queries import users
from ctai.server import api, downloads, issued_again
from ctai.services import initialise as setup
from ctai.settings import DATA, ROOT, settings

_log = logging.getLogger(__name__)

FIRST = "overview"
"""The page that Streamlit keeps at /."""

CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""Streamlit's doors that would tell anyone about the visitors or the pages."""
KEPT = ("/static/", "/app/static/", "/component/", "/_stcore/bidi-components/")
"""Files of the programme itself, the same for everybody; nothing else stays in a browser."""


COOKIE_PAGE = "CookieManager/frontend/build/index.html"

KEYS = b'<script defer src="./app/static/briefing.js"></script>'
"""Listens to the keys of a briefing on the screen: here it runs before Streamlit's own scripts, so
that no view stands before its keys are listened to."""
START = b"<script>window.__streamlit={BACKEND_BASE_URL:window.location.origin}</script>"
"""Without it Streamlit looks for its server below each page first, and fails on every link."""


@cache
def start_page() -> bytes:
    """Take Streamlit's page: with our name, and without pointing to a door that is closed."""
    page = _shipped("streamlit", "static/index.html")
    page = page.replace(b"<title>Streamlit</title>", b"<title>ctai</title>")
    page = re.sub(rb'<link rel="service-desc"[^>]*>', b"", page)
    return page.replace(b"<head>", b"<head>" + START + KEYS)


@cache
def _inline_scripts() -> str:
    """Name by their hash the scripts inside our page and the login library's cookie page.

    https://www.w3.org/TR/CSP3/#grammardef-hash-source
    """
    pages = (start_page(), _shipped("extra_streamlit_components", COOKIE_PAGE))
    scripts = chain.from_iterable(re.findall(rb"<script>(.*?)</script>", p, re.S) for p in pages)
    digests = (base64.b64encode(hashlib.sha256(text).digest()).decode() for text in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def _shipped(package: str, file: str) -> bytes:
    """Read a file of an installed package, without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return (Path(spec.origin).parent / file).read_bytes()


def content_policy(path: str) -> str:
    """Say what a page at this path may load: our own files, and nothing from elsewhere."""
    # The cookie page is shown in a frame of our own page; nothing else is ever framed.
    ancestors = "'self'" if path.startswith("/component/") else "'none'"
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {_inline_scripts()}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            f"frame-ancestors {ancestors}",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def headers_for(path: str) -> dict[str, str]:
    """Give the headers that every answer at this path carries."""
    headers = {
        "Content-Security-Policy": content_policy(path),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if not path.startswith(KEPT):
        headers["Cache-Control"] = "no-store"
    if settings().secure_cookie:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


@asynccontextmanager
async def ready(_app: object) -> AsyncIterator[None]:
    """Set up a database that was never set up, or is an older version's, before anyone asks."""
    url = settings().database_url
    if not setup.is_current(url):
        made = setup.initialise(url, DATA, read_embedded, first_user=False)
        _log.info("database set up: %d rows of code lists", made.reference_rows)
    yield


class Guard:
    """Puts the headers on every answer and keeps closed doors closed.

    Plain ASGI: Starlette's BaseHTTPMiddleware would hold back a streamed download.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in headers_for(path).items():
                    headers[name] = value
            await send(message)

        if any(door in path for door in CLOSED):
            await PlainTextResponse("Not found", 404)(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)


def health(_request: Request) -> Response:
    """Answer 200 when the database answers; an error of its own becomes 500."""
    with db.reading(db.shared_engine(settings().database_url)) as session:
        users.administrators(session)
    return PlainTextResponse("ok")


def page(request: Request) -> Response:
    """Serve any page's frame in the visitor's language and direction from the first moment on."""
    lang = downloads.language_of(request)
    opening = f'<html lang="{lang}" dir="{direction(lang)}">'.encode()
    return HTMLResponse(start_page().replace(b'<html lang="en">', opening))


def first_page(request: Request) -> Response:
    """Send /overview to /, where Streamlit keeps its first page; the query goes along."""
    query = request.url.query
    return RedirectResponse(f"./?{query}" if query else "./", 307)


def stray(request: Request) -> Response:
    """Send an address below a page, where there is nothing, to the page itself."""
    depth = request.path_params["rest"].count("/") + 1
    return RedirectResponse("../" * depth + request.url.path.split("/")[1], 307)


PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py") if file.stem != FIRST)

ROUTES = [
    *api.ROUTES,
    *downloads.ROUTES,
    *issued_again.ROUTES,
    Route("/healthz", health),
    Route(f"/{FIRST}", first_page),
    *(Route(f"/{stem}", page) for stem in ("", *PAGES)),
    *(Route(f"/{stem}/{{rest:path}}", stray) for stem in (FIRST, *PAGES)),
]
MIDDLEWARE = [Middleware(Guard)]
