"""Writing tables as CSV: UTF-8 with a byte order mark, guarded against formulas, row by row."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
ROWS_A_CHUNK = 500


def guarded(value: object) -> str:
    """Write a cell so that no spreadsheet runs it; numbers stay numbers, None stays empty."""
    if value is None or value != value:
        return ""
    text = str(value)
    is_risky = isinstance(value, str) and text.startswith(FORMULA)
    return f"'{text}" if is_risky else text


def csv_chunks(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Write a table piece by piece, so that a million rows need no more memory than a page."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BOM)
    writer.writerow(columns)
    for count, row in enumerate(rows, start=1):
        writer.writerow([guarded(cell) for cell in row])
        if count % ROWS_A_CHUNK == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a small table whole."""
    return b"".join(csv_chunks(columns, rows))
