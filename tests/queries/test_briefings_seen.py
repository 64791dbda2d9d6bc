"""A briefing tells its audience what that audience may see, and by nobody who sees less."""

import re
from datetime import date

import pytest

from ctai.briefings.build import build
from ctai.domain.briefing import Audience, Briefing, audience_faults
from ctai.domain.roles import SYSTEM, Role
from ctai.domain.scope import Scope
from tests.drafts import PEOPLE
from tests.queries.conftest import ACTIVITIES, World
from tests.queries.walk import SIGHT, Sight, letters_of

DAY = date(2040, 1, 1)
"""Later than any clock: what the store holds is of today, and this day is "today" here."""
SCOPES = (Scope(), Scope(country=("NGA",)), Scope(country=("BFA",)), Scope(pillar=("II",)))
ENTITIES = {Audience.ENTITY: ("UNODC", "CTED"), Audience.DONOR: (None, "Denmark")}
ASKED = [
    Briefing(audience, "en", DAY, scope, entity=entity)
    for audience in Audience
    for scope in SCOPES
    for entity in ENTITIES.get(audience, (None,))
]
KINDS = {"Activity": "activities", "Need N-": "needs", "Visit": "assessments", "Help": "requests"}


def told(world: World, asked: Briefing) -> dict[str, set[str]]:
    """Give the letters of all records that a briefing names, by kind; by title and in figures."""
    document = build(world.engine, SYSTEM, asked, DAY)
    content = document.canonical.decode()
    found = {
        kind: set(re.findall(rf"\b{title} ?([a-jA-G])\b", content)) for title, kind in KINDS.items()
    }
    codes = [code for entry in document.ledger for code in entry.records]
    found["activities"] |= set(
        letters_of(world.activities, [code[2:] for code in codes if re.match(r"A-\d", code)])
    )
    found["needs"] |= {code[-1] for code in codes if re.fullmatch("N-[A-G]", code)}
    return found


def beyond(found: dict[str, set[str]], sight: Sight) -> dict[str, set[str]]:
    """Give what somebody of this sight may not see."""
    kinds = ("activities", "needs", "assessments", "requests")
    seen = {kind: set(getattr(sight, kind)) for kind in kinds}
    return {kind: more for kind in kinds if (more := found[kind] - seen[kind])}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_no_author_hands_on_what_they_do_not_see(world: World, asked: Briefing) -> None:
    authors = [one for one in PEOPLE.values() if not audience_faults(asked, one)]
    if not authors:  # a State without a country: refused to everybody
        return
    found = told(world, asked)
    for author in authors:
        assert beyond(found, SIGHT[author.role]) == {}


@pytest.mark.parametrize(
    ("audience", "entity", "eyes"),
    [
        (Audience.EXECUTIVE, None, Role.VIEWER),
        (Audience.ENTITY, "UNODC", Role.FOCAL_POINT),
        (Audience.STATE, None, Role.COUNTERPART),
        (Audience.DONOR, None, Role.DONOR),
        (Audience.PUBLIC, None, Role.DONOR),
    ],
)
def test_an_audience_is_told_all_of_its_country_that_it_may_see(
    world: World, audience: Audience, entity: str | None, eyes: Role
) -> None:
    asked = Briefing(audience, "en", DAY, Scope(country=("NGA",)), entity=entity)
    found = told(world, asked)
    assert beyond(found, SIGHT[eyes]) == {}
    here = {x for x in SIGHT[eyes].activities if "NGA" in ACTIVITIES[x].countries}
    assert found["activities"] == here
