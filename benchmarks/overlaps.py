"""Overlaps: how long a whole store takes, in how much memory, and how right what is told is."""

import random
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing import get_context

from ctai.domain.activities import Identifier
from ctai.domain.overlap import Facts, Money, Party
from ctai.domain.overlap_blocks import candidates

SEED = 20_260_101
STATES, PLACES, PUBLISHERS, ENTITIES = 60, 300, 500, 70
WORDS = (
    "training workshop border security management prosecution judges police course regional "
    "national support project programme prevention violent extremism youth education "
    "reintegration financing terrorism cases investigation customs aviation maritime cyber "
    "legislation review assistance equipment handover launch meeting consultation experts "
    "officers prison rehabilitation victims witnesses firearms stockpile cooperation information "
    "sharing intelligence units courts community leaders dialogue"
)
"""Words of which titles are made up: so few that they say little, the hardest case to block."""


@dataclass(frozen=True)
class Timed:
    """A store: its records, the overlaps found, processor seconds, and the memory of the facts
    alone and at most, in MiB."""

    records: int
    found: int
    seconds: float
    facts_mib: float
    peak_mib: float


def timed(sizes: list[int]) -> Iterator[Timed]:
    """Look for the overlaps of made-up stores, each in a process of its own."""
    for size in sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            yield pool.submit(_timed, size).result()


def _timed(size: int) -> Timed:
    stored = list(_made_up(size))
    before, began = _peak_mib(), time.process_time()
    found = sum(1 for _ in candidates(stored))
    return Timed(size, found, time.process_time() - began, before, _peak_mib())


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _made_up(size: int) -> Iterator[Facts]:
    dice = random.Random(SEED)  # noqa: S311  # repeatable on purpose
    words = WORDS.split()
    for number in range(1, size + 1):
        place = f"Town {dice.randrange(PLACES)}"
        title = " ".join(dice.choices(words, k=dice.randint(4, 10)))
        amount = Decimal(dice.randrange(10_000, 5_000_000))
        publisher = f"XX-{number % PUBLISHERS}-{number}"
        yield Facts(
            number,
            (f"{title}, {place}",),
            frozenset(f"S{dice.randrange(STATES):02}" for _ in range(dice.choice((1, 1, 1, 2, 3)))),
            f"{dice.randint(2010, 2026)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
            parties=frozenset(_parties(dice)),
            identifiers=frozenset({Identifier("iati", publisher)}),
            money=frozenset({Money("USD", amount, amount)} if number % 10 == 0 else ()),
            measures=frozenset({f"I.{dice.randint(1, 9)}"}),
            place=place,
        )


def _parties(dice: random.Random) -> Iterator[Party]:
    for _ in range(dice.randint(1, 3)):
        yield Party(f"E{dice.randrange(ENTITIES)}", dice.choice((1, 4)))
