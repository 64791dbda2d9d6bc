"""Downloads: files and calendars, for those who are signed in, as far as they may see."""

from collections.abc import Container, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from ctai import db
from ctai.briefings import issued
from ctai.briefings.asked import asked_of
from ctai.briefings.formats import FORMATS, format_of
from ctai.domain.briefing import Briefing, Format
from ctai.domain.faults import Refused
from ctai.domain.looking_back import PARAMETER
from ctai.domain.roles import Action, Viewer
from ctai.exchange.faults_out import told
from ctai.files import FILES, WORKBOOKS, csv_of, dates_ics, opened, passing, xlsx_of
from ctai.i18n import LANGUAGES, best_language, translate
from ctai.services import sign_in
from ctai.settings import settings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(request: Request) -> Response:
    """Stream a file to somebody who is signed in, as far as they may see."""
    what, lang = request.path_params["what"], language_of(request)
    viewer = _admitted(request, FILES)
    if isinstance(viewer, Response):
        return viewer

    def pieces() -> Iterator[bytes]:
        asked = _filters(request)
        with opened(db.shared_engine(settings().database_url), asked) as session:
            yield from csv_of(what, session, viewer, asked, lang)

    stream = pieces()
    try:
        first = next(stream, b"")
    except Refused as refused:
        return refusal(refused, lang)
    return StreamingResponse(
        chain((first,), stream),
        media_type="text/csv; charset=utf-8",
        headers=_as_file(what, "csv", request),
    )


def workbook(request: Request) -> Response:
    """Send a workbook to somebody who is signed in, as far as they may see."""
    what, lang = request.path_params["what"], language_of(request)
    viewer = _admitted(request, WORKBOOKS)
    if isinstance(viewer, Response):
        return viewer
    try:
        asked = _filters(request)
        with opened(db.shared_engine(settings().database_url), asked) as session:
            content = xlsx_of(what, session, viewer, asked, lang)
    except Refused as refused:
        return refusal(refused, lang)
    return Response(content, media_type=XLSX, headers=_as_file(what, "xlsx", request))


def _admitted(request: Request, files: Container[str]) -> Viewer | Response:
    """Give who asks for one of some files, or the answer that they may not have it."""
    lang = language_of(request)
    viewer = reader(request, lang)
    if isinstance(viewer, Response):
        return viewer
    if request.path_params["what"] not in files:
        return PlainTextResponse(translate(lang, "There is no such file."), 404)
    return viewer


def refusal(refused: Refused, lang: str, status: int = 400) -> Response:
    """Answer with every reason why there is no file."""
    return PlainTextResponse("\n".join(told(fault, lang) for fault in refused.faults), status)


def _as_file(what: str, ending: str, request: Request) -> dict[str, str]:
    """Name a file; its day, which has been read by now, goes along."""
    day = request.query_params.get(PARAMETER, "")
    name = f"{what}_{day}" if day else what
    return {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}


def refused_lines(request: Request) -> Response:
    """Give somebody the lines of their own file that were refused, while they are kept."""
    lang = language_of(request)
    viewer = reader(request, lang)
    if isinstance(viewer, Response):
        return viewer
    content = passing.kept(viewer, request.path_params["name"])
    if content is None:
        return PlainTextResponse(translate(lang, "There is no such file."), 404)
    return Response(
        content,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="refused.csv"'},
    )


def briefing(request: Request) -> Response:
    """Send a briefing to somebody who is signed in and may brief its audience; it is kept."""
    lang = language_of(request)
    viewer = reader(request, lang)
    if isinstance(viewer, Response):
        return viewer
    engine, today = db.shared_engine(settings().database_url), datetime.now(UTC).date()
    try:
        form = format_of(request.path_params["format"])
        with db.reading(engine) as session:
            params = {**_filters(request), "lang": lang}
            asked = asked_of(session, params, today)
        taken = issued.issue(engine, viewer, asked, form, today)
    except Refused as refused:
        return refusal(refused, lang)
    return briefing_file(taken.content, asked, form)


def briefing_file(content: bytes, asked: Briefing, form: Format, *more: str) -> Response:
    """Send a briefing under a name of its codes, and of more where it is not as it was issued."""
    scope, day = asked.slug, asked.as_of.isoformat()
    name = "_".join(("briefing", scope, asked.audience, asked.lang, day, *more))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=FORMATS[form].media_type, headers=headers)


def dates(request: Request) -> Response:
    """Give what waits for somebody who is signed in as a calendar file."""
    lang = language_of(request)
    viewer = reader(request, lang)
    if isinstance(viewer, Response):
        return viewer
    with db.reading(db.shared_engine(settings().database_url)) as session:
        content = dates_ics(session, viewer, lang)
    return Response(
        content,
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="dates.ics"'},
    )


def reader(request: Request, lang: str) -> Viewer | Response:
    """Tell by the cookie who asks for a file; answer instead those who may have none."""
    with db.reading(db.shared_engine(settings().database_url)) as session:
        token = request.cookies.get(sign_in.COOKIE)
        viewer = sign_in.viewer_of_token(session, settings(), token)
    if viewer is None:
        return PlainTextResponse(translate(lang, "Please sign in, then try again."), 401)
    if not viewer.may(Action.EXPORT):
        return PlainTextResponse(translate(lang, "Your role does not open this file."), 403)
    return viewer


def _filters(request: Request) -> Mapping[str, str]:
    asked = request.query_params
    return {name: ",".join(asked.getlist(name)) for name in asked if name != "lang"}


def language_of(request: Request) -> str:
    """Tell in what language to answer: the one asked for, else the browser's."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else best_language(request.headers.get("accept-language"))


ROUTES = [
    Route("/download/refused/{name}.csv", refused_lines),
    Route("/download/{what}.csv", download),
    Route("/download/{what}.xlsx", workbook),
    Route("/download/dates.ics", dates),
    Route("/download/briefing.{format}", briefing),
]
