"""Refused lines go back in the layout in which they came, and can be mended and brought again."""

import io

from ctai.exchange.refused_out import refused_csv
from ctai.exchange.tables_in import read_table
from tests.exchange.files import csv_file, read, record


def refused(content: bytes) -> bytes:
    faults = [fault.at(row.place) for row in read(content) for fault in row.faults]
    return refused_csv(read_table(io.BytesIO(content)), faults, "en")


def test_a_refused_line_comes_back_with_its_reason_and_only_it() -> None:
    back = refused(
        csv_file(record(), record(title="=Second", status="maybe", location="two\nrows"))
    )
    header, *lines = back.decode("utf-8-sig").split("\r\n")
    assert header.endswith(",source_url,refused_column,refused_reason")
    assert lines[0].startswith("=Second,UNODC,NGA")
    assert "status" in lines[0]
    assert "“maybe” is not known here." in lines[0]


def test_a_mended_line_is_read_without_the_reasons_beside_it() -> None:
    back = refused(csv_file(record(), record(title="Second", status="maybe")))
    (row,) = read(back.replace(b"maybe", b"ongoing", 1))
    assert row.faults == ()
    assert row.draft is not None
    assert row.remarks == ()


def test_a_line_of_too_many_cells_keeps_them_all() -> None:
    back = refused(csv_file(record()) + b"one,two,three" + b",x" * 20 + b"\r\n")
    assert back.decode().count(",x") == 20


def test_where_nothing_is_refused_there_is_no_file() -> None:
    assert refused(csv_file(record())) == b""
