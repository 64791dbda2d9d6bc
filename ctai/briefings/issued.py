"""Issuing a briefing: it is built, written and kept; and opened again from what was kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from ctai import db
from ctai.briefings.build import built, built_from
from ctai.briefings.document import Document
from ctai.briefings.formats import FORMATS
from ctai.domain.briefing import Briefing, Format, Issued
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import scope_of
from ctai.i18n import mark
from ctai.queries import briefings, codes
from ctai.services.issue_briefing import NOT_YOURS, issue_briefing

READING = mark("Reading the records …")
SETTING = mark("Setting the pages …")
DIFFERS = mark(
    "This is not what was issued on {date}: since then records were restricted, or the words of "
    "the app changed."
)
NOT_OPEN = mark("There is no briefing {seen}, or it is not open to you.")
NONE_BEFORE = mark(
    "No briefing of this was issued for this audience as of a day before {seen}. "
    "Name a day to compare with."
)


class NotOpen(Refused):
    """There is no such briefing, or a viewer may not know of it: which of both is not told."""


@dataclass(frozen=True)
class Taken:
    """A briefing to take away: its number, its content and its bytes."""

    number: int
    document: Document
    content: bytes


@dataclass(frozen=True)
class Reopened:
    """A briefing that was issued, built again from the data of then.

    It is never more open than today's rules: `is_same` tells whether it still says what it said.
    """

    issued: Issued
    document: Document

    @property
    def is_same(self) -> bool:
        """Tell whether the content is what was issued, by its hash."""
        return self.document.digest == self.issued.digest

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Say where it differs from what was issued."""
        if self.is_same:
            return ()
        return (Fault(DIFFERS, "", {"date": self.issued.at.date().isoformat()}),)

    @property
    def content(self) -> bytes:
        """Write it in the format that it was issued in."""
        return FORMATS[self.issued.format].written(self.document)


def _silent(_step: str) -> None:
    pass


def issue(
    engine: db.Engine,
    author: Viewer,
    asked: Briefing,
    form: Format,
    today: date,
    step: Callable[[str], None] = _silent,
) -> Taken:
    """Build, write and keep a briefing; Refused with every reason why not.

    `step` is told what is being done, in English, as a key of the catalogues.
    """
    if not author.may(Action.EXPORT):
        raise Refused([Fault(NOT_YOURS)])
    step(READING)
    made = built(engine, author, asked, today)
    step(SETTING)
    content = FORMATS[form].written(made.document)
    with db.transaction(engine) as session:
        digest = made.document.digest
        number = issue_briefing(session, author, made.asked, made.pinned, form, digest)
    return Taken(number, made.document, content)


def reopen(engine: db.Engine, viewer: Viewer, number: int) -> Reopened:
    """Build a briefing again that was issued; NotOpen where a viewer may not have it, and Refused
    where what it is about is no longer known."""
    with db.reading(engine) as session:
        issued = briefings.issued(session, viewer, number)
        if issued is None:
            raise NotOpen([Fault(NOT_OPEN, places={"seen": str(number)})])
        scope_of(issued.asked.scope.params, codes.regions(session), ())
    return Reopened(issued, built_from(engine, viewer, issued.asked, issued.pinned))


def since_last(engine: db.Engine, viewer: Viewer, asked: Briefing) -> Briefing:
    """Compare a briefing with the day of the last one on the same to the same reader; Refused
    where none was issued."""
    with db.reading(engine) as session:
        last = briefings.last(session, viewer, asked)
    if last is None:
        raise Refused([Fault(NONE_BEFORE, "since", {"seen": asked.as_of.isoformat()})])
    return replace(asked, since=last.asked.as_of)
