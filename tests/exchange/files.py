"""Files as people send them, made of one good row each that a test then spoils."""

import csv
import io
from collections.abc import Mapping

from ctai.domain.arrivals import Row
from ctai.domain.faults import Fault
from ctai.domain.roles import Visibility
from ctai.exchange.needs_in import NEED_COLUMNS
from ctai.exchange.records_in import read_records
from ctai.exchange.undertakings_in import RECORD_COLUMNS

RECORD = {
    "title": "Training of border police",
    "entity": "UNODC",
    "country_iso3": "NGA",
    "pillar": "II",
    "measure": "II.13",
    "kind": "activity",
    "status": "completed",
    "start_date": "2017-03",
    "end_date": "2017-05-02",
    "budget": "1700000",
    "currency": "USD",
    "donor": "",
    "location": "Abuja",
    "source_url": "https://example.org/training",
}
NEED = {
    "need_id": "N-NGA-901",
    "country_iso3": "NGA",
    "measure": "II.10",
    "title": "Risk-based supervision of banks",
    "severity": "high",
    "wanted_by": "2025-05",
    "evidence_kind": "assessment",
    "evidence_body": "FATF",
    "evidence_title": "Mutual evaluation",
    "evidence_date": "2024-10-25",
    "evidence_ref": "item (1)",
    "state_as_of_source": "open",
    "disclosed": "yes",
    "source_url": "https://example.org/evaluation",
    "note": "",
}
ALIASES = {"unodc": "UNODC", "denmark": "DNK"}


def record(**changes: str) -> dict[str, str]:
    """Give a good row of the records' layout with some cells changed."""
    return RECORD | changes


def need(**changes: str) -> dict[str, str]:
    """Give a good row of the needs' layout with some cells changed."""
    return NEED | changes


def csv_file(*rows: Mapping[str, str], delimiter: str = ",") -> bytes:
    """Write rows as a CSV file with a header; at least one row."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def read(content: bytes) -> list[Row]:
    """Read a file as the command line does."""
    return list(read_records(io.BytesIO(content), ALIASES, Visibility.UN_SYSTEM))


def only_fault(rows: list[Row]) -> Fault:
    """Give the one fault that some rows have, placed."""
    (found,) = [fault.at(row.place) for row in rows for fault in row.faults]
    return found


assert set(RECORD) == set(RECORD_COLUMNS)
assert set(NEED) == set(NEED_COLUMNS)
