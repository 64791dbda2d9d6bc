"""The command `import`: a file comes in, or is only rehearsed; what is wrong is listed."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from ctai import db
from ctai.cli.language import current, t
from ctai.cli.parser import add_choice
from ctai.domain.arrivals import Arrival
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.exchange.report_out import report
from ctai.files.incoming import Incoming, bring, rehearse
from ctai.queries import codes
from ctai.services import initialise as setup

EXAMPLE = "import NG.xml --dry-run --visibility public --report faults.csv"
EVERY_S = 2.0
"""How often a long import says how far it is."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Say what can be asked of the command."""
    command.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=t("CSV or XLSX of records or of needs, a tagged list, or IATI activities"),
    )
    levels = [level.value for level in Visibility]
    add_choice(command, "--visibility", levels, levels[1], t("who may see the new records"))
    what = t("tell what would be stored and refused, and store nothing")
    command.add_argument("--dry-run", action="store_true", help=what)
    what = t("as the focal point of this entity, whose changes wait for review")
    command.add_argument("--as", dest="entity", metavar="ACRONYM", help=what)
    what = t("write all that is refused, left out or changed as CSV")
    command.add_argument("--report", type=Path, metavar="FILE", help=what)


def arrival_of(args: argparse.Namespace) -> Arrival:
    """Bring the file in, or rehearse that; FileUnusable and Refused say why not."""
    with (
        setup.opened(args.url) as engine,
        args.file.open("rb") as stream,
        db.transaction(engine) as session,
        _progress() as watch,
    ):
        author = _author(session, args.entity)
        visibility = Visibility(args.visibility)
        incoming = Incoming(
            args.file.name,
            stream,
            visibility,
            args.entity,
            largest_bytes=None,
            watch=watch.take,
        )
        arrival = (rehearse if args.dry_run else bring)(session, author, incoming)
    if args.report is not None:
        args.report.write_bytes(report(arrival, current()))
    return arrival


def _author(session: db.Session, entity: str | None) -> Viewer:
    """Give who brings the file in: the system, or the focal point of an entity."""
    if entity is None:
        return SYSTEM
    if entity not in codes.entities(session):
        unknown = "The entity “{seen}” is unknown. Use its acronym."
        raise Refused([Fault(unknown, "as", {"seen": entity})])
    return Viewer(SYSTEM.username, Role.FOCAL_POINT, entity=entity)


def summary(arrival: Arrival) -> str:
    """Say in one line what became of the file."""
    return t(
        "New: {new}. Changed: {changed}. For review: {waiting}. Known already: {known}. "
        "Offered values: {offered}. Refused: {refused}.",
        new=arrival.new,
        changed=arrival.changed,
        waiting=arrival.waiting,
        known=arrival.known,
        offered=arrival.offered,
        refused=arrival.refused,
    )


class _Watch:
    """Says now and then on the terminal's side channel how many records were read."""

    def __init__(self) -> None:
        self._count = 0
        self._timer: Timer | None = None

    def take(self) -> None:
        self._count += 1

    def tell_later(self) -> None:
        self._timer = Timer(EVERY_S, self._tell)
        self._timer.daemon = True
        self._timer.start()

    def _tell(self) -> None:
        print(t("{n} records read …", n=self._count), file=sys.stderr, flush=True)
        self.tell_later()

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


@contextmanager
def _progress() -> Iterator[_Watch]:
    watch = _Watch()
    watch.tell_later()
    try:
        yield watch
    finally:
        watch.end()
