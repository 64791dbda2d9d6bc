"""Overlap: an activity's facts made ready, so that it can be compared with many others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ctai.domain.activities import LINKS, Identifier, OrganisationRole
from ctai.domain.dates import Precision, first_day, last_day, precision
from ctai.domain.overlap import Facts, numbers_in, tokens_of, words_of

SHORT_DAYS = 45
"""What takes longer does not keep anybody from something else on the same days."""

UNIQUE = frozenset({"iati", "A3"})
"""Kinds that name one activity in the world: its IATI identifier, and the one it had before."""
SHARED = frozenset({"A2", "A4"})
"""Kinds that name a flow of money: of the OECD's Creditor Reporting System, and of OCHA's FTS."""
OF_MONEY = frozenset(LINKS - {f"related{kind}" for kind in (1, 2, 3)})
"""Kinds that name where the money comes from or goes to, or another record of the same work."""
FAMILY = frozenset({f"related{kind}" for kind in (1, 2, 3)})
"""Parent, child and sibling: parts of one programme, which are told apart on purpose."""


_FUNDS = int(OrganisationRole.FUNDING)


@dataclass(frozen=True)
class Looked:
    """An activity's facts, made ready to be compared with many others."""

    facts: Facts

    @cached_property
    def titles(self) -> tuple[tuple[str, frozenset[int], int], ...]:
        """Each title's words in order of the alphabet, its numbers, and how many words it has."""
        split = [words_of(title) for title in self.facts.titles]
        return tuple(
            (" ".join(sorted(words)), numbers_in(words), len(tokens_of(words))) for words in split
        )

    @cached_property
    def own(self) -> frozenset[str]:
        """The identifiers that are its own in all the world."""
        return frozenset(one.value for one in self.facts.identifiers if one.kind in UNIQUE)

    @cached_property
    def flows(self) -> frozenset[Identifier]:
        """The flows of money that it is part of."""
        return frozenset(one for one in self.facts.identifiers if one.kind in SHARED)

    @cached_property
    def named(self) -> dict[str, str]:
        """The other activities that it names, each with what it is to it."""
        return {one.value: one.kind for one in self.facts.identifiers if one.kind in LINKS}

    @cached_property
    def organisations(self) -> frozenset[str]:
        """All who take part."""
        return frozenset(party.name for party in self.facts.parties)

    @cached_property
    def funders(self) -> frozenset[str]:
        return frozenset(party.name for party in self.facts.parties if party.role == _FUNDS)

    @cached_property
    def doers(self) -> frozenset[str]:
        return frozenset(party.name for party in self.facts.parties if party.role != _FUNDS)

    @cached_property
    def first(self) -> date | None:
        """The first day that it can have begun on."""
        return None if self.facts.start is None else first_day(self.facts.start)

    @cached_property
    def last(self) -> date | None:
        """The last day that it can have ended on; where no end is known, that of its start, unless
        only the year of that is known."""
        start = self.facts.start
        if self.facts.end is not None:
            return last_day(self.facts.end)
        if start is None or precision(start) is Precision.YEAR:
            return None
        return last_day(start)

    @cached_property
    def is_short(self) -> bool:
        """Whether it is an event of known days, not a project."""
        start, end = self.facts.start, self.last
        if self.first is None or end is None or start is None:
            return False
        is_to_the_day = precision(start) is Precision.DAY
        return is_to_the_day and (end - self.first).days <= SHORT_DAYS

    @cached_property
    def places(self) -> dict[str, str]:
        """The names of its places by their plain words."""
        named = (name.strip() for name in self.facts.place.split(";"))
        return {" ".join(words_of(name)): name for name in named if words_of(name)}

    @cached_property
    def publishers(self) -> frozenset[str]:
        """Who gave it its identifiers."""
        return frozenset(publisher_of(one) for one in self.own)

    @cached_property
    def givers(self) -> frozenset[str]:
        """The activities that it names as where its money comes from, or as its partner's."""
        return frozenset(value for value, kind in self.named.items() if kind in OF_MONEY)

    def is_reported_by(self, organisations: Iterable[str]) -> bool:
        """Tell whether one of some organisations gave it its identifier."""
        begun = tuple(f"{name}-" for name in organisations)
        return any(one.startswith(begun) for one in self.own)


def publisher_of(identifier: str) -> str:
    """Give the organisation in an IATI identifier: register and number (GB-CHC-285776), or the
    country and number of a DAC agency (SE-6)."""
    parts = identifier.split("-")
    is_agency = len(parts) > 1 and parts[1].isdigit()
    return "-".join(parts[: 2 if is_agency else 3])
