"""The report: tables of what was measured, on the terminal and in README.md between two marks."""

import os
import platform
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Check:
    """A figure that has a bound: a ratio, or an amount in a unit."""

    value: float
    bound: float
    unit: str = "×"
    decimals: int = 2

    @property
    def holds(self) -> bool:
        """Tell whether the figure is within its bound."""
        return self.value <= self.bound

    def __str__(self) -> str:
        text = f"{self.value:.{self.decimals}f} {self.unit}"
        return text if self.holds else f"**{text}, above {self.bound:g}**"


Cell = str | Check


@dataclass(frozen=True)
class Part:
    """A part of the run: its heading, a table, and what its bounds are."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def missed(self) -> int:
        """Count the figures that are above their bound."""
        checks = (cell for row in self.rows for cell in row if isinstance(cell, Check))
        return sum(not check.holds for check in checks)

    def lines(self) -> Iterable[str]:
        """Write the part in Markdown."""
        table = [list(self.head), *([str(cell) for cell in row] for row in self.rows)]
        widths = [max(len(row[i]) for row in table) for i in range(len(self.head))]
        yield f"### {self.title}"
        yield ""
        for row in (table[0], ["-" * width for width in widths], *table[1:]):
            padded = (text.ljust(width) for text, width in zip(row, widths, strict=True))
            yield f"| {' | '.join(padded)} |"
        yield ""


def machine() -> str:
    """Say on what this was measured, without any name."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with {os.cpu_count()} cores "
        f"({platform.machine()}) and {memory:.0f} GiB of memory, load {os.getloadavg()[2]:.1f} "
        f"over the last quarter of an hour; Python {'.'.join(map(str, sys.version_info[:3]))}, "
        f"Streamlit {version('streamlit')}, SQLite {sqlite3.sqlite_version}."
    )


def report(parts: Sequence[Part]) -> str:
    """Give what was measured, and on what."""
    return "\n".join([machine(), "", *(line for part in parts for line in part.lines())]).rstrip()


def write(parts: Sequence[Part], *, is_whole: bool) -> None:
    """Put the report into README.md: all of it, or each part in place of what stands there."""
    before, _, rest = README.read_text(encoding="utf-8").partition(f"{BEGIN}\n")
    written, _, after = rest.partition(f"\n\n{END}")
    if is_whole:
        written = report(parts)
    else:
        for part in parts:
            written = _replaced(written, part)
    README.write_text(f"{before}{BEGIN}\n{written}\n\n{END}{after}", encoding="utf-8")


def _replaced(written: str, part: Part) -> str:
    """Put a part that was measured alone where it stood, or last; it says itself on what."""
    heading, empty, *table = part.lines()
    new = "\n".join([heading, empty, machine(), "", *table])
    before, old, rest = written.rstrip().partition(f"{heading}\n")
    if not old:
        return f"{before}\n\n{new}".rstrip()
    following = rest.partition("\n### ")[2]
    return f"{before}{new}\n### {following}" if following else f"{before}{new}".rstrip()


def milliseconds(seconds: float) -> str:
    """Write a time in milliseconds, as precisely as it means something."""
    ms = seconds * 1000
    return f"{ms:.1f} ms" if ms < 100 else f"{ms:,.0f} ms"


def kibibytes(size: int) -> str:
    """Write an amount of bytes in KiB."""
    return f"{size / 1024:.1f} KiB"
