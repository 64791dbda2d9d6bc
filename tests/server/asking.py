"""Asking the API over the wire, as a program does."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ctai.domain.roles import Role

Tokens = Mapping[Role, str]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def ask(address: str, path: str, token: str = "", method: str = "GET", **headers: str) -> Answer:
    """Send a request with a bearer's token; headers are named with _ for -."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if token:
        given["Authorization"] = f"Bearer {token}"
    url = f"{address}/api/v1/{path}"
    request = urllib.request.Request(url, headers=given, method=method)  # noqa: S310  ours
    try:
        with urllib.request.urlopen(request) as response:  # noqa: S310
            return Answer(
                response.status,
                {n.lower(): v for n, v in response.headers.items()},
                response.read(),
            )
    except urllib.error.HTTPError as error:
        with error:
            return Answer(
                error.code, {n.lower(): v for n, v in error.headers.items()}, error.read()
            )


def basic(token: str) -> str:
    """Write a token as the password of HTTP Basic, as Excel sends it."""
    return "Basic " + base64.b64encode(f"anybody:{token}".encode()).decode()
