"""Briefings: what is asked for, who it is for, and what changed between two moments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from ctai.domain.dates import surely_before
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.roles import Action, Extent, Role, Viewer
from ctai.domain.scope import Scope


class Audience(StrEnum):
    """Who reads a briefing; its content is what they may see, and no more."""

    EXECUTIVE = "executive"
    ENTITY = "entity"
    STATE = "state"
    DONOR = "donor"
    PUBLIC = "public"


class Format(StrEnum):
    """What a briefing is written as; its code is the ending of the file's name."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"


SIGHT = (Action.SEE_PUBLIC, Action.SEE_UN_SYSTEM, Action.SEE_HISTORY)
"""What an author sees at all if a reader does; what is restricted depends on whose it is."""

_ROLES = {
    Audience.EXECUTIVE: Role.VIEWER,
    Audience.ENTITY: Role.FOCAL_POINT,
    Audience.STATE: Role.COUNTERPART,
    Audience.DONOR: Role.DONOR,
    Audience.PUBLIC: Role.DONOR,
}
"""The role through whose eyes each audience reads. The Executive Office is told what the whole
United Nations system may see: a paper leaves the room, and what is restricted stays with its desk.
The public is a donor that nobody is: it sees what every donor sees, and nothing that was shared
with one."""


@dataclass(frozen=True)
class Briefing:
    """What is asked for.

    `scope` is all partners (empty), one country or one pillar; with a `visit`, the number of an
    assessment, the countries it goes to. `entity` names the entity or donor that reads. `as_of` is
    the day that is told of, `since` the one it is compared with.
    """

    audience: Audience
    lang: str
    as_of: date
    scope: Scope = field(default_factory=Scope)
    since: date | None = None
    entity: str | None = None
    visit: int | None = None

    @property
    def slug(self) -> str:
        """Name a file after what the briefing is about, in ASCII codes."""
        return self.scope.slug if self.visit is None else f"visit_{self.visit}"


@dataclass(frozen=True)
class Pinned:
    """The numbers of the data version that a briefing tells of and is compared with."""

    as_of: int
    since: int | None = None


@dataclass(frozen=True)
class Issued:
    """A briefing that somebody took away; `digest` is the hash of its content."""

    number: int
    by: str
    at: datetime
    asked: Briefing
    pinned: Pinned
    format: Format
    digest: str


def is_of_a_series(one: Briefing, other: Briefing) -> bool:
    """Tell whether two briefings tell the same reader of the same, on whichever days and in
    whichever languages."""
    return replace(one, lang=other.lang, as_of=other.as_of, since=other.since) == other


def reader_of(asked: Briefing) -> Viewer:
    """Give the eyes through which a briefing is written.

    An entity is one's eyes only where it reads: what was shared with a donor is not the public's.
    """
    reads = asked.audience in (Audience.ENTITY, Audience.DONOR)
    countries = frozenset(asked.scope.country)
    return Viewer("", _ROLES[asked.audience], countries, asked.entity if reads else None)


def audience_faults(asked: Briefing, author: Viewer) -> tuple[Fault, ...]:
    """List every reason why an author may not brief an audience."""
    faults: list[Fault] = []
    if asked.audience is Audience.STATE and len(asked.scope.country) != 1:
        faults.append(
            Fault("A briefing for a Member State is of one country. Choose it.", "country")
        )
    if asked.audience is Audience.ENTITY and asked.entity is None:
        faults.append(Fault("Choose the entity that the briefing is for.", "entity"))
    faults += _sight_faults(asked, reader_of(asked), author)
    countries = frozenset(asked.scope.country)
    if author.reach is not None and not (countries and countries <= author.reach):
        faults.append(Fault("Your role sees its own country alone. Choose it.", "country"))
    if asked.since is not None and asked.since >= asked.as_of:
        faults.append(
            Fault(
                "The day to compare with, {seen}, is not before {wanted}. Choose an earlier one.",
                "since",
                {"seen": asked.since.isoformat(), "wanted": asked.as_of.isoformat()},
            )
        )
    return tuple(faults)


def _sight_faults(asked: Briefing, reader: Viewer, author: Viewer) -> list[Fault]:
    """Say why an author does not see all that an audience will: nobody discloses by a briefing."""
    less = any(reader.may(action) and not author.may(action) for action in SIGHT)
    if less or _is_shared_with_another(reader, author):
        return [_sees_less()]
    restricted = reader.may(Action.SEE_RESTRICTED) and bool(reader.countries or reader.entity)
    if not restricted or author.extent(Action.SEE_RESTRICTED) is Extent.ALL:
        return []
    if author.role is Role.DESK_OFFICER:
        countries = frozenset(asked.scope.country)
        if countries and countries <= author.countries:
            return []
        return [
            Fault(
                "You see restricted records of your own countries alone. Choose one of {wanted}.",
                "country",
                {"wanted": ", ".join(sorted(author.countries))},
            )
        ]
    own = reader.role is author.role and reader.entity == author.entity
    return [] if own else [_sees_less()]


def _sees_less() -> Fault:
    return Fault("Your role sees less than this audience. Choose another audience.", "audience")


def _is_shared_with_another(reader: Viewer, author: Viewer) -> bool:
    """Tell whether a reader sees what was shared with it, and outside the UN with nobody else."""
    if author.may(Action.SEE_UN_SYSTEM):
        return False
    if reader.role is Role.DONOR:
        return reader.entity is not None and reader.entity != author.entity
    return author.role is not Role.COUNTERPART


def no_visit(number: int | str) -> Fault:
    """Say that there is no such visit; one that author or audience may not see is told likewise."""
    return Fault(
        "There is no visit {seen}, or it is not open to you and this audience.",
        "visit",
        {"seen": str(number)},
    )


def audience_of(code: str) -> Audience:
    """Read an audience's code; Refused names those there are."""
    try:
        return Audience(code)
    except ValueError:
        wanted = ", ".join(Audience)
        fault = Fault(
            "“{seen}” is no audience. Choose one of: {wanted}.",
            "audience",
            {"seen": shown(code), "wanted": wanted},
        )
        raise Refused([fault]) from None


class Turn(StrEnum):
    """What became of a record between two moments."""

    NEW = "new"
    MOVED = "moved"
    CLOSED = "closed"
    SLIPPED = "slipped"
    STALE = "stale"
    GONE = "gone"


@dataclass(frozen=True)
class Seen:
    """A record as it stood at a moment; `due` is a reduced-precision date by which it should be
    done, `language` that of its title, where it is stated."""

    code: str
    title: str
    state: str
    is_over: bool
    is_stale: bool = False
    due: str | None = None
    language: str = ""


@dataclass(frozen=True)
class Changed:
    """What became of a record: its states before and after, where it had them."""

    turn: Turn
    code: str
    title: str
    before: str | None
    after: str | None
    language: str = ""


def changes(before: Mapping[str, Seen], after: Mapping[str, Seen]) -> tuple[Changed, ...]:
    """Compare records at two moments, by code; each appears once, under the turn that says most.

    A record that one may no longer see counts as gone: nothing else is told of it.
    """
    found = [_changed(before.get(code), now) for code, now in after.items()]
    gone = [Changed(Turn.GONE, code, "", None, None) for code in before.keys() - after.keys()]
    return tuple(sorted((one for one in (*found, *gone) if one is not None), key=_place))


def _changed(before: Seen | None, after: Seen) -> Changed | None:
    turn = _turn(before, after)
    if turn is None:
        return None
    state = before.state if before else None
    return Changed(turn, after.code, after.title, state, after.state, after.language)


def _turn(before: Seen | None, after: Seen) -> Turn | None:
    if before is None:
        return Turn.NEW
    if after.is_over and not before.is_over:
        return Turn.CLOSED
    if after.state != before.state:
        return Turn.MOVED
    if before.due and after.due and surely_before(before.due, after.due) and not after.is_over:
        return Turn.SLIPPED
    if after.is_stale and not before.is_stale:
        return Turn.STALE
    return None


def _place(changed: Changed) -> tuple[int, str]:
    return list(Turn).index(changed.turn), changed.code


def of_turn(found: Iterable[Changed], turn: Turn) -> tuple[Changed, ...]:
    """Give the changes of one kind."""
    return tuple(one for one in found if one.turn is turn)
