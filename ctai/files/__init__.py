"""Files, as somebody may see them: what is asked for, read, and written."""

from collections.abc import Callable, Iterator

from ctai.db import Session
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Scope, scope_of
from ctai.files import funding, passing, plans, records, templates, upkeep
from ctai.files.asked import NOT_OPEN, Asked, opened
from ctai.files.upkeep import dates_ics
from ctai.queries import codes

__all__ = ["FILES", "WORKBOOKS", "Asked", "csv_of", "dates_ics", "opened", "passing", "xlsx_of"]

FILES: dict[str, Callable[[Session, Viewer, Scope, Asked, str], Iterator[bytes]]] = {
    **records.FILES,
    **funding.FILES,
    **plans.FILES,
    **upkeep.FILES,
}
"""What can be downloaded, by the file's name."""

WORKBOOKS: dict[str, Callable[[Session, Viewer, Asked, str], bytes]] = {
    **plans.WORKBOOKS,
    **templates.WORKBOOKS,
}
"""What can be downloaded as a workbook, by the file's name."""


def csv_of(what: str, session: Session, viewer: Viewer, asked: Asked, lang: str) -> Iterator[bytes]:
    """Write a file piece by piece; Refused names what can't be asked for.

    `what` is a key of `FILES`; `asked` are the URL's parameters: the filters of a scope, and
    `level`, `face` or `unit` where the file has them.
    """
    if not viewer.may(Action.EXPORT):
        raise Refused([Fault(NOT_OPEN)])
    scope = scope_of(asked, codes.regions(session), codes.entities(session))
    yield from FILES[what](session, viewer, scope, asked, lang)


def xlsx_of(what: str, session: Session, viewer: Viewer, asked: Asked, lang: str) -> bytes:
    """Write a workbook whole; Refused names what can't be asked for. `what` is in `WORKBOOKS`."""
    if not viewer.may(Action.EXPORT):
        raise Refused([Fault(NOT_OPEN)])
    return WORKBOOKS[what](session, viewer, asked, lang)
