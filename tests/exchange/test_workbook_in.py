"""Workbooks are read as a person sees them, and what could mislead is told."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Row
from ctai.exchange.tables_in import FileUnusable, read_table
from tests.exchange.files import RECORD, only_fault, read, record


def sheet_of(*rows: Mapping[str, object]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append([*rows[0]])
    for row in rows:
        sheet.append([*row.values()])
    return book, sheet


def written(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def drafts(content: bytes) -> list[ActivityDraft]:
    return [row.draft for row in read(content) if isinstance(row.draft, ActivityDraft)]


def told(content: bytes) -> list[str]:
    return [fault.in_english() for row in read(content) for fault in row.remarks]


def test_a_workbook_is_read_as_a_csv_file_is() -> None:
    book, _ = sheet_of(record(), record(title="Second", budget=""))
    first, second = drafts(written(book))
    assert first.texts["en"].title == "Training of border police"
    assert (str(first.budget[0].amount), second.budget) == ("1700000", ())


def test_typed_dates_are_as_precise_as_they_are_shown_and_numbers_plain() -> None:
    row = record() | {"start_date": date(2017, 3, 9), "end_date": date(2017, 5, 1)}
    book, sheet = sheet_of(row | {"budget": 1700000.0})
    sheet["I2"].number_format = "mmm yyyy"
    sheet["H2"].number_format = "dd/mm/yyyy"
    (found,) = drafts(written(book))
    assert (found.actual_start, found.actual_end) == ("2017-03-09", "2017-05")
    assert str(found.budget[0].amount) == "1700000"


def test_merged_cells_hold_their_value_in_each_row_and_that_is_told() -> None:
    book, sheet = sheet_of(record(), record(title="Second"), record(title="Third"))
    sheet.merge_cells("C2:C4")
    content = written(book)
    assert [found.iso3s for found in drafts(content)] == [{"NGA"}] * 3
    assert "C2:C4" in " ".join(told(content))


def test_hidden_rows_and_other_sheets_are_told() -> None:
    book, sheet = sheet_of(record(), record(title="Second"))
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Notes")["A1"] = "to do"
    content = written(book)
    assert len(drafts(content)) == 2
    sentences = " ".join(told(content))
    assert "Hidden rows were read too: 3." in sentences
    assert "Notes" in sentences


def test_a_formula_without_its_value_refuses_its_row_alone() -> None:
    book, _ = sheet_of(record(), record(title="Second", budget="=1+1"))
    rows = read(written(book))
    assert "cell J3 has no stored value" in only_fault(rows).in_english()
    assert sum(row.draft is not None for row in rows) == 1


def test_a_title_above_the_header_is_passed_over() -> None:
    book, sheet = sheet_of(record())
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Report of the third quarter"
    (row,) = read(written(book))
    assert (row.place, row.draft is not None) == ("row 4", True)


def test_cells_far_out_and_rows_far_down_cost_no_time() -> None:
    book, sheet = sheet_of(record())
    sheet["XFD1048576"] = "far"
    table = read_table(io.BytesIO(written(book)))
    assert len([*table.lines]) == 1


def test_a_workbook_that_unpacks_too_large_is_refused_before_it_is_opened() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    with pytest.raises(FileUnusable, match="unpacks to 40000000 bytes"):
        read_table(bomb)


def test_a_workbook_with_a_document_type_is_refused() -> None:
    book, _ = sheet_of(record())
    evil = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written(book))) as good, zipfile.ZipFile(evil, "w") as bad:
        for part in good.infolist():
            inside = good.read(part)
            if part.filename.endswith("sheet1.xml"):
                inside = b'<!DOCTYPE x [<!ENTITY a "b">]>' + inside
            bad.writestr(part, inside)
    with pytest.raises(FileUnusable, match="document type"):
        read_table(evil)


GOOD = written(sheet_of(record(), record(title="Second"))[0])


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=3000)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_some_bytes_changed_is_rows_or_a_reason(at: int, new: bytes) -> None:
    for row in outcome(GOOD[:at] + new + GOOD[at + len(new) :]):
        assert row.draft or row.faults or row.remarks


def outcome(content: bytes) -> list[Row]:
    try:
        return read(content)
    except FileUnusable:
        return []


PIECES = st.sampled_from(
    [
        b"<c ",
        b"</row>",
        b'r="',
        b"1048576",
        b"NaN",
        b"<f>1</f>",
        b'hidden="1"',
        b'ref="B9:A1"',
        b"0",
    ]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=3000)
@given(st.floats(0, 1), PIECES, st.sampled_from(["sheet1.xml", "workbook.xml", "styles.xml"]))
def test_a_workbook_with_a_part_spoilt_is_rows_or_a_reason(
    where: float, piece: bytes, name: str
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good, zipfile.ZipFile(out, "w") as bad:
        for part in good.infolist():
            inside = good.read(part)
            if part.filename.endswith(name):
                cut = int(where * len(inside))
                inside = inside[:cut] + piece + inside[cut:]
            bad.writestr(part, inside)
    for row in outcome(out.getvalue()):
        assert row.draft or row.faults or row.remarks


assert [*RECORD][9] == "budget"
