"""The history as CSV: each changed value as it is stored, with who changed it, when and why."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from ctai.exchange.tables_out import csv_chunks
from ctai.i18n import record_wording

HEADERS = (
    "change_id",
    "changed_at",
    "changed_by",
    "record_kind",
    "record_kind_name",
    "record_id",
    "field",
    "before",
    "after",
    "why",
)

_NAMED = HEADERS.index("record_kind")


def history_csv(rows: Iterable[tuple[object, ...]], lang: str) -> Iterator[bytes]:
    """Write changes piece by piece, in the order given; moments in UTC to the second."""
    return csv_chunks(HEADERS, (_line(row, lang) for row in rows))


def _line(row: tuple[object, ...], lang: str) -> list[object]:
    told = [
        cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else cell for cell in row
    ]
    told.insert(_NAMED + 1, record_wording.kind(lang, str(row[_NAMED])))
    return told
