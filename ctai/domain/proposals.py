"""Proposals: changes that wait for a desk officer before they count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TypeVar

from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import Draft
from ctai.domain.checks import LONGEST_TEXT, too_long
from ctai.domain.faults import Fault, shown
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft
from ctai.domain.roles import Role, Viewer


class ProposalState(StrEnum):
    """What became of a proposed change."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Proposed(StrEnum):
    """What a proposal would do: store a new record, change one, or say that it is still true."""

    ENTER = "enter"
    AMEND = "amend"
    CONFIRM = "confirm"


MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.PENDING: frozenset(
        {ProposalState.ACCEPTED, ProposalState.RETURNED, ProposalState.WITHDRAWN}
    ),
    ProposalState.ACCEPTED: frozenset(),
    ProposalState.RETURNED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
}
"""A decision is final: what was returned comes again as another proposal."""


def is_reviewed(viewer: Viewer, trusted: frozenset[str]) -> bool:
    """Tell whether somebody's changes wait: a focal point's do, unless their entity is trusted."""
    return viewer.role is Role.FOCAL_POINT and viewer.entity not in trusted


def move_faults(state: ProposalState, to: ProposalState) -> Iterator[Fault]:
    """Refuse a second decision."""
    if to in MOVES[state]:
        return
    match state:
        case ProposalState.ACCEPTED:
            yield Fault("This change was accepted already.")
        case ProposalState.RETURNED:
            yield Fault("This change was returned already. Its author may send it again.")
        case ProposalState.WITHDRAWN:
            yield Fault("Its author has withdrawn this change.")
        case ProposalState.PENDING:
            yield Fault("This change waits for review already.")


def comment_faults(to: ProposalState, comment: str) -> Iterator[Fault]:
    """Refuse to return a change without saying what is to be mended, and damaged comments."""
    if to is ProposalState.RETURNED and not comment.strip():
        yield Fault("The comment is missing. Say what its author is to change.", "comment")
    yield from too_long("comment", comment, LONGEST_TEXT)


def decider_faults(author: str, decider: str) -> Iterator[Fault]:
    """Refuse a decision on one's own change, whatever role one's account has now."""
    if author == decider:
        yield Fault("Nobody decides on their own change. Ask a colleague, or withdraw it.")


def kind_of(draft: Draft) -> RecordKind:
    """Tell of which kind of record a draft is."""
    match draft:
        case ActivityDraft():
            return RecordKind.ACTIVITY
        case AssessmentDraft():
            return RecordKind.ASSESSMENT
        case RequestDraft():
            return RecordKind.REQUEST
        case NeedDraft():
            return RecordKind.NEED


LONGEST_SHOWN_TITLE = 400


def titled(draft: Draft) -> str:
    """Give the line by which people know a record: English where there is any, else the first."""
    match draft:
        case ActivityDraft(texts=texts):
            titles = [texts[code].title for code in ("en", *texts) if code in texts]
            title = next((one for one in titles if one.strip()), "")
        case RequestDraft(what=what):
            title = what
        case AssessmentDraft(title=given) | NeedDraft(title=given):
            title = given
    return shown(title, LONGEST_SHOWN_TITLE)


def countries_of(draft: Draft) -> frozenset[str]:
    """Give the codes of the countries whose desks decide on a draft."""
    match draft:
        case RequestDraft(country=country):
            return frozenset({country})
        case ActivityDraft() | NeedDraft():
            return draft.iso3s
        case AssessmentDraft():
            return frozenset(draft.countries)


def entities_of(draft: Draft) -> frozenset[str]:
    """Give the acronyms of the entities that take part in a draft."""
    match draft:
        case ActivityDraft():
            return draft.entities
        case AssessmentDraft():
            return frozenset({draft.lead, *draft.joining})
        case RequestDraft():
            return frozenset({draft.addressed_to})
        case NeedDraft():
            return frozenset({draft.evidence_body})


@dataclass(frozen=True)
class FieldChange:
    """A field of a record: as it was when the change was written, as proposed, and as it is now.

    Empty where there is nothing; `now` is what readers see today.
    """

    field: str
    before: str
    after: str
    now: str

    @property
    def is_overtaken(self) -> bool:
        """Tell whether somebody else has changed this field since."""
        return self.now != self.before


def difference(
    before: Mapping[str, str], after: Mapping[str, str], now: Mapping[str, str] | None = None
) -> tuple[FieldChange, ...]:
    """Compare two versions of a record field by field, and with a third that is there by now.

    Fields that are the same throughout are left out.
    """
    there = before if now is None else now
    rows = (
        FieldChange(name, before.get(name, ""), after.get(name, ""), there.get(name, ""))
        for name in dict.fromkeys([*before, *after, *there])
    )
    return tuple(row for row in rows if row.before != row.after or row.is_overtaken)


AnyDraft = TypeVar("AnyDraft", bound=Draft)


def rebased(base: AnyDraft, proposed: AnyDraft, now: AnyDraft) -> AnyDraft:
    """Put what a proposal changed onto the record as it is now; the rest stays as it is now."""
    changed = {
        one.name: getattr(proposed, one.name)
        for one in fields(proposed)
        if _unordered(getattr(proposed, one.name)) != _unordered(getattr(base, one.name))
    }
    return replace(now, **changed)


def _unordered(value: object) -> object:
    """Compare lists by what is in them: a form gives a record's countries in another order."""
    return sorted(map(repr, value)) if isinstance(value, tuple) else value
