"""The read-only API beside the app: lists as JSON and CSV for whoever has a token, as far as they
may see; with pages, and an answer of nothing new where nothing is."""

import hashlib
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from urllib.parse import urlencode

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ctai import db
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Viewer
from ctai.exchange.json_out import json_chunks
from ctai.exchange.tables_out import csv_chunks
from ctai.files.asked import opened
from ctai.files.lists import LISTS, Listing, Page, page_of
from ctai.queries import codes, saved_views
from ctai.server import api_asks, openapi
from ctai.server.api_asks import AFTER, LIMIT, Ask
from ctai.server.api_tokens import admitted, note
from ctai.server.downloads import language_of
from ctai.server.problems import Problem, answer
from ctai.settings import settings

VERSION = "v1/"
VIEWS = "views/"
READS = ("GET", "HEAD")
TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
ACCEPTED = {
    "application/json": "json",
    "text/csv": "csv",
    "application/*": "json",
    "text/*": "csv",
    "*/*": "json",
}


@dataclass(frozen=True)
class _Call:
    """Everything that an answer depends on, but the data."""

    path: str
    listing: Listing
    viewer: Viewer
    ask: Ask
    form: str
    lang: str


class Door:
    """Answers every address below /api/; ASGI of its own, so that every method is answered alike.

    The work is done beside the event loop, which the screen needs for itself.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a list, the description, or a problem."""
        request = Request(scope, receive)
        response = await run_in_threadpool(_responded, request)
        await response(scope, receive, send)


def _responded(request: Request) -> Response:
    lang = language_of(request)
    try:
        return _answered(request, lang)
    except Problem as problem:
        return answer(problem, lang)
    except Refused as refused:
        return answer(Problem(400, refused.faults), lang)


def _answered(request: Request, lang: str) -> Response:
    if request.method not in READS:
        fault = Fault("Here one can only read, by GET or HEAD.")
        raise Problem(405, [fault], {"Allow": ", ".join(READS)})
    path = str(request.path_params["rest"])
    if path == f"{VERSION}openapi.json":
        document = json.dumps(openapi.document(lang), ensure_ascii=False).encode()
        return _with_body(request, Response(document, media_type=TYPES["json"]))
    engine = db.shared_engine(settings().database_url)
    found = admitted(request, engine)
    call = _call(request, engine, found.viewer, path, lang)
    response = _list(request, engine, call)
    if found.is_note_due:
        response.background = BackgroundTask(note, engine, found.token)
    return response


def _call(request: Request, engine: db.Engine, viewer: Viewer, path: str, lang: str) -> _Call:
    """Tell which list is asked for, in which form, how narrowed."""
    name, _, ending = path.removeprefix(VERSION).partition(".")
    kept = None
    if name.startswith(VIEWS):
        with db.reading(engine) as session:
            view = saved_views.one(session, viewer, _number(name.removeprefix(VIEWS)))
        name, kept = ("", None) if view is None else (view.what, view.params)
    is_known = path.startswith(VERSION) and name in LISTS and ending in ("", *TYPES)
    if not is_known or path.endswith("."):
        raise Problem(404, [Fault("There is nothing at this address.")])
    form = ending or _negotiated(request.headers.get("accept", ""))
    ask = api_asks.read(request, LISTS[name], kept)
    return _Call(path, LISTS[name], viewer, ask, form, lang)


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and not text.startswith("0")
    return int(text) if is_number and len(text) < len(str(api_asks.HIGHEST)) else 0


def _negotiated(accept: str) -> str:
    """Choose the form that a reader likes best; JSON where they don't say."""
    wanted = []
    for part in accept.split(",") if accept.strip() else ["*/*"]:
        kind, *options = (piece.strip().lower() for piece in part.split(";"))
        weights = [option.removeprefix("q=") for option in options if option.startswith("q=")]
        wanted.append((weights[0] if weights else "1", ACCEPTED.get(kind)))
    known = [(weight, form) for weight, form in wanted if form and weight.strip("0.")]
    if not known:
        raise Problem(406, [Fault("This can be had as JSON or as CSV only.")])
    return max(known, key=lambda one: one[0])[1]


def _list(request: Request, engine: db.Engine, call: _Call) -> Response:
    tag = _tag(engine, call)
    headers = {
        "ETag": tag,
        "Content-Language": call.lang,
        "Vary": "Accept, Accept-Language, Authorization",
    }
    if _is_known(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    found: list[Page] = []

    def pieces() -> Generator[bytes, None, None]:
        with opened(engine, call.ask.filters) as session:
            page = page_of(
                call.listing,
                session,
                call.viewer,
                call.ask.filters,
                call.lang,
                after=call.ask.after,
                limit=call.ask.limit,
            )
            found.append(page)
            yield from _written(call, page)

    stream = pieces()
    first = next(stream)
    headers["X-Total-Count"] = str(found[0].total)
    following = _following(call, found[0])
    if following is not None:
        headers["Link"] = f'<{following}>; rel="next"'
    if request.method == "HEAD":
        stream.close()
    body = chain((first,), stream)
    return _with_body(
        request, StreamingResponse(body, headers=headers, media_type=TYPES[call.form])
    )


def _written(call: _Call, page: Page) -> Iterator[bytes]:
    if call.form == "csv":
        return csv_chunks(call.listing.headers, page.cells)
    whole = {"total": page.total, "next": _following(call, page)}
    return json_chunks(whole, call.listing.headers, page.cells)


def _following(call: _Call, page: Page) -> str | None:
    """Write where the next page is, from this address on; None on the last."""
    if page.after is None:
        return None
    asked = {**call.ask.filters, LIMIT: str(call.ask.limit), AFTER: str(page.after)}
    if call.path.startswith(f"{VERSION}{VIEWS}"):
        asked = {n: text for n, text in asked.items() if n not in call.listing.filters}
    return f"{call.path.rpartition('/')[2]}?{urlencode(asked, safe=',')}"


def _tag(engine: db.Engine, call: _Call) -> str:
    """Name an answer: the same for the same viewer's reach, request, day and data."""
    with db.reading(engine) as session:
        version = codes.data_version(session)
    viewer, today = call.viewer, datetime.now(UTC).date()
    reach = (viewer.role, sorted(viewer.countries), viewer.entity)
    told = (version, today, reach, call.listing.title, call.path, call.form, call.lang)
    return f'"{hashlib.sha256(repr((*told, call.ask.key)).encode()).hexdigest()[:32]}"'


def _is_known(header: str, tag: str) -> bool:
    given = {one.strip().removeprefix("W/") for one in header.split(",")}
    return tag in given or "*" in given


def _with_body(request: Request, response: Response) -> Response:
    """Leave the body out of an answer to HEAD, and how long it would have been."""
    if request.method != "HEAD":
        return response
    bare = Response(status_code=response.status_code, headers=dict(response.headers))
    del bare.headers["content-length"]
    return bare


ROUTES = [Route("/api/{rest:path}", Door())]
