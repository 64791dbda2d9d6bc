"""Which column of a file is which: by its code, or by its name in one of six languages."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from ctai.domain.faults import Fault, shown
from ctai.exchange.folded import folded
from ctai.exchange.needs_in import NEED_COLUMNS
from ctai.exchange.undertakings_in import RECORD_COLUMNS
from ctai.i18n import column_wording, mark
from ctai.i18n.languages import LANGUAGES
from ctai.settings import DATA

NOT_READ = mark("These columns were not read: {seen}.")
ACTIVITY_COLUMNS = (
    *RECORD_COLUMNS,
    "status_as_of",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "activity_id",
    "title_language",
    "description",
    "note",
    "identifier",
)
OUR_REMARKS = ("refused_column", "refused_reason")
"""The columns that `exchange.refused_out` adds; they are passed over when the file comes back."""
_GUESSES = 3
_LIKE = 60.0
"""Below this likeness, of 100, a guess helps nobody."""


@dataclass(frozen=True)
class Guess:
    """A header that is not known, and the columns that it may be, the likeliest first."""

    header: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """A file's columns by what they are, "" for one that is not read; and the language of their
    names, "" where they are codes."""

    columns: tuple[str, ...]
    unknown: tuple[Guess, ...] = ()
    language: str = ""

    @property
    def remarks(self) -> tuple[Fault, ...]:
        """Tell which columns are not read."""
        if not self.unknown:
            return ()
        headers = ", ".join(guess.header for guess in self.unknown)
        return (Fault(NOT_READ, places={"seen": shown(headers, 200)}),)


def named(headers: Sequence[str], meanings: Mapping[str, str] | None = None) -> Named:
    """Tell what a file's columns are; `meanings` are what a person said of some, "" for none.

    Where two columns say the same, the one that is headed with the code is read, else the first.
    """
    said = {folded(header): column for header, column in (meanings or {}).items()}
    listed = (*NEED_COLUMNS, "title_language") if "need_id" in headers else ACTIVITY_COLUMNS
    is_code = {header: header in (*listed, *NEED_COLUMNS, "state_as_of") for header in headers}
    found: dict[int, str] = {}
    unknown: list[Guess] = []
    languages: Counter[str] = Counter()
    for at in sorted(range(len(headers)), key=lambda one: not is_code[headers[one]]):
        header = headers[at]
        bare = folded(header)
        if not bare or header in OUR_REMARKS or said.get(bare) == "":
            continue
        column = said.get(bare) or (header if is_code[header] else _column(bare, listed))
        if not column or column in found.values():
            unknown.append(_guess(header, found.values()))
            continue
        found[at] = column
        if not is_code[header]:
            languages.update(_names().get(bare, {}).get(column, ()))
    columns = tuple(found.get(at, "") for at in range(len(headers)))
    most = languages.most_common(1)
    return Named(columns, tuple(unknown), most[0][0] if most else "")


def _column(bare: str, listed: Iterable[str]) -> str:
    """Give the column of a name; "" where there is none, or where it may be two."""
    columns = [column for column in _names().get(bare, {}) if column in listed]
    return columns[0] if len(columns) == 1 else ""


def _guess(header: str, taken: Iterable[str]) -> Guess:
    names = _names()
    close = process.extract(folded(header), list(names), scorer=fuzz.WRatio, limit=20)
    columns = [
        column
        for name, likeness, _ in close
        if likeness >= _LIKE
        for column in names[name]
        if column not in taken and column in ACTIVITY_COLUMNS
    ]
    return Guess(header, tuple(dict.fromkeys(columns))[:_GUESSES])


@cache
def _names() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Give, for each folded name, the columns that it may head and in which languages it does."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}

    def put(name: str, column: str, lang: str) -> None:
        at = found.setdefault(folded(name), {})
        at[column] = (*at.get(column, ()), lang)

    for column in column_wording.COLUMNS:
        for lang in LANGUAGES:
            put(column_wording.column(lang, column), column, lang)
    for column in (*ACTIVITY_COLUMNS, *NEED_COLUMNS):
        found.setdefault(folded(column), {}).setdefault(column, ())
    with (DATA / "column_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            put(row["name"], row["column"], row["lang"])
    return found
