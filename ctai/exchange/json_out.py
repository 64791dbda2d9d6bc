"""Writing tables as JSON: what is known of the whole first, then row by row in flat memory."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ctai.exchange.tables_out import ROWS_A_CHUNK


def json_chunks(
    whole: Mapping[str, object], headers: Sequence[str], rows: Iterable[Sequence[object]]
) -> Iterator[bytes]:
    """Write an object with the members of `whole`, and `data`, one object a row by its headers.

    What is not known is null: no text, no zero and no NaN, which JSON does not have.
    """
    pieces = [json.dumps(dict(whole), ensure_ascii=False)[:-1], ', "data": [']
    for count, row in enumerate(rows, start=1):
        known = {name: _known(cell) for name, cell in zip(headers, row, strict=True)}
        line = json.dumps(known, ensure_ascii=False, allow_nan=False)
        pieces += ["\n" if count == 1 else ",\n", line]
        if count % ROWS_A_CHUNK == 0:
            yield "".join(pieces).encode()
            pieces.clear()
    pieces.append("\n]}\n")
    yield "".join(pieces).encode()


def _known(cell: object) -> object:
    return None if cell is None or cell != cell else cell
