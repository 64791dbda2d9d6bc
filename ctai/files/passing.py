"""Passing files: made of what somebody has just sent, kept a while for them alone."""

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ctai.domain.roles import Viewer

KEPT = timedelta(minutes=30)
MOST_BYTES = 100_000_000
"""All that is kept together; the oldest goes first."""


@dataclass(frozen=True)
class _Passing:
    username: str
    content: bytes
    until: datetime


_held: OrderedDict[str, _Passing] = OrderedDict()
_lock = threading.Lock()


def keep(viewer: Viewer, content: bytes) -> str:
    """Keep a file for whoever made it and give the name by which they can take it away.

    The same file of the same person keeps its name. It lies in this process, to which a person's
    session is bound.
    """
    now = datetime.now(UTC)
    with _lock:
        for name, one in _held.items():
            if (one.username, one.content) == (viewer.username, content):
                return name
        name = secrets.token_urlsafe(16)
        _held[name] = _Passing(viewer.username, content, now + KEPT)
        while _held and (_size() > MOST_BYTES or next(iter(_held.values())).until < now):
            _held.popitem(last=False)
    return name


def kept(viewer: Viewer, name: str) -> bytes | None:
    """Give a file to whoever it was made for; None for anybody else, and once it is gone."""
    with _lock:
        found = _held.get(name)
    is_open = found is not None and found.username == viewer.username
    return found.content if found and is_open and found.until > datetime.now(UTC) else None


def _size() -> int:
    return sum(len(one.content) for one in _held.values())
