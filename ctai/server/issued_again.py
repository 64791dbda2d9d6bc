"""Issued briefings once more: the file as it was, or first a page that tells where it differs."""

from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ctai import db
from ctai.briefings import issued
from ctai.briefings.issued import Reopened
from ctai.domain.faults import Refused
from ctai.i18n import dates, direction, translate
from ctai.server.downloads import briefing_file, language_of, reader, refusal
from ctai.settings import settings

CONTENT = "content"
"""The URL's parameter that names the content, by its hash, of which the reader has been told that
it differs from what was issued."""

LONGEST_NUMBER = 18
"""Digits that are read: Python takes a number of some thousands for an error."""

PAGE = """<!doctype html>
<html lang="{lang}" dir="{turned}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif; }}
body {{ margin: 0; padding: 3rem 1.25rem; }}
main {{ max-width: 41rem; margin: auto; border-top: 6px solid #009EDB; padding-top: 1.5rem; }}
h1 {{ font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }}
dl {{ margin: 1.5rem 0; }}
dt {{ font-size: .9rem; opacity: .8; }}
dd {{ margin: 0 0 .8rem; font: .92rem ui-monospace, monospace; overflow-wrap: anywhere; }}
a {{ color: light-dark(#00689D, #5BC4F0); }}
a.take {{ display: inline-block; padding: .55rem 1rem; border-radius: .4rem; background: #00689D;
  color: #fff; text-decoration: none; }}
</style>
</head>
<body><main>
<h1>{title}</h1>
<p>{reason}</p>
<dl>{hashes}</dl>
<p><a class="take" href="{take}">{taking}</a></p>
<p><a href="{back}">{going_back}</a></p>
</main></body>
</html>
"""


def again(request: Request) -> Response:
    """Send a briefing that was issued to somebody to whom it is open; no other one is issued.

    Where it is no longer what was issued, the answer is a page that says so; its link, which names
    the content that was told of, gives the file.
    """
    lang = language_of(request)
    viewer = reader(request, lang)
    if isinstance(viewer, Response):
        return viewer
    try:
        number = _number(request.path_params["number"])
        found = issued.reopen(db.shared_engine(settings().database_url), viewer, number)
    except issued.NotOpen as refused:
        return refusal(refused, lang, 404)
    except Refused as refused:
        return refusal(refused, lang, 403)
    asked, form = found.issued.asked, found.issued.format
    if found.is_same:
        return briefing_file(found.content, asked, form)
    if request.query_params.get(CONTENT) != found.document.digest:
        return HTMLResponse(_difference(lang, found), 409)
    return briefing_file(found.content, asked, form, "not_as_issued")


def _number(text: str) -> int:
    """Read a briefing's number; what is none is 0, which no briefing has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def _difference(lang: str, found: Reopened) -> str:
    """Write the page that tells how a briefing differs from what was issued."""
    number, digest = found.issued.number, found.document.digest
    day = dates.partial_date(lang, found.issued.at.date().isoformat())
    reasons = (translate(lang, one.message, **{**one.places, "date": day}) for one in found.faults)
    hashes = (
        (translate(lang, "Content hash of what was issued"), found.issued.digest),
        (translate(lang, "Content hash of what is open today"), digest),
    )
    return PAGE.format(
        lang=lang,
        turned=direction(lang),
        title=escape(translate(lang, "Briefing {number} is no longer the same", number=number)),
        reason=escape(" ".join(reasons)),
        hashes="".join(
            f'<dt>{escape(name)}</dt><dd dir="ltr">{escape(text)}</dd>' for name, text in hashes
        ),
        take=escape("?" + urlencode({"lang": lang, CONTENT: digest})),
        taking=escape(translate(lang, "Download it as it is open today")),
        back=escape("../../briefings?" + urlencode({"lang": lang})),
        going_back=escape(translate(lang, "Issued briefings")),
    )


ROUTES = [Route("/download/briefing/{number}", again)]
