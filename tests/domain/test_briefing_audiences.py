"""Nobody briefs an audience that sees more than they do."""

from datetime import date

import pytest

from ctai.domain.briefing import Audience, Briefing, audience_faults
from ctai.domain.roles import Role, Viewer
from ctai.domain.scope import Scope

DAY = date(2026, 6, 30)
DESK = Viewer("desk", Role.DESK_OFFICER, frozenset({"BFA"}))
FOCAL = Viewer("focal", Role.FOCAL_POINT, frozenset(), "UNODC")
STATE = Viewer("state", Role.COUNTERPART, frozenset({"BFA"}))
DONOR = Viewer("donor", Role.DONOR, frozenset(), "DNK")
VIEWER = Viewer("viewer", Role.VIEWER)
ADMINISTRATOR = Viewer("administrator", Role.ADMINISTRATOR)


def may(author: Viewer, audience: Audience, country: str = "", entity: str | None = None) -> bool:
    scope = Scope(country=(country,) if country else ())
    return not audience_faults(Briefing(audience, "en", DAY, scope, entity=entity), author)


@pytest.mark.parametrize("country", ["", "BFA", "NGA"])
def test_the_whole_system_briefs_the_office_on_any_country_and_on_all(country: str) -> None:
    assert all(may(one, Audience.EXECUTIVE, country) for one in (DESK, FOCAL, VIEWER))
    assert not any(may(one, Audience.EXECUTIVE, country) for one in (STATE, DONOR))


def test_an_entity_is_briefed_on_what_is_restricted_by_those_who_see_it() -> None:
    assert may(DESK, Audience.ENTITY, "BFA", "UNODC")
    assert not may(DESK, Audience.ENTITY, "NGA", "UNODC")
    assert not may(DESK, Audience.ENTITY, "", "UNODC")
    assert may(FOCAL, Audience.ENTITY, "", "UNODC")
    assert not may(FOCAL, Audience.ENTITY, "", "IOM")
    assert may(ADMINISTRATOR, Audience.ENTITY, "", "IOM")


def test_what_is_shared_with_a_donor_is_for_that_donor() -> None:
    assert may(DONOR, Audience.DONOR, "BFA", "DNK")
    assert not may(DONOR, Audience.DONOR, "BFA", "FRA")
    assert not may(STATE, Audience.DONOR, "BFA", "DNK")
    assert may(VIEWER, Audience.DONOR, "BFA", "DNK")


def test_a_state_reads_its_plans_and_a_donor_does_not() -> None:
    assert may(STATE, Audience.STATE, "BFA")
    assert not may(DONOR, Audience.STATE, "BFA")


@pytest.mark.parametrize("author", [DESK, FOCAL, DONOR, VIEWER, ADMINISTRATOR])
def test_everybody_may_brief_the_public(author: Viewer) -> None:
    assert may(author, Audience.PUBLIC)


def test_a_state_briefs_on_its_own_country_alone() -> None:
    assert may(STATE, Audience.PUBLIC, "BFA")
    assert not may(STATE, Audience.PUBLIC)
    assert not may(STATE, Audience.PUBLIC, "NGA")
