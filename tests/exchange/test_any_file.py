"""Whatever a file holds, the readers answer with rows or with a reason, and writers keep it."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.arrivals import Row
from ctai.exchange.tables_in import FileUnusable
from ctai.exchange.tables_out import csv_bytes, guarded
from tests.exchange.files import NEED, RECORD, csv_file, need, read, record

NOISE = st.binary(max_size=400)
LINES = st.text(alphabet='",;\t\r\n\x00ab\u0663é', max_size=200).map(str.encode)
TEXT = st.text(max_size=60) | st.sampled_from(["=1+1", "-1", "1e-999", "1e999999", "٢٠١٧", "\x00"])


def outcome(content: bytes) -> list[Row]:
    try:
        return read(content)
    except FileUnusable:
        return []


@given(NOISE)
def test_any_bytes_are_rows_or_a_reason(content: bytes) -> None:
    outcome(content)


@given(LINES)
def test_any_lines_below_a_good_header_are_drafts_or_faults(lines: bytes) -> None:
    header = csv_file(record()).split(b"\r\n")[0] + b"\r\n"
    for row in outcome(header + lines):
        assert row.draft is not None or row.faults


@given(st.sampled_from(sorted(RECORD)), TEXT)
def test_any_text_in_any_cell_of_a_record_gives_a_draft_or_faults(column: str, text: str) -> None:
    for row in outcome(csv_file(record(**{column: text}))):
        assert row.draft is not None or row.faults
        assert all(fault.in_english() for fault in row.faults)


@given(st.sampled_from(sorted(NEED)), TEXT)
def test_any_text_in_any_cell_of_a_need_gives_a_draft_or_faults(column: str, text: str) -> None:
    for row in outcome(csv_file(need(**{column: text}))):
        assert row.draft is not None or row.faults


CELL = st.none() | st.integers() | st.text(max_size=40)


@given(st.lists(st.tuples(CELL, CELL), max_size=20))
def test_any_text_comes_back_from_a_file_as_it_was_guarded(rows: list[tuple[object, ...]]) -> None:
    text = csv_bytes(["a", "b"], rows).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    assert header == ["a", "b"]
    assert lines == [[guarded(cell) for cell in row] for row in rows]


@given(st.text())
def test_no_spreadsheet_runs_a_text(text: str) -> None:
    written = guarded(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert written in (text, f"'{text}")


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert [guarded(cell) for cell in (-3, -0.5, None, float("nan"))] == ["-3", "-0.5", "", ""]
