"""Reading a table from a file: its bytes, its header and its rows, with what is wrong and where."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ctai.domain.checks import LONGEST_TEXT, too_long
from ctai.domain.faults import Fault, shown

LARGEST_FILE_BYTES = 20_000_000
"""The upload limit of the screen; a day's arrivals are some hundred kilobytes."""

csv.field_size_limit(LARGEST_FILE_BYTES)
"""One cell that is too long refuses its own row, not the whole file, so the limit is the file's."""


class FileUnusable(ValueError):
    """A file from which no row can be read; carries the one reason."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.in_english())


@dataclass(frozen=True)
class Line:
    """A row of a table: where it stood, and its cells by column, stripped of outer spaces."""

    number: int
    cells: Mapping[str, str]

    @property
    def place(self) -> str:
        """Say where the row stands, as a spreadsheet counts: the header is row 1."""
        return f"row {self.number}"


@dataclass(frozen=True)
class Table:
    """A file's header and its rows."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[tuple[str, Fault], ...] = ()


def read_table(content: bytes) -> Table:
    """Read a CSV file with a header row; FileUnusable says why it can't be read at all.

    A row with too many or too few cells, or with a damaged or endless text in one of them, is
    listed as a fault and left out; the rest is kept.
    """
    text = _text_of(content)
    try:
        rows = [(reader_line, row) for reader_line, row in _rows(text) if any(row)]
    except csv.Error as error:
        raise FileUnusable(
            Fault(
                "This file can't be read as CSV ({seen}). Save it again as CSV, UTF-8.",
                places={"seen": shown(error)},
            )
        ) from error
    if not rows:
        raise FileUnusable(Fault("This file is empty. It needs a header row and one record."))
    columns = tuple(name.strip().lower() for name in rows[0][1])
    _refuse_repeats(columns)
    lines: list[Line] = []
    faults: list[tuple[str, Fault]] = []
    for number, row in rows[1:]:
        line = Line(number, dict(zip(columns, map(str.strip, row), strict=False)))
        found = [*_ragged(row, columns)] or [*_damaged(line)]
        faults += [(line.place, fault) for fault in found]
        if not found:
            lines.append(line)
    return Table(columns, tuple(lines), tuple(faults))


def _refuse_repeats(columns: tuple[str, ...]) -> None:
    repeated = [name for name, times in Counter(columns).items() if name and times > 1]
    if repeated:
        raise FileUnusable(
            Fault(
                "The header names “{seen}” more than once. Give each column its own name.",
                places={"seen": shown(", ".join(repeated))},
            )
        )


def _ragged(row: list[str], columns: tuple[str, ...]) -> Iterator[Fault]:
    if len(row) != len(columns):
        yield Fault(
            "This row has {seen} cells, the header has {wanted}. "
            "Put cells that hold commas in quotation marks.",
            places={"seen": str(len(row)), "wanted": str(len(columns))},
        )


def _damaged(line: Line) -> Iterator[Fault]:
    """Refuse what no column may hold, also where a draft keeps the cell somewhere unchecked."""
    for name, cell in line.cells.items():
        yield from too_long(name, cell, LONGEST_TEXT)


def _text_of(content: bytes) -> str:
    if len(content) > LARGEST_FILE_BYTES:
        raise FileUnusable(
            Fault(
                "This file has {seen} bytes. Divide it into parts of at most {wanted}.",
                places={"seen": str(len(content)), "wanted": str(LARGEST_FILE_BYTES)},
            )
        )
    if b"\0" in content[:4096] or content[:4] in (b"PK\x03\x04", b"%PDF"):
        raise FileUnusable(
            Fault("This is not a text file. In your spreadsheet, save the sheet as CSV, UTF-8.")
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileUnusable(
            Fault(
                "Row {wanted} is not UTF-8 text (byte {seen}). Save the file as CSV, UTF-8.",
                places={"seen": f"0x{content[error.start]:02x}", "wanted": str(line)},
            )
        ) from error


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    sample = text[:8192].split("\n", 1)[0]
    delimiter = max(",;\t", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    yield from enumerate(reader, start=1)


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
