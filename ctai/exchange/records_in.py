"""Reading files of records: told apart by their headers, turned into drafts, faults listed."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ctai.domain.arrivals import Row
from ctai.domain.roles import Visibility
from ctai.exchange import needs_in, undertakings_in
from ctai.exchange.lines_in import place_of
from ctai.exchange.tables_in import FileUnusable, Line, Table, read_table, require


def read_records(
    content: bytes,
    aliases: Mapping[str, str],
    visibility: Visibility,
    language: str | None = None,
) -> Iterator[Row]:
    """Read a file of activities, assessments and requests, or one of needs.

    `aliases` gives an entity's acronym by its other names, in lower case. The header tells which
    layout it is; FileUnusable when it is neither. One row per record, in the file's order, after
    the rows that can't be read. `language` is that of titles in a file without such a column.
    """
    table = _in_language(read_table(content), language)
    is_needs = "need_id" in table.columns
    require(table, needs_in.NEED_COLUMNS if is_needs else undertakings_in.RECORD_COLUMNS)
    for place, fault in table.faults:
        yield Row(place, faults=(fault,))
    yield from _needs(table, visibility) if is_needs else _records(table, aliases, visibility)


def read_embedded(content: bytes, aliases: Mapping[str, str]) -> Iterator[Row]:
    """Read a file that comes with the app: public records, whose titles are our own English."""
    return read_records(content, aliases, Visibility.PUBLIC, "en")


def _in_language(table: Table, language: str | None) -> Table:
    if language is None:
        return table
    lines = (replace(one, cells={"language": language, **one.cells}) for one in table.lines)
    return replace(table, lines=tuple(lines))


def _records(table: Table, aliases: Mapping[str, str], visibility: Visibility) -> Iterator[Row]:
    for lines in _grouped(table, undertakings_in.record_key):
        faults = tuple(undertakings_in.differing(lines))
        yield (
            Row(place_of(lines), faults=faults)
            if faults
            else undertakings_in.record(lines, aliases, visibility)
        )


def _needs(table: Table, visibility: Visibility) -> Iterator[Row]:
    codes: set[str] = set()
    for lines in _grouped(table, needs_in.need_key):
        faults = tuple(needs_in.repeated_codes(lines, codes))
        yield Row(place_of(lines), faults=faults) if faults else needs_in.need(lines, visibility)


def _grouped(table: Table, key: Callable[[Line], tuple[str, ...]]) -> list[list[Line]]:
    """Bring together the lines that repeat one undertaking or finding, one line per country."""
    groups: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in table.lines:
        groups[key(line)].append(line)
    return list(groups.values())


__all__ = ["FileUnusable", "read_embedded", "read_records"]
