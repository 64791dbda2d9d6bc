"""`python -m benchmarks`: builds synthetic databases and measures the app on each of them."""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks import synthetic
from benchmarks.databases import Databases
from benchmarks.parts import MEASURED
from benchmarks.report import report, write

SIZES = [1_000, 10_000, 100_000, 1_000_000]


def main() -> int:
    """Measure what is asked for; 1 where a bound is not met."""
    args = _arguments()
    sizes = sorted(SIZES[:2] if args.quick else args.sizes)
    names = [args.only] if args.only else list(MEASURED)
    with ExitStack() as stack:
        folder = args.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        databases = Databases(folder, sizes, args.countries)
        parts = [part for name in names for part in MEASURED[name](databases, folder)]
    missed = sum(part.missed for part in parts)
    print(report(parts))
    if sizes == SIZES and args.countries == synthetic.FIELD:
        write(parts, is_whole=not args.only)
    print(f"\n{missed} figures above their bound.")
    return int(missed > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--quick", action="store_true", help="only 1,000 and 10,000 activities")
    parser.add_argument("--only", choices=list(MEASURED), help="measure one part", metavar="PART")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep databases here, and reuse")
    parser.add_argument(
        "--countries",
        type=int,
        default=synthetic.FIELD,
        help="States with undertakings (default: %(default)s)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
