"""Problems: what the API answers instead of a list, with every reason, in the language asked for.

https://www.rfc-editor.org/rfc/rfc9457
"""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from starlette.responses import Response

from ctai.domain.faults import Fault
from ctai.i18n import translate

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):  # named as the standard names it
    """Why a request is not answered: an HTTP status, the reasons, and headers of the answer."""

    def __init__(
        self, status: int, faults: Iterable[Fault], headers: Mapping[str, str] | None = None
    ) -> None:
        self.status, self.faults, self.headers = status, tuple(faults), dict(headers or {})
        super().__init__(status)


def answer(problem: Problem, lang: str) -> Response:
    """Write a problem; `errors` has each reason beside the parameter that it is about."""
    reasons = [
        {"parameter": fault.column, "detail": translate(lang, fault.message, **fault.places)}
        for fault in problem.faults
    ]
    content = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": " ".join(reason["detail"] for reason in reasons),
        "errors": reasons,
    }
    body = json.dumps(content, ensure_ascii=False).encode()
    headers = {**problem.headers, "Content-Language": lang, "Vary": "Accept-Language"}
    return Response(body, problem.status, headers, MEDIA_TYPE)
