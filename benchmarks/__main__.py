"""`python -m benchmarks`: builds synthetic databases and measures the app on each of them."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks import downloads, pages, reads, synthetic
from benchmarks.report import Figure, Part, size_text, write

SIZES = [1_000, 10_000, 100_000, 1_000_000]
PARTS = ("pages", "coverage", "reads", "download")
GROWTH, BESIDE_BARE, BESIDE_QUERY = 1.5, 3.0, 3.0
MEMORY_MIB, CHANGE_KIB, UNCHANGED_KIB = 600.0, 300.0, 16.0
FLAT = 1.1
"""A download's memory is flat when its peak is within a tenth of that at its first hundredth."""

Databases = Mapping[int, Path]


def main() -> int:
    """Measure what is asked for; 1 where a bound is not met."""
    args = _arguments()
    sizes = sorted(SIZES[:2] if args.quick else args.sizes)
    parts = [args.only] if args.only else list(PARTS)
    with ExitStack() as stack:
        folder = args.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        databases = {size: _database(folder, size, args.countries) for size in sizes}
        found = [part for name in parts for part in MEASURED[name](databases, folder)]
    partial = args.quick or bool(args.only) or sizes != SIZES or args.countries != synthetic.FIELD
    print(write(found, partial))
    return int(any("not" in figure.verdict for part in found for figure in part.figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--quick", action="store_true", help="only 1,000 and 10,000 activities")
    parser.add_argument("--only", choices=PARTS, help="measure one part")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep databases here, and reuse")
    parser.add_argument(
        "--countries",
        type=int,
        default=synthetic.FIELD,
        help="States with undertakings (default: %(default)s)",
    )
    return parser.parse_args()


def _database(folder: Path, size: int, countries: int) -> Path:
    path = folder / f"synthetic-{size}-{countries}.db"
    if not path.exists():
        started = time.perf_counter()
        unfinished = path.with_suffix(".part")
        for old in folder.glob(f"{unfinished.name}*"):
            old.unlink()
        synthetic.build(unfinished, size, countries)
        unfinished.rename(path)
        _tell(f"{size_text(size)} activities made in {time.perf_counter() - started:.0f} s")
    return path


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _pages(databases: Databases, folder: Path) -> list[Part]:
    recorded = folder / "recorded"
    recorded.mkdir(exist_ok=True)
    walks = {size: pages.walk(path, recorded) for size, path in databases.items()}
    smallest = {warm.page: warm.real for warm in walks[min(walks)].pages}
    warm_figures: list[Figure] = []
    beside: list[Figure] = []
    other: list[Figure] = []
    for size, walk in walks.items():
        named = size_text(size)
        for warm in walk.pages:
            grown = warm.real / smallest[warm.page]
            value = f"{warm.real * 1000:.0f} ms (first visit {warm.first:.2f} s)"
            warm_figures.append(Figure(warm.page, named, value, grown, GROWTH))
            value = f"{warm.real * 1000:.0f} ms, bare {warm.bare * 1000:.0f} ms"
            beside.append(Figure(warm.page, named, value, warm.ratio, BESIDE_BARE))
        wire = walk.wire
        other += [
            _kib("map, first visit, on the wire", named, wire.first, None),
            _kib("map, another colour, on the wire", named, wire.change, CHANGE_KIB),
            _kib("map, nothing changed, on the wire", named, wire.unchanged, UNCHANGED_KIB),
            Figure(
                "server's memory after all pages",
                named,
                f"{walk.resident_mib:.0f} MiB, at most {walk.peak_mib:.0f} MiB",
                walk.peak_mib,
                MEMORY_MIB,
                "MiB",
            ),
        ]
    return [
        Part(f"Warm rerun of each page, compared with {size_text(min(walks))}", warm_figures),
        Part("Warm rerun of each page, compared with a bare page of the same elements", beside),
        Part("Wire and memory", other),
    ]


def _kib(what: str, size: str, sent: int, bound: float | None) -> Figure:
    kib = sent / 1024
    return Figure(what, size, f"{kib:.1f} KiB", None if bound is None else kib, bound, "KiB")


def _coverage(databases: Databases, _folder: Path) -> list[Part]:
    figures: list[Figure] = []
    for size, path in databases.items():
        whole, query, yardstick = reads.recomputing(path)
        named = size_text(size)
        told = f"{query * 1000:.1f} ms, one grouped query {yardstick * 1000:.1f} ms"
        figures.append(Figure("coverage read", named, told, query / yardstick))
        told = f"{whole * 1000:.1f} ms, one grouped query {yardstick * 1000:.1f} ms"
        # The bound is on what grows; at small sizes the fixed work of a thousand cells is all.
        bound = BESIDE_QUERY if size == max(databases) and size >= max(SIZES) else None
        figures.append(Figure("coverage and gaps", named, told, whole / yardstick, bound))
    return [Part("Recomputing coverage after a write", figures)]


def _reads(databases: Databases, _folder: Path) -> list[Part]:
    timed = {size: reads.asked(path) for size, path in databases.items()}
    figures = [
        Figure(read.what, size_text(size), f"{read.seconds * 1000:.1f} ms")
        for row in zip(*timed.values(), strict=True)
        for size, read in zip(timed, row, strict=True)
    ]
    return [Part("What pages ask the first time, from the database", figures)]


def _download(databases: Databases, _folder: Path) -> list[Part]:
    figures: list[Figure] = []
    for size, path in databases.items():
        got = downloads.download(path, size)
        memory = (got.before_mib, got.early_mib, got.peak_mib, got.after_mib)
        told = " / ".join(f"{mib:.0f}" for mib in memory)
        value = (
            f"{got.lines:,} lines, {got.size / 2**20:.0f} MiB in {got.seconds:.1f} s; "
            f"memory before / at 1 % / peak / after {told} MiB"
        )
        figures.append(Figure("activities.csv", size_text(size), value, got.growth, FLAT))
    return [Part("CSV of all activities, streamed", figures)]


MEASURED: Mapping[str, Callable[[Databases, Path], Sequence[Part]]] = {
    "pages": _pages,
    "coverage": _coverage,
    "reads": _reads,
    "download": _download,
}

if __name__ == "__main__":
    sys.exit(main())
