"""Who asks the API: a token in the header of each request, never a cookie; and how often."""

import base64
import binascii
import math
import time
from threading import Lock

from starlette.requests import Request

from ctai import db
from ctai.domain.allowance import Allowance
from ctai.domain.faults import Fault
from ctai.domain.roles import Action
from ctai.files.asked import NOT_OPEN
from ctai.server.problems import Problem
from ctai.services import admit_token
from ctai.services.admit_token import Admitted

CHALLENGE = 'Bearer realm="ctai", Basic realm="ctai", charset="UTF-8"'
"""Basic too, with the token as the password: what Excel and Power BI can send."""

allowance = Allowance()
"""Of this process: several processes allow a token as many requests each."""
_turn = Lock()


def admitted(request: Request, engine: db.Engine) -> Admitted:
    """Tell whose token a request carries; Problem where it has none, or asks too often."""
    with db.reading(engine) as session:
        found = admit_token.admit(session, _secret(request.headers.get("authorization", "")))
    if found is None:
        fault = Fault("This needs a valid token of your own. Make one on the page “Your account”.")
        raise Problem(401, [fault], {"WWW-Authenticate": CHALLENGE})
    with _turn:
        wait_s = math.ceil(allowance.wait_s(found.token, time.monotonic()))
    if wait_s:
        places = {"seconds": str(wait_s)}
        fault = Fault("Too many requests. Try again in {seconds} s.", places=places)
        raise Problem(429, [fault], {"Retry-After": str(wait_s)})
    if not found.viewer.may(Action.EXPORT):
        raise Problem(403, [Fault(NOT_OPEN)])
    return found


def note(engine: db.Engine, token: int) -> None:
    """Note when a token was last used, after the answer has gone out."""
    with db.transaction(engine) as session:
        admit_token.note_use(session, token)


def _secret(header: str) -> str:
    """Read the token of an Authorization header; empty where there is none."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        told = base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return told.partition(":")[2]
