"""Files that come in: told apart by their bytes, read by the reader of their layout, brought in."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from openpyxl.workbook import Workbook

from ctai.db import Session
from ctai.domain.arrivals import Arrival, ArrivingFile, Layout, Row
from ctai.domain.faults import Fault
from ctai.domain.roles import Viewer, Visibility
from ctai.exchange import workbook_in
from ctai.exchange.columns_in import Guess, named
from ctai.exchange.hxl_in import Places, read_tagged
from ctai.exchange.iati_in import Listed, read_iati
from ctai.exchange.records_in import Spoken, records_of
from ctai.exchange.refused_out import refused_csv
from ctai.exchange.shape_in import FileUnusable, Shape, misnamed, shape_of
from ctai.exchange.tables_in import Table, read_table
from ctai.exchange.template_in import is_template, read_template
from ctai.i18n import mark
from ctai.queries import aliases, columns
from ctai.services.bring_in import bring_in
from ctai.services.remember_columns import remember_columns

LARGEST_FILE_BYTES = 20_000_000
"""The upload limit of the screen; a day's arrivals are some hundred kilobytes."""
TOO_LARGE = mark("This file has {seen} bytes. Divide it into parts of at most {wanted}.")
_BLOCK = 1 << 20


def _unwatched() -> None:
    pass


@dataclass(frozen=True)
class Incoming:
    """A file at its beginning, what it is called, who may see what it brings, and for whom it
    speaks.

    `meanings` are what its bringer said of its columns, "" for one to leave out; `largest_bytes`
    is None where a file of any size may come; `watch` is called for each record that was read.
    """

    name: str
    stream: IO[bytes]
    visibility: Visibility
    entity: str | None = None
    meanings: Mapping[str, str] = field(default_factory=dict)
    largest_bytes: int | None = LARGEST_FILE_BYTES
    watch: Callable[[], None] = _unwatched


@dataclass(frozen=True)
class _Opened:
    """A file whose layout is known; its table, where it is one."""

    shape: Shape
    layout: Layout
    table: Table | None = None
    template: Workbook | None = None


def bring(session: Session, author: Viewer, incoming: Incoming) -> Arrival:
    """Bring a file in, in the caller's transaction; FileUnusable where none of it can be read.

    What was said of its columns is remembered. Refused where the author may bring nothing in.
    """
    opened = _open(incoming)
    whose = incoming.entity or author.entity
    if incoming.meanings:
        remember_columns(session, author, whose, incoming.meanings)
    digest = _digest(incoming.stream)
    file = ArrivingFile(incoming.name, digest, opened.layout, incoming.entity)
    return bring_in(session, author, _watched(session, author, incoming, opened), file)


def rehearse(session: Session, author: Viewer, incoming: Incoming) -> Arrival:
    """Bring a file in and undo it again, to tell beforehand what would be stored and refused."""
    savepoint = session.begin_nested()
    try:
        return bring(session, author, incoming)
    finally:
        savepoint.rollback()


def unknown_columns(session: Session, author: Viewer, incoming: Incoming) -> tuple[Guess, ...]:
    """Give the columns of a file that are not known, for a person to say what they mean.

    FileUnusable where it can't be read.
    """
    opened = _open(incoming)
    if opened.table is None or opened.layout is not Layout.RECORDS:
        return ()
    said = columns.meanings(session, incoming.entity or author.entity)
    return named(opened.table.columns, said).unknown


def refused_lines(incoming: Incoming, faults: Sequence[Fault], lang: str) -> bytes:
    """Give the lines of a table that were refused, to be mended and brought back; b"" for a file
    of another layout."""
    table = _open(incoming).table
    return b"" if table is None else refused_csv(table, faults, lang)


def _open(incoming: Incoming) -> _Opened:
    stream = incoming.stream
    size = stream.seek(0, 2)
    stream.seek(0)
    if incoming.largest_bytes is not None and size > incoming.largest_bytes:
        places = {"seen": str(size), "wanted": str(incoming.largest_bytes)}
        raise FileUnusable(Fault(TOO_LARGE, places=places))
    shape = shape_of(stream)
    if shape is Shape.XML:
        return _Opened(shape, Layout.IATI)
    if shape is Shape.WORKBOOK:
        book = workbook_in.opened(stream)
        if is_template(book):
            return _Opened(shape, Layout.TEMPLATE, template=book)
    table = read_table(stream)
    return _Opened(shape, Layout.TAGGED if table.tags else Layout.RECORDS, table)


def _digest(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    stream.seek(0)
    while block := stream.read(_BLOCK):
        found.update(block)
    stream.seek(0)
    return found.hexdigest()


def _watched(
    session: Session, author: Viewer, incoming: Incoming, opened: _Opened
) -> Iterator[Row]:
    for row in _rows(session, author, incoming, opened):
        incoming.watch()
        yield row


def _rows(session: Session, author: Viewer, incoming: Incoming, opened: _Opened) -> Iterator[Row]:
    remarks = misnamed(incoming.name, opened.shape)
    if remarks:
        yield Row("", remarks=remarks)
    names = aliases.entity_aliases(session)
    alpha2 = aliases.countries_by_alpha2(session)
    if opened.template is not None:
        yield from read_template(incoming.stream, opened.template, names, incoming.visibility)
    elif opened.table is None:
        listed = Listed(alpha2, aliases.entity_refs(session), names)
        yield from read_iati(incoming.stream, listed, incoming.visibility)
    elif opened.layout is Layout.TAGGED:
        yield from read_tagged(opened.table, Places(alpha2, names), incoming.visibility)
    else:
        whose = incoming.entity or author.entity
        said = {**columns.meanings(session, whose), **incoming.meanings}
        yield from records_of(opened.table, names, incoming.visibility, Spoken(whose, said))
