"""A file that can't be read says why in a sentence; a row that can't be read costs only itself."""

import io
import zipfile

import pytest

from ctai.domain.activities import ActivityDraft
from ctai.exchange.tables_in import FileUnusable, read_table, require
from tests.exchange.files import csv_file, need, only_fault, read, record


def refusal(content: bytes) -> str:
    with pytest.raises(FileUnusable) as refused:
        read(content)
    return str(refused.value)


def test_a_missing_column_is_named_beside_those_that_are_there() -> None:
    row = record()
    del row["country_iso3"]
    message = refusal(csv_file(row))
    assert message.startswith("Columns are missing: country_iso3. The file has: title, entity, ")


def test_a_needs_file_without_its_evidence_is_refused() -> None:
    row = need()
    del row["evidence_body"]
    assert "Columns are missing: evidence_body" in refusal(csv_file(row))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n , \n"[:2], b"\r\n\r\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert "empty" in refusal(content)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(archive.getvalue()).startswith("This workbook can't be opened (")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS, DOC, MSG"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_its_name(content: bytes, kind: str) -> None:
    assert refusal(content).startswith(f"This file is of the kind {kind}, whatever its name says.")


def test_bytes_that_are_no_text_are_refused() -> None:
    assert "not a text file" in refusal(b"\x01\x00\x00\x02abc")


def test_broken_utf8_names_the_row_and_the_byte() -> None:
    good = csv_file(record(title="Première"), record(title="Second"))
    assert refusal(good.replace(b"Second", b"S\xe9cond")).startswith(
        "Row 3 is not UTF-8 text (byte 0xe9)."
    )


WORDS = {
    "cp1252": "Atelier sur la sécurité aérienne, Côte d’Ivoire: équipes formées à l’été",
    "cp1251": "Подготовка сотрудников пограничной службы и обмен информацией",
    "cp1256": "تدريب أفراد حرس الحدود وتبادل المعلومات بين الدول الأعضاء",
    "gb18030": "边境官员培训以及会员国之间的信息交流",
}


@pytest.mark.parametrize("encoding", WORDS)
def test_the_encoding_of_each_language_is_found_and_told(encoding: str) -> None:
    rows = [record(title=f"{WORDS[encoding]} {n}", location=WORDS[encoding]) for n in range(5)]
    told, first, *_ = read(csv_file(*rows).decode().encode(encoding))
    assert isinstance(first.draft, ActivityDraft)
    assert first.draft.place == WORDS[encoding]
    assert "not written in UTF-8" in told.remarks[0].in_english()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_texts_are_read_with_a_mark_and_without(encoding: str) -> None:
    told, row = read(csv_file(record(location="Kano")).decode().encode(encoding))
    assert isinstance(row.draft, ActivityDraft)
    assert (row.draft.place, row.faults) == ("Kano", ())
    assert told.remarks


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


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
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
    require(read_table(io.BytesIO(b"a,b,c\n1,2,3\n")), ["a", "c"])
