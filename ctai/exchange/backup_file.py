"""A backup as a file: a ZIP of one JSON line a row for each table, and a manifest that proves them.

The layout is version 1: `manifest.json`, and `tables/NAME.jsonl`, each line a JSON array of the
row's values in the order of the manifest's columns. A moment is {"at": "…"} in ISO 8601.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from ctai.domain.faults import Fault, Refused, shown
from ctai.i18n import mark

FORMAT = "ctai backup"
LAYOUT = 1
MANIFEST = "manifest.json"
NOT_WHOLE = mark("“{file}” is not a backup of ctai, or not whole: {reason}.")
_LONGEST_MANIFEST = 10_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a way of packing that we never use
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
)
"""What reading a file that is not one of ours, or was cut or altered, raises."""


@dataclass(frozen=True)
class TableSum:
    """What a manifest says of a table: its columns, how many rows, and the SHA-256 of its lines."""

    columns: tuple[str, ...]
    rows: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: the version of the tables and of the data, when, and each table."""

    revision: str
    data_version: int
    made_at: datetime
    tables: Mapping[str, TableSum]

    @property
    def rows(self) -> int:
        """Count all rows."""
        return sum(table.rows for table in self.tables.values())


class Writer:
    """Writes a backup table by table, in flat memory; the manifest comes last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._tables: dict[str, TableSum] = {}

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write a table's rows."""
        digest, count = hashlib.sha256(), 0
        with self._zip.open(_place(name), "w", force_zip64=True) as out:
            for row in rows:
                line = json.dumps([_told(value) for value in row], ensure_ascii=False) + "\n"
                content = line.encode()
                digest.update(content)
                out.write(content)
                count += 1
        self._tables[name] = TableSum(tuple(columns), count, digest.hexdigest())

    def close(self, revision: str, data_version: int) -> Manifest:
        """Write the manifest, and end the file."""
        manifest = Manifest(revision, data_version, datetime.now(UTC), self._tables)
        told = {
            "format": FORMAT,
            "layout": LAYOUT,
            "revision": revision,
            "data_version": data_version,
            "made_at": manifest.made_at.isoformat(),
            "tables": {
                name: {"columns": one.columns, "rows": one.rows, "sha256": one.digest}
                for name, one in self._tables.items()
            },
        }
        self._zip.writestr(MANIFEST, json.dumps(told, indent=1))
        self._zip.close()
        return manifest


class Reader:
    """Reads a backup, and proves each table against the manifest; Refused says what is wrong."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(file)
            info = self._zip.getinfo(MANIFEST)
            if info.file_size > _LONGEST_MANIFEST:
                raise ValueError(MANIFEST)
            self.manifest = _manifest(self._zip.read(info))
        except _BROKEN as error:
            raise self._refused(str(error)) from error

    def rows(self, table: str) -> Iterator[list[object]]:
        """Give a table's rows; Refused at the end where they are not those that were written."""
        told = self.manifest.tables[table]
        digest, count = hashlib.sha256(), 0
        try:
            with self._zip.open(_place(table)) as lines:
                for line in lines:
                    digest.update(line)
                    count += 1
                    values = json.loads(line)
                    if len(values) != len(told.columns):
                        raise ValueError(f"{len(values)} values")
                    yield [_read(value) for value in values]
        except _BROKEN as error:
            raise self._refused(f"{table}: {error}") from error
        if (count, digest.hexdigest()) != (told.rows, told.digest):
            raise self._refused(table)

    def _refused(self, reason: str) -> Refused:
        places = {"file": self._name, "reason": shown(reason, 200).rstrip(".")}
        return Refused([Fault(NOT_WHOLE, places=places)])


def _manifest(content: bytes) -> Manifest:
    told = json.loads(content)
    if told["format"] != FORMAT or told["layout"] != LAYOUT:
        raise ValueError(f"{told['format']} {told['layout']}")
    tables = {
        str(name): TableSum(
            tuple(str(column) for column in one["columns"]), int(one["rows"]), str(one["sha256"])
        )
        for name, one in told["tables"].items()
    }
    made_at = datetime.fromisoformat(told["made_at"])
    return Manifest(str(told["revision"]), int(told["data_version"]), made_at, tables)


def _place(table: str) -> str:
    return f"tables/{table}.jsonl"


def _told(value: object) -> object:
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


def _read(value: object) -> object:
    return datetime.fromisoformat(str(value["at"])) if isinstance(value, dict) else value
