"""Reading a template that comes back as a difference: changed, new, unchanged, and gone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import IO

from openpyxl.workbook import Workbook

from ctai.domain.activities import ActivityDraft, Status, Text
from ctai.domain.arrivals import Row
from ctai.domain.faults import Fault, shown
from ctai.domain.roles import Visibility
from ctai.domain.settling import values_of
from ctai.exchange import template as layout
from ctai.exchange import undertakings_in, workbook_in
from ctai.exchange.dates_in import as_iso
from ctai.exchange.lines_in import code_of
from ctai.exchange.reading import Reading
from ctai.exchange.shape_in import FileUnusable
from ctai.exchange.tables_in import Line
from ctai.exchange.words_in import country_codes, measure_codes, status_code
from ctai.i18n import column_wording, mark

DAMAGED = mark("This template has lost its hidden sheets or columns ({seen}). Get a new one.")
GONE = mark("Not in the file any more, and left as they are: {seen}.")
UNKNOWN = mark("The number “{seen}” was not in the template. Leave it empty for a new record.")
TWICE = mark("The number “{seen}” stands in two rows. Leave it empty in the one that is new.")
LOCKED = mark("What was changed in locked cells was not read: {seen}.")
_DATES = tuple(column for column in layout.OWN if column.endswith(("_start", "_end", "_as_of")))
_SPOKEN = ("status", *_DATES, "place", "note")

Cells = Mapping[str, str]


def is_template(book: Workbook) -> bool:
    """Tell whether a workbook was given out here."""
    return layout.SHEET in book.sheetnames


def read_template(
    stream: IO[bytes], book: Workbook, aliases: Mapping[str, str], visibility: Visibility
) -> Iterator[Row]:
    """Read the rows that were changed or are new; those unchanged say nothing.

    FileUnusable where the hidden sheets are damaged. What is gone is told at the end.
    """
    sign, entity, lang, table = _sign(book)
    if sign != layout.SIGN or not {layout.GIVEN, table} <= set(book.sheetnames):
        raise FileUnusable(Fault(DAMAGED, places={"seen": shown(sign)}))
    given = {cells["activity_id"]: cells for cells in _given(stream, book)}
    reading = Reading(aliases, visibility, frozenset(layout.COLUMNS), entity, lang)
    met: set[str] = set()
    for line in _lines(stream, book, lang, table):
        number = line.cells["activity_id"]
        if line.faults:
            yield Row(line.place, faults=line.faults)
        elif not number:
            yield undertakings_in.record([line], reading)
        elif number not in given or number in met:
            message = TWICE if number in met else UNKNOWN
            fault = Fault(message, "activity_id", {"seen": shown(number)})
            yield Row(line.place, faults=(fault,))
        else:
            yield _changed(line, given[number])
        met.add(number)
    gone = [number for number in given if number not in met]
    if gone:
        yield Row("", remarks=(Fault(GONE, places={"seen": shown(", ".join(gone), 200)}),))


def _sign(book: Workbook) -> tuple[str, ...]:
    """Read what the template is, its entity, its language and the name of its sheet."""
    rows = islice(book[layout.SHEET].iter_rows(max_col=4, values_only=True), 1)
    found = [str(value or "") for row in rows for value in row]
    return tuple((*found, *[""] * 4)[:4])


def _given(stream: IO[bytes], book: Workbook) -> Iterator[Cells]:
    rows = workbook_in.rows_of(stream, book[layout.GIVEN], workbook_in.Looked())
    head = next(rows, None)
    if head is None or tuple(head.cells[: len(layout.COLUMNS)]) != layout.COLUMNS:
        raise FileUnusable(Fault(DAMAGED, places={"seen": layout.GIVEN}))
    for row in rows:
        yield _cleaned(dict(zip(layout.COLUMNS, row.cells, strict=False)))


def _lines(stream: IO[bytes], book: Workbook, lang: str, table: str) -> Iterator[Line]:
    """Give the rows of the sheet, whatever the order of its columns."""
    sheet = book[table]
    rows = workbook_in.rows_of(stream, sheet, workbook_in.looked_at(sheet))
    head = next(rows, None)
    headings = {column_wording.column(lang, column): column for column in layout.COLUMNS}
    found = [headings.get(cell.strip(), "") for cell in (head.cells if head else ())]
    missing = [heading for heading, column in headings.items() if column not in found]
    if missing:
        raise FileUnusable(Fault(DAMAGED, places={"seen": shown(", ".join(missing))}))
    for row in rows:
        cells = {name: cell for name, cell in zip(found, row.cells, strict=False) if name}
        yield Line(row.number, _cleaned(cells), row.faults)


def _cleaned(cells: Cells) -> Cells:
    """Give a cell for each column, words as codes and dates as they are written here."""
    full = {column: cells.get(column, "").strip() for column in (*layout.COLUMNS, "kind")}
    full |= {column: as_iso(full[column]) for column in _DATES if full[column]}
    full["status"] = status_code(full["status"])
    full["measure"] = measure_codes(full["measure"])
    full["country_iso3"] = country_codes(full["country_iso3"])
    empty = dict.fromkeys(undertakings_in.RECORD_COLUMNS, "")
    return {**empty, **full}


def _changed(line: Line, given: Cells) -> Row:
    """Give what a row changes of a record, beside the record as it was given out."""
    faults: list[Fault] = []
    language = given["title_language"] or "en"
    draft, before = _draft(line.cells, language, faults), _draft(given, language, [])
    old, new = values_of(before), values_of(draft)
    spoken = (*_SPOKEN, f"texts.{language}")
    says = frozenset(name for name in spoken if old[name] != new[name])
    locked = (*layout.FIXED, *layout.MORE)
    touched = [column for column in locked if line.cells[column] != given[column]]
    remarks = (Fault(LOCKED, places={"seen": ", ".join(touched)}),) if touched else ()
    number = int(given["activity_id"])
    row = Row(line.place, draft, tuple(faults), remarks, says)
    return replace(row, number=number, given=before)


def _draft(cells: Cells, language: str, faults: list[Fault]) -> ActivityDraft:
    known = code_of(Status, "status", cells["status"], faults) if cells["status"] else None
    return ActivityDraft(
        texts={language: Text(cells["title"], cells["description"])},
        countries=(),
        participants=(),
        status=known or Status.UNKNOWN,
        status_as_of=cells["status_as_of"] or None,
        planned_start=cells["planned_start"] or None,
        planned_end=cells["planned_end"] or None,
        actual_start=cells["actual_start"] or None,
        actual_end=cells["actual_end"] or None,
        place=cells["location"],
        note=cells["note"],
    )
