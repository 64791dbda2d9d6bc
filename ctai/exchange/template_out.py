"""Writing an entity's template: its records, locked where they are, and rows for new ones."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ctai.domain.activities import ActivityDraft, OrganisationRole, Status
from ctai.domain.money import CURRENCIES
from ctai.domain.strategy import by_code
from ctai.exchange import template as layout
from ctai.exchange.workbook import LONGEST_CELL, sheet_name
from ctai.i18n import column_wording, dates, direction, mark, names, translate, wording

GUIDE = (
    mark("Fill in the yellow cells. The grey ones are locked: they tell which record a row is."),
    mark("Write dates as 2017, 2017-08 or 2017-08-28, as precisely as known."),
    mark("Leave a cell empty where something is not known."),
    mark("Put new activities into the empty rows below the others."),
    mark("Taking a row out deletes nothing: it is told, and the record stays."),
    mark("Then bring the file in where you got it. You see what changes before it is stored."),
)
TABLE = mark("Activities")
_WIDTHS = {"title": 48, "description": 32, "measure": 40, "country_iso3": 22, "note": 32}
_WIDTH = 16


@dataclass(frozen=True)
class Given:
    """An entity's records by number, as they are on a day."""

    entity: str
    records: Mapping[int, ActivityDraft]
    day: date


def template(given: Given, lang: str) -> bytes:
    """Write the workbook: how to fill it in, the rows, and three hidden sheets for its return."""
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {"in_memory": True, **plain})
    table = sheet_name(translate(lang, TABLE))
    _guide(book, given, lang)
    rows = [_cells(number, draft, lang) for number, draft in given.records.items()]
    sheet = book.add_worksheet(table)
    lists = _lists(book, lang)
    _rows(book, sheet, rows, lang)
    for column, words in lists.items():
        at = layout.COLUMNS.index(column)
        choice = {"validate": "list", "source": words, "error_type": "warning"}
        sheet.data_validation(1, at, len(rows) + layout.EMPTY_ROWS, at, choice)
    _hidden(book, layout.GIVEN, [layout.COLUMNS, *rows])
    _hidden(book, layout.SHEET, [(layout.SIGN, given.entity, lang, table)])
    sheet.activate()
    book.close()
    return out.getvalue()


def _guide(book: Workbook, given: Given, lang: str) -> None:
    sheet = book.add_worksheet(sheet_name(translate(lang, "How to fill this in")))
    _turned(sheet, lang)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 80)
    name = names.entity_name(lang, given.entity)
    sheet.write_string(0, 0, name, bold)
    sheet.write_string(1, 0, dates.partial_date(lang, given.day.isoformat()))
    for line, sentence in enumerate(GUIDE, start=3):
        sheet.write_string(line, 0, translate(lang, sentence), wrapped)


def _turned(sheet: Worksheet, lang: str) -> None:
    if direction(lang) == "rtl":
        sheet.right_to_left()


def _cells(number: int, draft: ActivityDraft, lang: str) -> tuple[str, ...]:
    """Write a record's cells, in the order of `template.COLUMNS`."""
    code = lang if lang in draft.texts else "en" if "en" in draft.texts else min(draft.texts)
    text = draft.texts[code]
    carriers = [p.entity for p in draft.participants if p.role is not OrganisationRole.FUNDING]
    cells = {
        "activity_id": str(number),
        "entity": "; ".join(dict.fromkeys(carriers)),
        "country_iso3": "; ".join(names.country_name(lang, c.iso3) for c in draft.countries),
        "measure": "; ".join(_measure(lang, link.code) for link in draft.measures),
        "title": text.title,
        "status": wording.status(lang, draft.status.value),
        "status_as_of": draft.status_as_of or "",
        "planned_start": draft.planned_start or "",
        "planned_end": draft.planned_end or "",
        "actual_start": draft.actual_start or "",
        "actual_end": draft.actual_end or "",
        "location": draft.place,
        "note": draft.note,
        "description": text.description,
        "budget": "; ".join(f"{line.amount:f}" for line in draft.budget),
        "currency": "; ".join(line.currency for line in draft.budget),
        "source_url": " ".join(source.url for source in draft.sources),
        "title_language": code,
    }
    return tuple(cells[column][:LONGEST_CELL] for column in layout.COLUMNS)


def _measure(lang: str, code: str) -> str:
    return f"{code} {names.measure_title(lang, code)}"


def _rows(book: Workbook, sheet: Worksheet, rows: Sequence[Sequence[str]], lang: str) -> None:
    """Write the rows: grey and locked, or yellow to be filled in; the head stays in sight."""
    _turned(sheet, lang)
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8F4FA", "border": 1})
    locked = book.add_format({"bg_color": "#ECECEC", "text_wrap": True, "num_format": "@"})
    open_ = book.add_format(
        {"bg_color": "#FFF9DB", "text_wrap": True, "locked": False, "num_format": "@", "border": 4}
    )
    for at, column in enumerate(layout.COLUMNS):
        sheet.write_string(0, at, column_wording.column(lang, column), head)
        options = {"hidden": column == "title_language"}
        sheet.set_column(at, at, _WIDTHS.get(column, _WIDTH), None, options)
    for line, row in enumerate(rows, start=1):
        for at, (column, text) in enumerate(zip(layout.COLUMNS, row, strict=True)):
            _put(sheet, line, at, text, open_ if column in layout.OWN else locked)
    for line in range(len(rows) + 1, len(rows) + 1 + layout.EMPTY_ROWS):
        for at, column in enumerate(layout.COLUMNS):
            sheet.write_blank(line, at, None, locked if column == "activity_id" else open_)
    sheet.freeze_panes(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "delete_rows": True})


def _put(sheet: Worksheet, line: int, at: int, text: str, shape: Format) -> None:
    if text:
        sheet.write_string(line, at, text, shape)
    else:
        sheet.write_blank(line, at, None, shape)


def _lists(book: Workbook, lang: str) -> dict[str, str]:
    """Write the words of the drop-downs and give where those of each column stand."""
    words = {
        "status": [wording.status(lang, status.value) for status in Status],
        "country_iso3": sorted(
            (names.country_name(lang, iso3) for iso3 in names.country_codes()),
            key=names.sort_key(lang),
        ),
        "measure": [_measure(lang, code) for code in by_code()],
        "currency": sorted(CURRENCIES),
    }
    sheet = book.add_worksheet(layout.LISTS)
    sheet.very_hidden()
    found = {}
    for at, (column, listed) in enumerate(words.items()):
        sheet.write_column(0, at, listed)
        letter = "ABCD"[at]
        found[column] = f"={layout.LISTS}!${letter}$1:${letter}${len(listed)}"
    return found


def _hidden(book: Workbook, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.very_hidden()
    for line, row in enumerate(rows):
        for at, text in enumerate(row):
            sheet.write_string(line, at, text)
