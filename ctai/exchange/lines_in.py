"""What the readers of every layout share: the place, countries, sources and codes of some lines."""

from enum import StrEnum
from typing import TypeVar

from ctai.domain.activities import SourceRef
from ctai.domain.faults import Fault, shown
from ctai.exchange.tables_in import Line

Code = TypeVar("Code", bound=StrEnum)


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
    return tuple(dict.fromkeys(line.cells["country_iso3"].upper() for line in lines))


def sources_of(lines: list[Line]) -> tuple[SourceRef, ...]:
    """Give the addresses that the lines name, each once."""
    urls = dict.fromkeys(line.cells["source_url"] for line in lines if line.cells["source_url"])
    return tuple(SourceRef(url) for url in urls)


def language_of(lines: list[Line]) -> str | None:
    """Give the language of the titles by its code; None where the file does not state it."""
    return lines[0].cells.get("language", "").lower() or None
