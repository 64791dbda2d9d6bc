"""Workbooks: typed cells, a header that stays, and no text that a spreadsheet would run."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.workbook.workbook import Workbook

from ctai.exchange.workbook import About, Sheet, Value, sheet_name, workbook_bytes

ABOUT = About("About this file", [("Rows", 2)], ["Funded: committed."])


def written(rows: list[list[Value]], lang: str = "en", headings: tuple[str, ...] = ()) -> Workbook:
    names = headings or tuple(f"Column {at}" for at in range(max(map(len, rows), default=1)))
    return load_workbook(io.BytesIO(workbook_bytes([Sheet("Plan", names, rows)], ABOUT, lang)))


def test_cells_keep_their_type() -> None:
    moment = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
    row: list[Value] = ["text", Decimal("1234.50"), 7, date(2026, 5, 12), moment, None, True]
    page = written([row])["Plan"]
    values = [cell.value for cell in page[2]]
    assert values == [
        "text",
        1234.5,
        7,
        datetime(2026, 5, 12),  # noqa: DTZ001  # a spreadsheet's moments have no zone
        datetime(2026, 5, 12, 9, 30),  # noqa: DTZ001  # likewise
        None,
        True,
    ]
    assert page["B2"].number_format == "#,##0.00"
    assert page["D2"].number_format == "yyyy-mm-dd"


def test_missing_is_empty_and_not_zero() -> None:
    page = written([[None, float("nan"), Decimal("NaN"), ""]])["Plan"]
    assert [cell.value for cell in page[2]] == [None, None, None, None]


def test_the_header_stays_and_filters() -> None:
    page = written([["a", "b"], ["c", "d"]], headings=("Need", "Action"))["Plan"]
    assert [cell.value for cell in page[1]] == ["Need", "Action"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert page["A1"].font.bold


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", '=cmd|"/c"!A0'])
def test_a_text_is_never_a_formula(text: str) -> None:
    page = written([[text]], headings=(text,))["Plan"]
    for cell in (page["A1"], page["A2"]):
        assert cell.data_type == "s"
        assert cell.value == text
        assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


@given(st.text(max_size=200))
@example("_x0041_")
@example("a\r\nb")
def test_any_text_comes_back(text: str) -> None:
    value = written([[text, "end"]])["Plan"]["A2"].value
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    assert (value or "").replace("\r\n", "\n").replace("\r", "\n") == clean.replace(
        "\r\n", "\n"
    ).replace("\r", "\n")


def test_a_text_beyond_what_a_cell_holds_is_cut() -> None:
    assert len(written([["x" * 40_000]])["Plan"]["A2"].value) == 32_767


def test_columns_are_as_wide_as_what_stands_in_them_within_reason() -> None:
    page = written([["x", "y" * 30, "z" * 500]])["Plan"]
    widths = [page.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] < widths[1] < widths[2] == 60


def test_the_file_explains_itself() -> None:
    book = written([["a"]])
    assert book.sheetnames == ["Plan", "About this file"]
    page = book["About this file"]
    assert (page["A1"].value, page["B1"].value) == ("Rows", 2)
    assert page["A3"].value == "Funded: committed."


def test_sheets_run_from_right_to_left_in_arabic() -> None:
    assert all(page.sheet_view.rightToLeft for page in written([["a"]], "ar"))
    assert not any(page.sheet_view.rightToLeft for page in written([["a"]], "fr"))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("Plan", "Plan"), ("a/b:c", "a b c"), ("x" * 40, "x" * 31), ("[]", "–"), ("'a'", "a")],
)
def test_a_sheets_name_is_one_that_spreadsheets_take(name: str, wanted: str) -> None:
    assert sheet_name(name) == wanted
