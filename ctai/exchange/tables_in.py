"""Reading a table from a file: its header and its rows, one at a time, with what is wrong where."""

import csv
import io
import tempfile
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO

from ctai.domain.checks import DAMAGE, LONGEST_TEXT, too_long
from ctai.domain.faults import Fault, shown
from ctai.exchange import workbook_in
from ctai.exchange.encoding_in import Encoded, encoding_of
from ctai.exchange.shape_in import FileUnusable, Shape, shape_of
from ctai.exchange.workbook_in import SheetRow

__all__ = ["FileUnusable", "Line", "Table", "read_table", "require"]

LONGEST_CELL = 20_000_000
csv.field_size_limit(LONGEST_CELL)
"""One cell that is too long refuses its own row, not the whole file, so the limit is a file's."""

EMPTY = "This file is empty. It needs a header row and one record."
_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16
_HEAD_ROWS = 25
"""Below this many rows of titles and notes no header is looked for."""

Rows = Callable[[], Iterator[SheetRow]]
"""Begins a file's rows anew."""


@dataclass(frozen=True)
class Line:
    """A row of a table: where it stood, and its cells by column, stripped of outer spaces.

    One with faults is not to be read.
    """

    number: int
    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def place(self) -> str:
        """Say where the row stands, as a spreadsheet counts: the first row is row 1."""
        return f"row {self.number}"


@dataclass(frozen=True)
class Table:
    """A file's header, the tags under it where it has some, and its rows.

    `columns` are in lower case; one that is empty is passed over. `header` and `after` are the
    numbers of the header's row and of the last row before the lines. `tags` are as they stand, one
    a column.
    """

    columns: tuple[str, ...]
    rows: Rows
    header: int = 1
    after: int = 1
    tags: tuple[str, ...] = ()
    remarks: tuple[Fault, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        """Read the rows under the header, from the first one on each time, in flat memory.

        FileUnusable where the file breaks off.
        """
        for row in self.rows():
            if row.number > self.after:
                yield _line(row, self.columns)

    def named(self, columns: Sequence[str]) -> "Table":
        """Give the same table with other names of its columns."""
        return replace(self, columns=tuple(columns))


def read_table(stream: IO[bytes]) -> Table:
    """Read a CSV file or a workbook; FileUnusable says why it can't be read at all.

    The header is the first row with two filled cells. A row with too many or too few cells, or
    with a damaged or endless text in one of them, carries its faults; the rest can be read.
    The stream is read again for each pass over the lines and must stay open.
    """
    shape = shape_of(stream)
    rows, remarks = _workbook(stream) if shape is Shape.WORKBOOK else _text(stream)
    head = [*islice(rows(), _HEAD_ROWS)]
    if not head:
        raise FileUnusable(Fault(EMPTY))
    top = next((at for at, row in enumerate(head) if sum(map(bool, row.cells)) > 1), 0)
    tagged = next((at for at in range(len(head)) if _are_tags(head[at].cells)), None)
    tags: tuple[str, ...] = ()
    after = top
    if tagged is not None:
        tags, after = tuple(cell.strip() for cell in head[tagged].cells), tagged
        top = tagged if top >= tagged else tagged - 1
    columns = tuple(name.strip().casefold() for name in head[top].cells)
    while shape is Shape.WORKBOOK and columns and not columns[-1]:
        columns = columns[:-1]
    if not tags:
        _refuse_repeats(columns)
    return Table(columns, rows, head[top].number, head[after].number, tags, tuple(remarks))


def _are_tags(cells: Sequence[str]) -> bool:
    """Tell a row of tags by all its filled cells beginning with # and a letter."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(cell[0] == "#" and cell[1:2].isalpha() for cell in filled)


def _line(row: SheetRow, columns: tuple[str, ...]) -> Line:
    cells = row.cells
    if len(cells) > len(columns) and not any(cells[len(columns) :]):
        cells = cells[: len(columns)]
    line = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
    faults = row.faults or (*_ragged(cells, columns),) or (*_damaged(line),)
    return Line(row.number, line, faults)


def _refuse_repeats(columns: Iterable[str]) -> None:
    repeated = [name for name, times in Counter(columns).items() if name and times > 1]
    if repeated:
        raise FileUnusable(
            Fault(
                "The header names “{seen}” more than once. Give each column its own name.",
                places={"seen": shown(", ".join(repeated))},
            )
        )


def _ragged(row: Sequence[str], columns: tuple[str, ...]) -> Iterator[Fault]:
    if len(row) != len(columns):
        yield Fault(
            "This row has {seen} cells, the header has {wanted}. "
            "Put cells that hold commas in quotation marks.",
            places={"seen": str(len(row)), "wanted": str(len(columns))},
        )


def _damaged(cells: Mapping[str, str]) -> Iterator[Fault]:
    """Refuse what no column may hold, also where a draft keeps the cell somewhere unchecked."""
    joined = "".join(cells.values())
    if len(joined) <= LONGEST_TEXT and not DAMAGE.search(joined):
        return  # one look for all cells: most rows are good
    for name, cell in cells.items():
        yield from too_long(name, cell, LONGEST_TEXT)


def _text(stream: IO[bytes]) -> tuple[Rows, tuple[Fault, ...]]:
    encoded = encoding_of(stream)
    delimiter = _delimiter(stream, encoded)

    def rows() -> Iterator[SheetRow]:
        with _decoded(stream, encoded) as text:
            found = csv.reader(text, delimiter=delimiter)
            try:
                for number, row in enumerate(found, start=1):
                    if any(row):
                        yield SheetRow(number, row)
            except csv.Error as error:
                raise _no_csv(error) from error

    return rows, encoded.remarks


def _no_csv(error: csv.Error) -> FileUnusable:
    return FileUnusable(
        Fault(
            "This file can't be read as CSV ({seen}). Save it again as CSV, UTF-8.",
            places={"seen": shown(error)},
        )
    )


@contextmanager
def _decoded(stream: IO[bytes], encoded: Encoded) -> Iterator[io.TextIOWrapper]:
    """Give a stream as text, from its beginning; it stays open afterwards."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoded.encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


def _delimiter(stream: IO[bytes], encoded: Encoded) -> str:
    """Find the delimiter by which most lines have equally many cells, and the most of them."""
    with _decoded(stream, encoded) as text:
        sample = text.read(_SAMPLE)
    return max(_DELIMITERS, key=lambda one: _fit(sample, one))


def _fit(sample: str, delimiter: str) -> float:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in islice(reader, _HEAD_ROWS) if any(row)]
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, times = Counter(widths).most_common(1)[0]
    return (width - 1) * times / len(widths)


def _workbook(stream: IO[bytes]) -> tuple[Rows, tuple[Fault, ...]]:
    """Read a workbook once into a file of its own, from which each pass is quick."""
    book = workbook_in.opened(stream)
    sheets = workbook_in.filled_sheets(book)
    if not sheets:
        raise FileUnusable(Fault(workbook_in.NO_SHEET))
    look = workbook_in.looked_at(sheets[0])
    rows = kept(workbook_in.rows_of(stream, sheets[0], look))
    return rows, tuple(workbook_in.remarks_on(book, sheets[0], look))


def kept(found: Iterable[SheetRow]) -> Rows:
    """Write rows into a passing file and give what reads them from it again and again."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115  # outlives this
    faults: dict[int, tuple[Fault, ...]] = {}

    def rows() -> Iterator[SheetRow]:
        file.seek(0)
        for number, *cells in csv.reader(file):
            yield SheetRow(int(number), cells, faults.get(int(number), ()))

    weakref.finalize(rows, file.close)
    writer = csv.writer(file)
    for row in found:
        writer.writerow([row.number, *row.cells])
        if row.faults:
            faults[row.number] = row.faults
    return rows


def require(table: Table, wanted: Iterable[str]) -> None:
    """Refuse a table that lacks columns, naming all that are missing and all that are there."""
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        raise FileUnusable(
            Fault(
                "Columns are missing: {wanted}. The file has: {seen}.",
                places={
                    "wanted": ", ".join(missing),
                    "seen": shown(", ".join(table.columns), 300),
                },
            )
        )
