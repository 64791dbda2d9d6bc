"""The command `brief`: a briefing as a file, kept as issued; or one opened again."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Timer

from ctai import db
from ctai.briefings import issued
from ctai.briefings.asked import asked_of
from ctai.briefings.formats import FORMATS, format_of
from ctai.cli.language import t
from ctai.cli.parser import AS_OF, add_choice, add_day, add_filters
from ctai.domain.briefing import Audience, Briefing
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import SYSTEM
from ctai.i18n import LANGUAGES
from ctai.services import initialise as setup

EXAMPLE = "brief --country BFA --audience executive --to pdf --out bfa.pdf"
LAST = "last"
"""Stands for the day of the last briefing on the same for the same reader."""
PATIENCE_S = 1.0
"""How long a command may work in silence."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Say what can be asked of the command."""
    audiences, formats = [one.value for one in Audience], [one.value for one in FORMATS]
    add_choice(command, "--audience", audiences, audiences[0], t("for whom"))
    what = t("the entity that reads it")
    command.add_argument("--entity", default="", metavar="ACRONYM", help=what)
    add_filters(command, "country", "pillar")
    what = t("only this visit and its countries, by the number of its assessment")
    command.add_argument("--visit", default="", metavar="NUMBER", help=what)
    add_day(command, "--as-of", t(AS_OF))
    what = t("tell what changed since this day, or since the last briefing of the same")
    command.add_argument("--since", default="", metavar=f"YYYY-MM-DD|{LAST}", help=what)
    add_choice(command, "--lang", LANGUAGES, LANGUAGES[0], t("the language of the briefing"))
    add_choice(command, "--to", formats, formats[0], t("the file's format"))
    what = t("open one again that was issued, by its number; all else but --out is left out")
    command.add_argument("--again", type=int, metavar="NUMBER", help=what)
    what = t("the file; without it the bytes go to standard output")
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
        asked = _asked(engine, args, today)
        form = format_of(args.to)
        taken = issued.issue(engine, SYSTEM, asked, form, today, step.begin)
        print(t("Kept as briefing {number}.", number=taken.number), file=sys.stderr)
        return taken.content, ()


def _asked(engine: db.Engine, args: argparse.Namespace, today: date) -> Briefing:
    is_since_last = args.since == LAST
    params = {**_params(args), "since": "" if is_since_last else args.since}
    with db.reading(engine) as session:
        asked = asked_of(session, params, today)
    return issued.since_last(engine, SYSTEM, asked) if is_since_last else asked


def _params(args: argparse.Namespace) -> dict[str, str]:
    joined = {name: ",".join(getattr(args, name)) for name in ("country", "pillar")}
    joined["country"] = joined["country"].upper()
    names = ("audience", "entity", "visit", "lang", "as_of")
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
            print(t(step), file=sys.stderr, flush=True)

    def lasts(self) -> None:
        self._is_long = True
        if self._step:
            print(t(self._step), file=sys.stderr, flush=True)


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
