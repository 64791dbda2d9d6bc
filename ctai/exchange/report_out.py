"""The report of an arrival: all that was refused, left out or read otherwise, line by line, as CSV.

Headers are stable ASCII codes; the sentences are in the reader's language.
"""

from collections.abc import Iterator

from ctai.domain.arrivals import Arrival
from ctai.domain.faults import Fault
from ctai.exchange.tables_out import csv_bytes
from ctai.i18n import translate

COLUMNS = ("kind", "place", "column", "seen", "wanted", "reason")
REFUSED, REMARK = "refused", "remark"


def report(arrival: Arrival, lang: str) -> bytes:
    """Write a report: what is `refused` was not stored, of a `remark` the rest was."""
    return csv_bytes(COLUMNS, _rows(arrival, lang))


def _rows(arrival: Arrival, lang: str) -> Iterator[tuple[str, ...]]:
    for kind, faults in ((REFUSED, arrival.faults), (REMARK, arrival.remarks)):
        for fault in faults:
            yield (kind, *_told(fault, lang))


def _told(fault: Fault, lang: str) -> tuple[str, ...]:
    seen, wanted = (fault.places.get(name, "") for name in ("seen", "wanted"))
    reason = translate(lang, fault.message, **fault.places)
    return fault.place, fault.column, seen, wanted, reason
