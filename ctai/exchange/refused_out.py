"""Writing the lines that were refused, in the layout of their file, with what is wrong in each."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence

from ctai.domain.faults import Fault
from ctai.exchange.columns_in import OUR_REMARKS
from ctai.exchange.faults_out import rows_of
from ctai.exchange.tables_in import Table
from ctai.exchange.tables_out import BOM
from ctai.i18n import translate


def refused_csv(table: Table, faults: Sequence[Fault], lang: str) -> bytes:
    """Give the header and the refused lines as CSV, two columns longer; b"" where there are none.

    The cells are those that came, unguarded: what is brought back must be what was sent.
    """
    wrong: defaultdict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        for number in rows_of(fault.place):
            wrong[number].append(fault)
    if not wrong:
        return b""
    buffer = io.StringIO(newline="")
    buffer.write(BOM)
    writer = csv.writer(buffer)
    width = len(table.columns)
    for row in table.rows():
        cells = [*row.cells, *[""] * (width - len(row.cells))]
        if row.number == table.header:
            writer.writerow([*cells[:width], *OUR_REMARKS])
        elif row.number == table.after:
            writer.writerow([*cells[:width], "", ""])
        elif row.number in wrong:
            writer.writerow([*cells[:width], *_told(wrong[row.number], lang), *cells[width:]])
    return buffer.getvalue().encode()


def _told(faults: Sequence[Fault], lang: str) -> tuple[str, str]:
    columns = dict.fromkeys(fault.column for fault in faults if fault.column)
    reasons = dict.fromkeys(translate(lang, fault.message, **fault.places) for fault in faults)
    return ", ".join(columns), " ".join(reasons)
