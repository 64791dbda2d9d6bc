"""The synthetic databases of a run: each is made when it is first asked for, and kept."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import synthetic


def made(folder: Path, size: int, field: int | Sequence[str]) -> Path:
    """Give a database of a size; `field` are the States in which its undertakings take place."""
    name = str(field) if isinstance(field, int) else "-".join(field)
    path = folder / f"synthetic-{size}-{name}.db"
    if not path.exists():
        started = time.perf_counter()
        unfinished = path.with_suffix(".part")
        for old in folder.glob(f"{unfinished.name}*"):
            old.unlink()
        synthetic.build(unfinished, size, field)
        unfinished.rename(path)
        seconds = time.perf_counter() - started
        print(f"{size:,} activities made in {seconds:.0f} s", file=sys.stderr, flush=True)
    return path


class Databases(Mapping[int, Path]):
    """The databases of a run by size, smallest first."""

    def __init__(self, folder: Path, sizes: Sequence[int], countries: int) -> None:
        self.folder, self.sizes, self.countries = folder, sorted(sizes), countries

    def __getitem__(self, size: int) -> Path:
        """Give the database of a size, made where it lacks."""
        if size not in self.sizes:
            raise KeyError(size)
        return made(self.folder, size, self.countries)

    def __iter__(self) -> Iterator[int]:
        """Give the sizes, smallest first."""
        return iter(self.sizes)

    def __len__(self) -> int:
        """Count the databases."""
        return len(self.sizes)
