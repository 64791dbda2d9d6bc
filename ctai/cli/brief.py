"""The command `brief`: a briefing as a file, kept as issued; or one opened again."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Timer

from ctai import db
from ctai.briefings import issued
from ctai.briefings.asked import asked_of
from ctai.briefings.formats import FORMATS, format_of
from ctai.domain.briefing import Audience
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import SYSTEM
from ctai.i18n import LANGUAGES
from ctai.services import initialise as setup

EXAMPLE = "brief --country BFA --audience executive --to pdf --out bfa.pdf"
PATIENCE_S = 1.0
"""How long a command may work in silence."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Say what can be asked of the command."""
    audiences, formats = [one.value for one in Audience], [one.value for one in FORMATS]
    command.add_argument(
        "--audience", choices=audiences, default=audiences[0], help="for whom (else %(default)s)"
    )
    command.add_argument("--entity", default="", metavar="ACRONYM", help="the one that reads it")
    for name in ("country", "pillar"):
        what = f"only this {name}, by its code"
        command.add_argument(f"--{name}", action="append", default=[], help=what)
    what = "only this visit and its countries, by the number of its assessment"
    command.add_argument("--visit", default="", metavar="NUMBER", help=what)
    days = {
        "--as-of": "as it was at the end of this day, in UTC",
        "--since": "tell what changed since this day",
    }
    for name, what in days.items():
        command.add_argument(name, default="", metavar="YYYY-MM-DD", help=what)
    what = "its language (else %(default)s)"
    command.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=what)
    what = "the file's format (else %(default)s)"
    command.add_argument("--to", choices=formats, default=formats[0], help=what)
    what = "open one again that was issued, by its number; all else but --out is left out"
    command.add_argument("--again", type=int, metavar="NUMBER", help=what)
    what = "the file; without it the bytes go to standard output"
    command.add_argument("--out", default="-", metavar="FILE", help=what)


def content_of(args: argparse.Namespace) -> tuple[bytes, tuple[Fault, ...]]:
    """Give a briefing's bytes, and what is to be said of them; Refused says why there are none."""
    if args.out == "-" and sys.stdout.isatty():
        raise Refused([Fault("A briefing is no text for a terminal. Name a file: --out FILE.")])
    with setup.opened(args.url) as engine, _progress() as step:
        if args.again is not None:
            step.begin(issued.READING)
            again = issued.reopen(engine, SYSTEM, args.again)
            return again.content, again.faults
        today = datetime.now(UTC).date()
        with db.reading(engine) as session:
            asked = asked_of(session, _params(args), today)
        form = format_of(args.to)
        taken = issued.issue(engine, SYSTEM, asked, form, today, step.begin)
        print(f"Kept as briefing {taken.number}.", file=sys.stderr)
        return taken.content, ()


def _params(args: argparse.Namespace) -> dict[str, str]:
    joined = {name: ",".join(getattr(args, name)) for name in ("country", "pillar")}
    joined["country"] = joined["country"].upper()
    names = ("audience", "entity", "visit", "lang", "as_of", "since")
    alone = {name: getattr(args, name) for name in names}
    return {**alone, **joined}


class _Steps:
    """Says on the terminal's side channel what is being done, once it has lasted."""

    def __init__(self) -> None:
        self._step = ""
        self._is_long = False

    def begin(self, step: str) -> None:
        self._step = step
        if self._is_long:
            print(step, file=sys.stderr, flush=True)

    def lasts(self) -> None:
        self._is_long = True
        if self._step:
            print(self._step, file=sys.stderr, flush=True)


@contextmanager
def _progress() -> Iterator[_Steps]:
    steps = _Steps()
    timer = Timer(PATIENCE_S, steps.lasts)
    timer.daemon = True
    timer.start()
    try:
        yield steps
    finally:
        timer.cancel()
