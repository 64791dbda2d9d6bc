"""The report: every figure with its bound, on the terminal and in README.md between two marks."""

import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Figure:
    """One measured thing: at which size, its value as text, and how it stands to its bound."""

    what: str
    size: str
    value: str
    ratio: float | None = None
    bound: float | None = None
    unit: str = "×"

    @property
    def verdict(self) -> str:
        """Say whether the bound holds; empty where there is none."""
        if self.bound is None or self.ratio is None:
            return ""
        return "met" if self.ratio <= self.bound else "**not met**"

    @property
    def cells(self) -> tuple[str, ...]:
        """Give the figure as a row of the table."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} {self.unit}".replace(" ×", " ×")
        bound = "" if self.bound is None else f"≤ {self.bound:g} {self.unit}"
        return (self.what, self.size, self.value, ratio, bound, self.verdict)


HEAD = ("What", "Activities", "Measured", "Compared", "Bound", "")


@dataclass(frozen=True)
class Part:
    """A part of the run: its heading and its figures."""

    title: str
    figures: Sequence[Figure]

    def lines(self) -> Iterable[str]:
        """Write the part in Markdown."""
        yield f"### {self.title}"
        yield ""
        rows = [HEAD, *(figure.cells for figure in self.figures)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
        rule = ["-" * max(3, width) for width in widths]
        for row in (rows[0], rule, *rows[1:]):
            padded = (text.ljust(width) for text, width in zip(row, widths, strict=True))
            yield f"| {' | '.join(padded)} |"
        yield ""


def machine() -> str:
    """Say on what this was measured, without any name."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    load = os.getloadavg()[0]
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with {os.cpu_count()} cores "
        f"({platform.machine()}) and {pages * size / 2**30:.0f} GiB of memory, load {load:.1f} at "
        f"the end; Python {'.'.join(map(str, sys.version_info[:3]))}, "
        f"Streamlit {version('streamlit')}, SQLite."
    )


def write(parts: Sequence[Part], partial: bool) -> str:
    """Give the report, and put it into README.md unless only a part was measured."""
    lines = [machine(), "", *(line for part in parts for line in part.lines())]
    text = "\n".join(lines).rstrip()
    if not partial:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    return text


def size_text(size: int) -> str:
    """Write a size with thousands separated."""
    return f"{size:,}"
