"""A file that can't be read says why in a sentence; a row that can't be read costs only itself."""

import io
import zipfile

import pytest

from ctai.exchange.tables_in import LARGEST_FILE_BYTES, FileUnusable, read_table, require
from tests.exchange.files import csv_file, need, only_fault, read, record


def refusal(content: bytes) -> str:
    with pytest.raises(FileUnusable) as refused:
        read(content)
    return str(refused.value)


def test_a_missing_column_is_named_beside_those_that_are_there() -> None:
    row = record()
    del row["entity"], row["budget"]
    message = refusal(csv_file(row))
    assert message.startswith("Columns are missing: entity, budget. The file has: title, country_")


def test_a_needs_file_without_its_evidence_is_refused() -> None:
    row = need()
    del row["evidence_body"]
    assert "Columns are missing: evidence_body" in refusal(csv_file(row))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n , \n"[:2], b"\r\n\r\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert "empty" in refusal(content)


def test_a_workbook_renamed_csv_is_refused() -> None:
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "save the sheet as CSV, UTF-8" in refusal(workbook.getvalue())


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.7", csv_file(record()).decode().encode("utf-16")],
)
def test_a_binary_file_is_refused(content: bytes) -> None:
    assert "not a text file" in refusal(content)


def test_broken_utf8_names_the_row_and_the_byte() -> None:
    good = csv_file(record(), record(title="Second"))
    assert refusal(good.replace(b"Second", b"S\xe9cond")).startswith(
        "Row 3 is not UTF-8 text (byte 0xe9)."
    )


def test_a_file_above_the_limit_is_refused_with_both_sizes() -> None:
    message = refusal(b"a" * (LARGEST_FILE_BYTES + 1))
    assert str(LARGEST_FILE_BYTES + 1) in message
    assert f"at most {LARGEST_FILE_BYTES}" in message


def test_two_columns_of_one_name_are_refused() -> None:
    content = csv_file(record()).replace(b"location", b"donor")
    assert "“donor” more than once" in refusal(content)


def test_a_ragged_row_is_listed_and_the_others_are_kept() -> None:
    content = csv_file(record(), record(title="Second")) + b"one,two\r\n"
    rows = read(content)
    assert sum(row.draft is not None for row in rows) == 2
    assert only_fault(rows).in_english().startswith("row 4 · This row has 2 cells, the header has")


def test_ten_megabytes_in_a_cell_cost_only_their_row() -> None:
    rows = read(csv_file(record(), record(title="x" * 10_000_000), record(title="Third")))
    assert sum(row.draft is not None for row in rows) == 2
    message = only_fault(rows).in_english()
    assert message.startswith("row 3 · title · This text has 10000000 characters.")
    assert len(message) < 200


def test_a_nul_far_down_in_a_file_costs_only_its_row() -> None:
    content = csv_file(record(), *(record(title=f"Row {n}") for n in range(60)))
    rows = read(content.replace(b"Row 59", b"Row \x0059"))
    assert sum(row.draft is not None for row in rows) == 60
    assert "row 62 · title · This text is damaged" in only_fault(rows).in_english()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with mark"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_spreadsheets_of_every_country_can_be_read(delimiter: str, mark: bytes, end: bytes) -> None:
    content = csv_file(record(title="Formation, été; “fin”"), delimiter=delimiter)
    (row,) = read(mark + content.replace(b"\r\n", end))
    assert row.faults == ()
    assert row.draft is not None


def test_blank_lines_and_capitals_in_the_header_do_not_matter() -> None:
    header, body = csv_file(record()).split(b"\r\n", 1)
    rows = read(b"\r\n" + header.title() + b"\r\n\r\n" + body)
    assert [row.place for row in rows] == ["row 4"]


def test_places_count_as_a_spreadsheet_does() -> None:
    rows = read(csv_file(record(location="two\nlines"), record(title="", source_url="")))
    assert [row.place for row in rows] == ["row 2", "row 3"]


def test_require_lets_a_table_with_more_columns_through() -> None:
    require(read_table(b"a,b,c\n1,2,3\n"), ["a", "c"])
