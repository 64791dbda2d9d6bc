"""Issuing a briefing: it is built, written and kept; and opened again from what was kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ctai import db
from ctai.briefings.build import built, built_from
from ctai.briefings.document import Document
from ctai.briefings.formats import FORMATS
from ctai.domain.briefing import Briefing, Format, Issued
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.queries import briefings
from ctai.services.issue_briefing import NOT_YOURS, issue_briefing

READING = mark("Reading the records …")
SETTING = mark("Setting the pages …")
DIFFERS = mark(
    "This is not what was issued on {date}: since then records were restricted, or the words of "
    "the app changed."
)


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
    """Build a briefing again that was issued; Refused where a viewer may not have it."""
    with db.reading(engine) as session:
        issued = briefings.issued(session, viewer, number)
    if issued is None:
        places = {"seen": str(number)}
        fault = Fault("There is no briefing {seen}, or it is not open to you.", "number", places)
        raise Refused([fault])
    return Reopened(issued, built_from(engine, viewer, issued.asked, issued.pinned))
