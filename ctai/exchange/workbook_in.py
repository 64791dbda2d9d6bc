"""Reading workbooks: the cells of a sheet as texts, and what a reader would not see by itself."""

import re
import warnings
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, repeat
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ctai.domain.faults import Fault, shown
from ctai.exchange.shape_in import FileUnusable
from ctai.i18n import mark

LARGEST_UNPACKED_BYTES = 300_000_000
"""A sheet of 100,000 rows and 14 columns unpacks to some 60 MB."""
LARGEST_RATIO = 200
"""Sheets shrink to a tenth or a thirtieth; only what was made to do so shrinks further."""
_SMALL_BYTES = 5_000_000
MOST_COLUMNS = 500
"""More than any list of records has; what stands further out is passed over."""
_HEAD = 4096
_LARGEST_PLAIN = 1e15
_LITERAL = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')
_CHUNK = 1 << 20

TOO_LARGE = mark("This workbook unpacks to {seen} bytes. At most {wanted} are read.")
BROKEN = mark("This workbook can't be opened ({seen}). Save it again as XLSX.")
NO_SHEET = mark("This workbook has no sheet with cells.")
DECLARES = mark("This workbook declares a document type, which can hide what is read.")
OTHER_SHEETS = mark("The sheet “{seen}” was read. These were not: {wanted}.")
HIDDEN = mark("Hidden rows were read too: {seen}.")
MERGED = mark("Merged cells were read as holding their value in each row: {seen}.")
FORMULAS = mark("Formulas were read as the values that they last had.")
NOT_RECKONED = mark(
    "The formula in cell {seen} has no stored value. Open the workbook in a spreadsheet and save "
    "it, or type the value."
)
_ROWS_A_BATCH = 500
Numbered = tuple[int, tuple[Sequence[Any], Sequence[object]]]
"""A row's number, its cells, and the formulas that they hold."""
_TOLD = 8
"""How many cells or rows a remark names."""

_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row [^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_ROW_NUMBER = re.compile(rb"\br=\"(\d+)\"")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell [^>]*\bref=\"([A-Z]+\d+:[A-Z]+\d+)\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: its number as a spreadsheet counts, its cells, and what is wrong in it."""

    number: int
    cells: list[str]
    faults: tuple[Fault, ...] = ()


@dataclass
class Looked:
    """What the bytes of a sheet tell that its cells do not."""

    hidden: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    has_formulas: bool = False


_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    OSError,
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    EOFError,
    AssertionError,
    OverflowError,
)
"""What openpyxl and zipfile let through of a damaged archive, or of one with a password."""


@contextmanager
def _whole() -> Iterator[None]:
    """Turn what a damaged workbook raises into the one reason why it can't be read.

    What openpyxl warns of, such as a style that it does not know, does not touch what is read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except FileUnusable:
        raise
    except _DAMAGE as error:
        raise FileUnusable(Fault(BROKEN, places={"seen": shown(error)})) from error


def opened(stream: IO[bytes], *, as_formulas: bool = False) -> Workbook:
    """Open a workbook without loading it; FileUnusable for what is none, or unpacks too large."""
    with _whole():
        _safe(stream)
        stream.seek(0)
        return load_workbook(stream, read_only=True, data_only=not as_formulas, keep_links=False)


def _safe(stream: IO[bytes]) -> None:
    """Refuse an archive that unpacks to more than is read, before anything of it is unpacked."""
    with zipfile.ZipFile(stream) as archive:
        parts = archive.infolist()
        packed = sum(part.compress_size for part in parts)
        unpacked = sum(part.file_size for part in parts)
        largest = min(LARGEST_UNPACKED_BYTES, max(_SMALL_BYTES, packed * LARGEST_RATIO))
        if unpacked > largest:
            places = {"seen": str(unpacked), "wanted": str(largest)}
            raise FileUnusable(Fault(TOO_LARGE, places=places))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as inside:
                    head = inside.read(_HEAD)
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise FileUnusable(Fault(DECLARES))


def filled_sheets(book: Workbook) -> list[Worksheet]:
    """Give the visible sheets that have a cell with something in it, in the workbook's order."""
    with _whole():
        return [sheet for sheet in book.worksheets if _is_open(sheet) and _has_cells(sheet)]


def _is_open(sheet: Worksheet) -> bool:
    return str(sheet.sheet_state) == "visible"


def _has_cells(sheet: Worksheet) -> bool:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    return any(value is not None for row in islice(rows, _HEAD) for value in row)


def looked_at(sheet: Worksheet) -> Looked:
    """Look through the bytes of a sheet for hidden rows, merged cells and formulas."""
    found = Looked()
    with _whole(), sheet._get_source() as part:
        rest = b""
        while block := part.read(_CHUNK):
            piece = rest + block
            cut = piece.rfind(b"<")
            piece, rest = (piece[:cut], piece[cut:]) if cut > 0 else (piece, b"")
            _look(piece, found)
        _look(rest, found)
    return found


def _look(piece: bytes, found: Looked) -> None:
    for row in _HIDDEN_ROW.finditer(piece):
        number = _ROW_NUMBER.search(row[0])
        found.hidden.append(number[1].decode() if number else "?")
    found.merged += [ref[1].decode() for ref in _MERGE.finditer(piece)]
    found.has_formulas = found.has_formulas or _FORMULA.search(piece) is not None


def rows_of(stream: IO[bytes], sheet: Worksheet, look: Looked) -> Iterator[SheetRow]:
    """Give the rows of a sheet that have something in them, one at a time."""
    formulas = _formulas(stream, sheet.title) if look.has_formulas else repeat(())
    merged = _Merged(look.merged)
    sheet.reset_dimensions()
    pairs = zip(sheet.iter_rows(max_col=MOST_COLUMNS), formulas, strict=False)
    numbered = enumerate(pairs, start=1)
    while batch := _next(numbered):
        for number, (row, written) in batch:
            cells = [_text(cell) for cell in row]
            faults = tuple(_not_reckoned(cells, written, number))
            if any(cells) or faults:
                yield SheetRow(number, merged.filled(number, cells), faults)


def _next(rows: Iterator[Numbered]) -> list[Numbered]:
    """Read some more rows, so that what is yielded between them is outside of `_whole`."""
    with _whole():
        return [*islice(rows, _ROWS_A_BATCH)]


def _formulas(stream: IO[bytes], title: str) -> Iterator[tuple[object, ...]]:
    sheet = opened(stream, as_formulas=True)[title]
    sheet.reset_dimensions()
    yield from sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)


def _not_reckoned(cells: Sequence[str], written: Sequence[object], number: int) -> Iterator[Fault]:
    for at, (text, formula) in enumerate(zip(cells, written, strict=False), start=1):
        if not text and isinstance(formula, str) and formula.startswith("="):
            yield Fault(NOT_RECKONED, places={"seen": f"{get_column_letter(at)}{number}"})


def _text(cell: Any) -> str:
    """Write a cell as it reads: a date as precisely as it is shown, a number without a dot zero."""
    match cell.value:
        case None:
            return ""
        case bool(value):
            return str(value)
        case date() as day:
            return _date(day, str(cell.number_format))
        case float(value):
            return f"{value:.15g}" if abs(value) < _LARGEST_PLAIN else f"{value:.0f}"
        case value:
            return str(value)


def _date(day: date, shape: str) -> str:
    """Write a date without the day or month that its format does not show."""
    plain = _LITERAL.sub("", shape.casefold())
    if "d" in plain or "y" not in plain:
        return f"{day:%Y-%m-%d}"
    return f"{day:%Y-%m}" if "m" in plain else f"{day:%Y}"


class _Merged:
    """Cells merged over several rows: their value is each row's, not the first one's alone."""

    def __init__(self, ranges: Sequence[str]) -> None:
        self._from: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._open: dict[int, tuple[int, str]] = {}
        for ref in ranges:
            column, first, _, last = range_boundaries(ref)
            if last > first and column <= MOST_COLUMNS:
                self._from[first].append((column - 1, last))

    def filled(self, number: int, cells: list[str]) -> list[str]:
        """Fill the cells of a row that are merged with one above."""
        for at, (last, value) in [*self._open.items()]:
            if number > last:
                del self._open[at]
            else:
                cells += [""] * (at + 1 - len(cells))
                cells[at] = cells[at] or value
        for at, last in self._from.get(number, ()):
            if at < len(cells):
                self._open[at] = (last, cells[at])
        return cells


def remarks_on(book: Workbook, sheet: Worksheet, look: Looked) -> Iterator[Fault]:
    """Tell what of a workbook was not read, or not read as it looks."""
    others = [one.title for one in filled_sheets(book) if one.title != sheet.title]
    if others:
        places = {"seen": shown(sheet.title), "wanted": shown(", ".join(others), 200)}
        yield Fault(OTHER_SHEETS, places=places)
    if look.hidden:
        yield Fault(HIDDEN, places={"seen": _some(look.hidden)})
    upright = [ref for ref in look.merged if _is_upright(ref)]
    if upright:
        yield Fault(MERGED, places={"seen": _some(upright)})
    if look.has_formulas:
        yield Fault(FORMULAS)


def _is_upright(ref: str) -> bool:
    _, first, _, last = range_boundaries(ref)
    return bool(last > first)


def _some(refs: Sequence[str]) -> str:
    more = "…" if len(refs) > _TOLD else ""
    return ", ".join((*refs[:_TOLD], *([more] if more else [])))
