"""Walks of the reads of issued briefings: one's own, and those that one might issue oneself."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ctai.domain.briefing import Audience, Briefing, Format, Pinned
from ctai.domain.roles import SYSTEM, Role, Viewer
from ctai.domain.scope import Scope
from ctai.queries import briefings
from ctai.services.issue_briefing import issue_briefing
from tests.drafts import PEOPLE
from tests.queries.walk import Look, walks

DAY = date(2024, 7, 1)
NGA, BFA = Scope(country=("NGA",)), Scope(country=("BFA",))


@dataclass(frozen=True)
class Told:
    """Who issued a briefing, and of what."""

    author: Viewer
    asked: Briefing


def _of(audience: Audience, scope: Scope, entity: str | None = None) -> Briefing:
    return Briefing(audience, "en", DAY, scope, entity=entity)


ISSUED = {
    "a": Told(SYSTEM, _of(Audience.EXECUTIVE, NGA)),
    "b": Told(SYSTEM, _of(Audience.EXECUTIVE, BFA)),
    "c": Told(SYSTEM, _of(Audience.PUBLIC, Scope())),
    "d": Told(SYSTEM, _of(Audience.ENTITY, NGA, "CTED")),
    "e": Told(PEOPLE[Role.DONOR], _of(Audience.DONOR, NGA)),
    "f": Told(PEOPLE[Role.COUNTERPART], _of(Audience.STATE, NGA)),
    "g": Told(PEOPLE[Role.FOCAL_POINT], _of(Audience.ENTITY, BFA, "UNODC")),
    "h": Told(PEOPLE[Role.VIEWER], _of(Audience.STATE, BFA)),
    "i": Told(PEOPLE[Role.DESK_OFFICER], _of(Audience.PUBLIC, BFA)),
}
SEEN = {
    Role.VIEWER: "h",
    Role.DESK_OFFICER: "abcdefhi",
    Role.FOCAL_POINT: "g",
    Role.COUNTERPART: "f",
    Role.DONOR: "e",
    Role.ADMINISTRATOR: "abcdefghi",
}


def _issue_all(look: Look) -> dict[str, int]:
    return {
        letter: issue_briefing(
            look.session, one.author, one.asked, Pinned(1), Format.PDF, letter * 64
        )
        for letter, one in ISSUED.items()
    }


@walks(briefings.listed)
def _listed(look: Look) -> None:
    _issue_all(look)
    found = briefings.listed(look.session, look.viewer)
    letters = [one.digest[0] for one in found]
    assert letters == sorted(letters, reverse=True)
    assert "".join(reversed(letters)) == SEEN[look.viewer.role]
    for limit, offset in ((2, 0), (2, 1), (3, 4), (0, 0)):
        page = briefings.listed(look.session, look.viewer, limit, offset)
        assert page == found[offset : offset + limit]


@walks(briefings.last)
def _last(look: Look) -> None:
    _issue_all(look)
    for letter, one in ISSUED.items():
        tomorrow = replace(one.asked, as_of=DAY + timedelta(days=1), lang="ar", since=DAY)
        found = briefings.last(look.session, look.viewer, tomorrow)
        seen = letter in SEEN[look.viewer.role]
        assert (found and found.digest[0]) == (letter if seen else None)
        assert briefings.last(look.session, look.viewer, one.asked) is None, "of the same day"


@walks(briefings.issued)
def _issued(look: Look) -> None:
    numbers = _issue_all(look)
    for letter, number in numbers.items():
        found = briefings.issued(look.session, look.viewer, number)
        assert (found is not None) == (letter in SEEN[look.viewer.role])
        if found is not None:
            told = ISSUED[letter]
            assert (found.by, found.asked) == (told.author.username, told.asked)
    for none in (max(numbers.values()) + 1, 0, -1, 2**31, 10**30):
        assert briefings.issued(look.session, look.viewer, none) is None


@walks(briefings.is_visit_seen)
def _visits(look: Look) -> None:
    def seen(audience: Audience, entity: str | None = None) -> str:
        return "".join(
            letter
            for letter, number in look.world.assessments.items()
            if briefings.is_visit_seen(
                look.session,
                look.viewer,
                Briefing(audience, "en", DAY, BFA, entity=entity, visit=number),
            )
        )

    def both(letters: str) -> str:
        return "".join(letter for letter in letters if letter in look.sight.assessments)

    assert seen(Audience.EXECUTIVE) == both("ABG")
    assert seen(Audience.ENTITY, "UNODC") == both("ABDEG")
    assert seen(Audience.DONOR) == seen(Audience.PUBLIC) == both("AG")
    assert seen(Audience.STATE) == both("G"), "A does not go to Burkina Faso"
    unknown = max(look.world.assessments.values()) + 1
    of_none = Briefing(Audience.PUBLIC, "en", DAY, visit=unknown)
    assert not briefings.is_visit_seen(look.session, look.viewer, of_none)
