"""What the readers of every layout share: the place, countries, sources and codes of some lines."""

from array import array
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TypeVar

import numpy as np

from ctai.domain.activities import SourceRef
from ctai.domain.faults import Fault, shown
from ctai.exchange.tables_in import Line

Code = TypeVar("Code", bound=StrEnum)
Key = Callable[[Line], tuple[str, ...]]
"""Tells the lines of one undertaking or finding from those of another."""


def place_of(lines: list[Line]) -> str:
    """Say where lines stand: "row 12", or "rows 12, 14"."""
    numbers = ", ".join(str(line.number) for line in lines)
    return f"row {numbers}" if len(lines) == 1 else f"rows {numbers}"


def code_of(kind: type[Code], column: str, text: str, faults: list[Fault]) -> Code | None:
    """Read one of a list of codes; an unknown one is a fault that names them all."""
    try:
        return kind(text.strip().lower().replace(" ", "_"))
    except ValueError:
        wanted = ", ".join(kind)
        faults.append(
            Fault(
                "“{seen}” is not known here. Use one of {wanted}.",
                column,
                {"seen": shown(text), "wanted": wanted},
            )
        )
        return None


def countries_of(lines: list[Line]) -> tuple[str, ...]:
    """Give the countries' codes, each once, in the file's order."""
    named = (iso3 for line in lines for iso3 in line.cells["country_iso3"].split(";"))
    found = dict.fromkeys(iso3.strip().upper() for iso3 in named if iso3.strip())
    return tuple(found) or ("",)


def sources_of(lines: list[Line]) -> tuple[SourceRef, ...]:
    """Give the addresses that the lines name, each once."""
    urls = dict.fromkeys(url for line in lines for url in _urls(line.cells["source_url"]))
    return tuple(SourceRef(url) for url in urls)


def language_of(lines: list[Line]) -> str | None:
    """Give the language of the titles by its code; None where the file does not state it."""
    return lines[0].cells.get("title_language", "").lower() or None


def _urls(text: str) -> list[str]:
    """Read the addresses of a cell; what is no list of addresses is one text."""
    parts = text.split()
    return parts if all(part.startswith("http") for part in parts) else [text]


def grouped(lines: Callable[[], Iterator[Line]], key: Key) -> Iterator[list[Line]]:
    """Bring together the lines of one key, in the order of their last; one with faults is alone.

    The lines are gone through twice, so that only those that belong together are held.
    """
    marks = array("q", (hash(key(line)) for line in lines() if not line.faults))
    found, times = np.unique(np.frombuffer(marks, dtype=np.int64), return_counts=True)
    left = {int(mark): int(n) for mark, n in zip(found[times > 1], times[times > 1], strict=True)}
    held: dict[int, dict[tuple[str, ...], list[Line]]] = {}
    for line in lines():
        own = () if line.faults else key(line)
        mark = hash(own)
        if line.faults or mark not in left:
            yield [line]
            continue
        held.setdefault(mark, {}).setdefault(own, []).append(line)
        left[mark] -= 1
        if not left[mark]:
            yield from held.pop(mark).values()
