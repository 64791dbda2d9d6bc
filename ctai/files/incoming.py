"""Files that come in: told apart by their bytes, read by the reader of their layout, brought in."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from ctai.db import Session
from ctai.domain.arrivals import Arrival, ArrivingFile, Layout, Row
from ctai.domain.roles import Viewer, Visibility
from ctai.exchange.iati_in import Listed, read_iati
from ctai.exchange.records_in import read_records
from ctai.queries import aliases
from ctai.services.bring_in import bring_in

_BLOCK = 1 << 20
_HEAD = 512


def _unwatched() -> None:
    pass


@dataclass(frozen=True)
class Incoming:
    """A file at its beginning, what it is called, who may see what it brings, and for whom it
    speaks; `watch` is called for each record that was read."""

    name: str
    stream: IO[bytes]
    visibility: Visibility
    entity: str | None = None
    watch: Callable[[], None] = _unwatched


def bring(session: Session, author: Viewer, incoming: Incoming) -> Arrival:
    """Bring a file in, in the caller's transaction; FileUnusable where none of it can be read.

    Refused where the author may bring nothing in.
    """
    layout = _layout(incoming.stream)
    file = ArrivingFile(incoming.name, _digest(incoming.stream), layout, incoming.entity)
    return bring_in(session, author, _watched(session, incoming, layout), file)


def rehearse(session: Session, author: Viewer, incoming: Incoming) -> Arrival:
    """Bring a file in and undo it again, to tell beforehand what would be stored and refused."""
    savepoint = session.begin_nested()
    try:
        return bring(session, author, incoming)
    finally:
        savepoint.rollback()


def _layout(stream: IO[bytes]) -> Layout:
    head = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    stream.seek(0)
    return Layout.IATI if head.startswith(b"<") else Layout.RECORDS


def _digest(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    while block := stream.read(_BLOCK):
        found.update(block)
    stream.seek(0)
    return found.hexdigest()


def _watched(session: Session, incoming: Incoming, layout: Layout) -> Iterator[Row]:
    for row in _rows(session, incoming, layout):
        incoming.watch()
        yield row


def _rows(session: Session, incoming: Incoming, layout: Layout) -> Iterable[Row]:
    if layout is Layout.IATI:
        listed = Listed(
            aliases.countries_by_alpha2(session),
            aliases.entity_refs(session),
            aliases.entity_aliases(session),
        )
        return read_iati(incoming.stream, listed, incoming.visibility)
    content = incoming.stream.read()
    return read_records(content, aliases.entity_aliases(session), incoming.visibility)
