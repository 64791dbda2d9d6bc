"""Writing tables as XLSX: typed cells, a frozen header with filters, and a sheet that explains.

What somebody typed is always stored as text: no cell is ever a formula.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ctai.exchange.tables_out import FORMULA
from ctai.i18n import direction

Value = str | int | float | Decimal | date | datetime | bool | None

LONGEST_CELL = 32_767
"""Characters that a cell can hold; Microsoft, Excel specifications and limits."""
LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_HEAD = PatternFill("solid", start_color="E8F4FA")
_AMOUNT, _WHOLE = "#,##0.00", "#,##0"
NARROWEST, WIDEST = 9, 60


@dataclass(frozen=True)
class Sheet:
    """A table: its name, its headings in the reader's language, and its rows."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True)
class About:
    """What explains a file: lines of a name and what stands for it, then sentences."""

    name: str
    facts: Sequence[tuple[str, Value]]
    sentences: Sequence[str] = field(default_factory=tuple)


def workbook_bytes(sheets: Iterable[Sheet], about: About, lang: str) -> bytes:
    """Write the tables and then the sheet that explains them."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _table(book.create_sheet(sheet_name(sheet.name)), sheet, lang)
    _explained(book.create_sheet(sheet_name(about.name)), about, lang)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(name: str) -> str:
    """Shorten a name to what spreadsheets take for a sheet."""
    return _NOT_IN_NAMES.sub(" ", _clean(name)).strip("' ")[:LONGEST_NAME] or "–"


def _table(page: Worksheet, sheet: Sheet, lang: str) -> None:
    page.sheet_view.rightToLeft = direction(lang) == "rtl"
    for at, heading in enumerate(sheet.headings, start=1):
        cell = _put(page.cell(1, at), heading)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for line, row in enumerate(sheet.rows, start=2):
        for at, value in enumerate(row, start=1):
            _put(page.cell(line, at), value)
    page.freeze_panes = "A2"
    last = get_column_letter(max(1, len(sheet.headings)))
    page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    for at, heading in enumerate(sheet.headings):
        longest = max((len(_told(row[at])) for row in sheet.rows), default=0)
        width = min(WIDEST, max(NARROWEST, len(heading) * 0.8, longest + 2))
        page.column_dimensions[get_column_letter(at + 1)].width = width


def _explained(page: Worksheet, about: About, lang: str) -> None:
    page.sheet_view.rightToLeft = direction(lang) == "rtl"
    for line, (name, value) in enumerate(about.facts, start=1):
        _put(page.cell(line, 1), name).font = Font(bold=True)
        _put(page.cell(line, 2), value)
    for line, sentence in enumerate(about.sentences, start=len(about.facts) + 2):
        _put(page.cell(line, 1), sentence)
    page.column_dimensions["A"].width = 24
    page.column_dimensions["B"].width = WIDEST


def _put(cell: Cell, value: Value) -> Cell:
    if value is None or value != value:
        return cell
    if isinstance(value, str):
        _put_text(cell, value)
    elif isinstance(value, datetime):
        # A spreadsheet's moments have no zone: UTC, as the heading or the sheet about says.
        cell.value, cell.number_format = value.replace(tzinfo=None), "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    else:
        cell.value = value
        if isinstance(value, Decimal):
            cell.number_format = _AMOUNT
        elif isinstance(value, int) and not isinstance(value, bool):
            cell.number_format = _WHOLE
    return cell


def _put_text(cell: Cell, text: str) -> None:
    clean = _clean(text)[:LONGEST_CELL]
    cell.value = clean
    # openpyxl takes "=…" for a formula and "#N/A" for an error, unless it is told otherwise.
    cell.data_type = "s"
    if clean.startswith(FORMULA):
        cell.quotePrefix = True  # stays text also when somebody edits the cell
    cell.alignment = Alignment(vertical="top", wrap_text=len(clean) > WIDEST)


def _clean(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _told(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return "" if value is None else str(value)
