"""The history as CSV: each changed value with who changed it, when and why; codes only."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from ctai.exchange.tables_out import csv_chunks

HEADERS = (
    "change_id",
    "changed_at",
    "changed_by",
    "record_kind",
    "record_id",
    "field",
    "before",
    "after",
    "why",
)


def history_csv(rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """Write changes piece by piece, in the order given; moments in UTC to the second."""
    lines = (
        [cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else cell for cell in row]
        for row in rows
    )
    return csv_chunks(HEADERS, lines)
