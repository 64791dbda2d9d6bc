"""Reading files of records: told apart by their headers, turned into drafts, faults listed."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import IO

from ctai.domain.arrivals import Row
from ctai.domain.faults import Fault, shown
from ctai.domain.roles import Visibility
from ctai.exchange import needs_in, undertakings_in
from ctai.exchange.columns_in import named
from ctai.exchange.dates_in import SERIAL, as_iso
from ctai.exchange.lines_in import grouped, place_of
from ctai.exchange.reading import Reading
from ctai.exchange.tables_in import FileUnusable, Line, Table, read_table, require
from ctai.exchange.words_in import country_codes, measure_codes, status_code
from ctai.i18n import mark

__all__ = ["FileUnusable", "Spoken", "read_embedded", "read_records", "records_of"]

SERIAL_READ = mark("“{seen}” was read as a spreadsheet's number of the day {wanted}.")
_DATES = frozenset(
    {"start_date", "end_date", "planned_start", "planned_end", "actual_start", "actual_end"}
    | {"status_as_of", "evidence_date", "state_as_of", "wanted_by"}
)
_WORDS = {"country_iso3": country_codes, "measure": measure_codes, "status": status_code}


@dataclass(frozen=True)
class Spoken:
    """What is known of a file besides its lines: for whom it speaks, what a person said that its
    columns mean, and the language of titles where it has no column for that."""

    entity: str | None = None
    meanings: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


def read_records(
    stream: IO[bytes], aliases: Mapping[str, str], visibility: Visibility, spoken: Spoken = Spoken()
) -> Iterator[Row]:
    """Read a file of activities, assessments and requests, or one of needs; see `records_of`."""
    return records_of(read_table(stream), aliases, visibility, spoken)


def read_embedded(content: bytes, aliases: Mapping[str, str]) -> Iterator[Row]:
    """Read a file that comes with the app: public records, whose titles are our own English."""
    spoken = Spoken(language="en")
    return read_records(io.BytesIO(content), aliases, Visibility.PUBLIC, spoken)


def records_of(
    table: Table, aliases: Mapping[str, str], visibility: Visibility, spoken: Spoken
) -> Iterator[Row]:
    """Read a table of records; first what is to be told of all of it, then one row per record.

    `aliases` gives an entity's acronym by its other names, in lower case. FileUnusable when its
    header is of no layout.
    """
    heads = named(table.columns, spoken.meanings)
    is_needs = "need_id" in heads.columns
    known = table.named(heads.columns)
    wanted = needs_in.NEED_COLUMNS if is_needs else undertakings_in.NEEDED
    if not set(wanted) <= set(heads.columns):
        require(
            table.named([heads.columns[at] or name for at, name in enumerate(table.columns)]),
            wanted,
        )
    remarks = (*table.remarks, *heads.remarks)
    if remarks:
        yield Row("", remarks=remarks)
    columns = frozenset(filter(None, heads.columns))
    reading = Reading(aliases, visibility, columns, spoken.entity, heads.language)
    spoken_in = {"title_language": spoken.language}
    if is_needs:
        yield from _needs(known, visibility, spoken_in)
    else:
        yield from _records(known, reading, spoken_in)


def _records(table: Table, reading: Reading, spoken_in: Mapping[str, str]) -> Iterator[Row]:
    empty = {**dict.fromkeys(undertakings_in.RECORD_COLUMNS, ""), **spoken_in}
    for lines in grouped(lambda: _cleaned(table, empty), undertakings_in.record_key):
        faults = lines[0].faults or tuple(undertakings_in.differing(lines))
        row = (
            Row(place_of(lines), faults=faults)
            if faults
            else undertakings_in.record(lines, reading)
        )
        yield _with_remarks(row, lines)


def _needs(table: Table, visibility: Visibility, spoken_in: Mapping[str, str]) -> Iterator[Row]:
    codes: set[str] = set()
    for lines in grouped(lambda: _cleaned(table, spoken_in), needs_in.need_key):
        faults = lines[0].faults or tuple(needs_in.repeated_codes(lines, codes))
        row = Row(place_of(lines), faults=faults) if faults else needs_in.need(lines, visibility)
        yield _with_remarks(row, lines)


def _with_remarks(row: Row, lines: list[Line]) -> Row:
    remarks = tuple(remark for line in lines for remark in line.remarks)
    return replace(row, remarks=(*row.remarks, *remarks)) if remarks else row


def _cleaned(table: Table, empty: Mapping[str, str]) -> Iterator[Line]:
    """Give the lines with dates and words as they are written here, and a cell for each column."""
    dates = [name for name in table.columns if name in _DATES]
    words = [(name, code) for name, code in _WORDS.items() if name in table.columns]
    for line in table.lines:
        if line.faults:
            yield line
            continue
        cells = {**empty, **line.cells}
        remarks: list[Fault] = []
        for name in dates:
            if cells[name]:
                cells[name] = _date(name, cells[name], remarks)
        for name, code in words:
            if cells[name]:
                cells[name] = code(cells[name])
        yield Line(line.number, cells, (), tuple(remarks))


def _date(column: str, text: str, remarks: list[Fault]) -> str:
    found = as_iso(text)
    if found != text and SERIAL.fullmatch(text):
        remarks.append(Fault(SERIAL_READ, column, {"seen": shown(text), "wanted": found}))
    return found
