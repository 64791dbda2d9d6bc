"""The lists that the API gives: what narrows each, its columns, and its rows from a place on.

One declaration each, by which a list is served and described; the columns are those of its CSV
file, so that no number reads differently by another way.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from ctai.db import Session
from ctai.domain import gaps
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Viewer
from ctai.domain.saved_views import NARROWED_BY
from ctai.domain.scope import Scope, scope_of
from ctai.domain.strategy import Level
from ctai.exchange import exports
from ctai.exchange.exports import Column
from ctai.files.asked import NOT_OPEN, Asked, one_of, today
from ctai.files.code_lists import CODE_LISTS
from ctai.i18n import mark
from ctai.queries import activities, codes, evidence, needs

Cell = object
Rows = Iterator[tuple[int, Sequence[Cell]]]
"""Rows, each with the place after which the next page begins."""


@dataclass(frozen=True)
class Found:
    """A list as somebody may see it: how many rows it has in all, and those after a place."""

    total: int
    rows: Rows


@dataclass(frozen=True)
class Listing:
    """A list: its title, the parameters that narrow it, its columns, and how it is read.

    `values` are the columns of the query, `figures` and `truths` the headers of numbers and of
    yes or no; every other column is a text. `has_past` tells whether a day gone by can be asked
    for.
    """

    title: str
    filters: tuple[str, ...]
    columns: tuple[Column, ...]
    values: tuple[str, ...]
    read: Callable[[Session, Viewer, Asked, str, int], Found]
    figures: frozenset[str] = frozenset()
    truths: frozenset[str] = frozenset()
    has_past: bool = True

    @property
    def headers(self) -> tuple[str, ...]:
        """Name its columns in order."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True)
class Page:
    """A piece of a list: rows of cells under the headers, and where the next piece begins."""

    total: int
    after: int | None
    cells: Iterable[Sequence[Cell]]


def page_of(
    listing: Listing,
    session: Session,
    viewer: Viewer,
    asked: Asked,
    lang: str,
    *,
    after: int = 0,
    limit: int | None = None,
) -> Page:
    """Give a list from a place on; Refused names what can't be asked for.

    Without `limit` all of it, row by row in flat memory; with it, that many rows and the place of
    the next, None where there is none.
    """
    if not viewer.may(Action.EXPORT):
        raise Refused([Fault(NOT_OPEN)])
    found = listing.read(session, viewer, asked, lang, after)
    if limit is None:
        rows = (row for _, row in found.rows)
        return Page(found.total, None, exports.worded(listing.columns, listing.values, rows, lang))
    taken = list(islice(found.rows, limit))
    is_more = next(found.rows, None) is not None
    cells = exports.worded(listing.columns, listing.values, (row for _, row in taken), lang)
    return Page(found.total, taken[-1][0] if is_more else None, list(cells))


def _scope(session: Session, asked: Asked) -> Scope:
    return scope_of(asked, codes.regions(session), codes.entities(session))


def _activities(session: Session, viewer: Viewer, asked: Asked, lang: str, after: int) -> Found:
    scope, day = _scope(session, asked), today(session)
    rows = activities.streamed(session, viewer, scope, day, lang, after)
    numbered = ((int(str(row[0])), row) for row in rows)
    return Found(activities.count(session, viewer, scope, day), numbered)


def _framed(
    read: Callable[[Session, Viewer, Asked], pd.DataFrame],
) -> Callable[[Session, Viewer, Asked, str, int], Found]:
    def found(session: Session, viewer: Viewer, asked: Asked, _lang: str, after: int) -> Found:
        frame = read(session, viewer, asked)
        rows = frame.iloc[after:].itertuples(index=False, name=None)
        return Found(len(frame), iter(enumerate(rows, start=after + 1)))

    return found


def _needs(session: Session, viewer: Viewer, asked: Asked) -> pd.DataFrame:
    return needs.needs(session, viewer, _scope(session, asked))


def _assessments(session: Session, viewer: Viewer, asked: Asked) -> pd.DataFrame:
    return needs.assessments(session, viewer, _scope(session, asked))


def _requests(session: Session, viewer: Viewer, asked: Asked) -> pd.DataFrame:
    return needs.requests(session, viewer, _scope(session, asked))


def _gaps(session: Session, viewer: Viewer, asked: Asked) -> pd.DataFrame:
    level = Level(one_of("level", asked.get("level", ""), list(Level)))
    day = today(session)
    return gaps.gaps(evidence.evidence(session, viewer, _scope(session, asked), day), level, day)


def _codes(name: str) -> Callable[[Session, Viewer, Asked, str, int], Found]:
    def found(session: Session, _viewer: Viewer, _asked: Asked, lang: str, after: int) -> Found:
        rows = CODE_LISTS[name](session, lang)
        return Found(len(rows), iter(enumerate(rows[after:], start=after + 1)))

    return found


_GAP_VALUES = tuple(gaps.GAP_COLUMNS[:-1])
_GAP_FIGURES = frozenset({*gaps.SUMS, "answered_share", "evidence_age_days"})
_CODE_VALUES = ("code", "name", "part_of")

LISTS = {
    "activities": Listing(
        mark("Activities"),
        NARROWED_BY["activities"],
        exports.ACTIVITIES,
        exports.ACTIVITY_VALUES,
        _activities,
        figures=frozenset({"activity_id"}),
    ),
    "needs": Listing(
        mark("Needs"),
        NARROWED_BY["needs"],
        exports.NEEDS,
        tuple(needs.NEED_LIST_COLUMNS),
        _framed(_needs),
    ),
    "gaps": Listing(
        mark("Gap matrix"),
        NARROWED_BY["gaps"],
        exports.gap_columns(_GAP_VALUES),
        _GAP_VALUES,
        _framed(_gaps),
        figures=_GAP_FIGURES,
        truths=frozenset({"stale"}),
    ),
    "assessments": Listing(
        mark("Assessments"),
        NARROWED_BY["assessments"],
        exports.ASSESSMENTS,
        tuple(needs.ASSESSMENT_LIST_COLUMNS),
        _framed(_assessments),
        figures=frozenset({"assessment_id"}),
    ),
    "requests": Listing(
        mark("Requests"),
        NARROWED_BY["requests"],
        exports.REQUESTS,
        tuple(needs.REQUEST_LIST_COLUMNS),
        _framed(_requests),
        figures=frozenset({"request_id"}),
    ),
    **{
        f"codelists/{name}": Listing(
            mark("Code list"),
            (),
            tuple(Column(header, header) for header in _CODE_VALUES),
            _CODE_VALUES,
            _codes(name),
            has_past=False,
        )
        for name in CODE_LISTS
    },
}
"""Every list by its address below `/api/v1/`."""
