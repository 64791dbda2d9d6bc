"""The parts of a run, each from databases by size to its table."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks import briefings, downloads, overlaps, pages, reads
from benchmarks.databases import Databases, made
from benchmarks.report import Cell, Check, Part, kibibytes, milliseconds
from tests.domain.overlap_labelled import by_row, labelled, measured

GROWTH, BESIDE_BARE, BESIDE_QUERY = 1.5, 3.0, 3.0
MEMORY_MIB, CHANGE_KIB = 600.0, 300.0
FLAT = 1.1
"""A download's memory is flat when its peak is within a tenth of that at its first hundredth."""
BOUND_FROM = 1_000_000
"""Size from which coverage has a bound: below it a fixed work outweighs a query of milliseconds."""

BRIEFING = {"One country": 3.0, "All partner States": 10.0}
"""Seconds within which a briefing is ready, with so many activities:"""
LARGEST_BRIEFED = 10_000

OVERLAP_SIZES = [10_000, 100_000]
OVERLAP_SECONDS, NOT_PROPOSED_PCT, WRONGLY_MARKED_PCT = 60.0, 10.0, 5.0
"""Within which overlaps of the larger store are found, and how often one may be missed or wrong."""


def _pages(databases: Databases, folder: Path) -> list[Part]:
    recorded = folder / "recorded"
    recorded.mkdir(exist_ok=True)
    walks = pages.walk(databases, recorded)
    smallest = {warm.page: warm.real for warm in walks[min(walks)].pages}
    reruns: list[list[Cell]] = [
        [
            page,
            f"{size:,}",
            f"{warm.first:.2f} s",
            milliseconds(warm.real),
            Check(warm.real / smallest[page], GROWTH),
            milliseconds(warm.bare),
            Check(warm.real / warm.bare, BESIDE_BARE),
        ]
        for place, page in enumerate(pages.PAGES)
        for size, walk in walks.items()
        for warm in walk.pages[place : place + 1]
    ]
    wires: list[list[Cell]] = [
        [
            f"{size:,}",
            kibibytes(walk.wire.first),
            Check(walk.wire.change / 1024, CHANGE_KIB, "KiB", 1),
            kibibytes(walk.wire.unchanged),
            kibibytes(walk.wire.bare),
            f"{walk.resident_mib:.0f} MiB",
            Check(walk.peak_mib, MEMORY_MIB, "MiB", 0),
        ]
        for size, walk in walks.items()
    ]
    grown = f"÷ {min(walks):,} (≤ {GROWTH:g})"
    beside = f"÷ bare (≤ {BESIDE_BARE:g})"
    head = ("Page", "Activities", "First visit", "Warm rerun", grown, "Bare page", beside)
    change = f"Another colour (≤ {CHANGE_KIB:g} KiB)"
    peak = f"At most (≤ {MEMORY_MIB:g} MiB)"
    sent = ("Map, first visit", change, "Nothing changed", "Bare page, nothing changed")
    return [
        Part("Warm rerun of each page", head, reruns),
        Part("Wire and memory", ("Activities", *sent, "Server's memory", peak), wires),
    ]


def _coverage(databases: Databases, _folder: Path) -> list[Part]:
    rows: list[list[Cell]] = []
    for size, path in databases.items():
        whole, query, yardstick = reads.recomputing(path)
        ratio = whole / yardstick
        rows.append(
            [
                f"{size:,}",
                milliseconds(yardstick),
                milliseconds(query),
                f"{query / yardstick:.2f} ×",
                milliseconds(whole),
                Check(ratio, BESIDE_QUERY) if size >= BOUND_FROM else f"{ratio:.2f} ×",
            ]
        )
    bound = f"÷ yardstick (≤ {BESIDE_QUERY:g} at {BOUND_FROM:,})"
    read = ("Coverage read", "÷ yardstick")
    head = ("Activities", "Yardstick", *read, "Coverage, needs and gaps", bound)
    return [Part("Recomputing coverage after a write", head, rows)]


def _reads(databases: Databases, _folder: Path) -> list[Part]:
    timed = [reads.asked(path) for path in databases.values()]
    rows = [
        [row[0].what, *(milliseconds(read.seconds) for read in row)]
        for row in zip(*timed, strict=True)
    ]
    head = ("Activities:", *(f"{size:,}" for size in databases))
    return [Part("What pages ask the database, the first time", head, rows)]


def _download(databases: Databases, _folder: Path) -> list[Part]:
    rows: list[list[Cell]] = []
    for size, path in databases.items():
        got = downloads.download(path, size)
        memory = (got.before_mib, got.early_mib, got.peak_mib, got.after_mib)
        rows.append(
            [
                f"{size:,}",
                f"{got.lines:,}",
                f"{got.size / 2**20:.1f} MiB",
                f"{got.seconds:.1f} s",
                *(f"{mib:.0f} MiB" for mib in memory),
                Check(got.growth, FLAT),
            ]
        )
    memory_head = ("Memory before", "At 1 %", "Peak", "After", f"Peak ÷ at 1 % (≤ {FLAT:g})")
    head = ("Activities", "Lines", "Size", "Time", *memory_head)
    return [Part("CSV of all activities, streamed", head, rows)]


def _past(databases: Databases, _folder: Path) -> list[Part]:
    rows: list[list[Cell]] = [
        [what, f"{size:,}", milliseconds(now), milliseconds(then), f"{then / now:.1f} ×"]
        for size, path in databases.items()
        for what, now, then in reads.looked_back(path)
    ]
    head = ("Read", "Activities", "Now", "As of a day gone by", "÷ now")
    return [Part("Looking back", head, rows)]


def _briefings(databases: Databases, folder: Path) -> list[Part]:
    rows: list[list[Cell]] = [
        [
            one.what,
            f"{one.listed:,}",
            one.file.value.upper(),
            f"{one.content:.2f} s",
            f"{one.written:.2f} s",
            Check(one.content + one.written, BRIEFING[one.what], "s"),
            f"{one.waited:.2f} s",
            f"{one.size / 2**20:.1f} MiB",
        ]
        for size in databases
        if size == LARGEST_BRIEFED
        for one in briefings.timed(databases[size], made(folder, size, briefings.PARTNERS))
    ]
    bound = f"Both (≤ {BRIEFING['One country']:g} s, ≤ {BRIEFING['All partner States']:g} s)"
    head = ("Briefing", "Activities listed", "Format", "Content", "File", bound, "Clock", "Size")
    return [Part(f"Briefings, in Arabic, with {LARGEST_BRIEFED:,} activities", head, rows)]


def _overlaps(_databases: Databases, _folder: Path) -> list[Part]:
    times: list[list[Cell]] = [
        [
            f"{one.records:,}",
            f"{one.found:,}",
            Check(one.seconds, OVERLAP_SECONDS, "s", 1),
            f"{one.facts_mib:.0f} MiB",
            f"{one.peak_mib:.0f} MiB",
        ]
        for one in overlaps.timed(OVERLAP_SIZES)
    ]
    pairs = labelled()
    got = measured(pairs, by_row())
    right: list[list[Cell]] = [
        [
            f"{len(pairs)}",
            f"{got.same}",
            f"{got.found}",
            Check(100 * (1 - got.recall), NOT_PROPOSED_PCT, "%", 1),
            f"{got.marked}",
            Check(100 * (1 - got.precision), WRONGLY_MARKED_PCT, "%", 1),
        ]
    ]
    bound = f"Processor's time (≤ {OVERLAP_SECONDS:g} s)"
    head = ("Activities", "Overlaps", bound, "Memory of the facts", "At most")
    missed, wrong = f"Not (≤ {NOT_PROPOSED_PCT:g} %)", f"Wrongly (≤ {WRONGLY_MARKED_PCT:g} %)"
    shares = ("Pairs read", "The same", "In the first five", missed, "Marked duplicate", wrong)
    return [
        Part("Overlaps of a whole store", head, times),
        Part("Overlaps held against pairs that were read", shares, right),
    ]


MEASURED: Mapping[str, Callable[[Databases, Path], Sequence[Part]]] = {
    "pages": _pages,
    "coverage": _coverage,
    "reads": _reads,
    "past": _past,
    "download": _download,
    "briefings": _briefings,
    "overlap": _overlaps,
}
"""The parts by name, in the order in which they run."""
