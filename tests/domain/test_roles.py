"""Who may do what stands in one table, and it is complete."""

from dataclasses import replace

import pytest

from ctai.domain.roles import GRANTS, SYSTEM, Action, Extent, Role, Viewer, Visibility
from tests.drafts import PEOPLE

WRITES = (Action.ENTER, Action.AMEND, Action.CONFIRM, Action.IMPORT)


def test_every_role_has_every_action() -> None:
    assert set(GRANTS) == set(Role) == set(PEOPLE)
    assert all(set(grants) == set(Action) for grants in GRANTS.values())


def test_there_is_an_action_to_see_each_visibility() -> None:
    assert {f"see_{level}" for level in Visibility} <= {action.value for action in Action}


@pytest.mark.parametrize("role", Role)
def test_who_changes_records_sees_them_and_their_history(role: Role) -> None:
    viewer = PEOPLE[role]
    if any(viewer.may(action) for action in WRITES):
        assert viewer.may(Action.SEE_RESTRICTED)
        assert viewer.may(Action.SEE_HISTORY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_manages_accounts(role: Role) -> None:
    assert not PEOPLE[role].may(Action.MANAGE_USERS)
    assert SYSTEM.may(Action.MANAGE_USERS)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COUNTERPART, Role.DONOR])
def test_who_only_reads_changes_nothing(role: Role) -> None:
    assert not any(PEOPLE[role].may(action) for action in WRITES)


@pytest.mark.parametrize(
    ("role", "countries", "entities", "own"),
    [
        (Role.DESK_OFFICER, {"NGA"}, set(), True),
        (Role.DESK_OFFICER, {"BFA", "NGA"}, set(), True),
        (Role.DESK_OFFICER, {"BFA"}, {"UNODC"}, False),
        (Role.COUNTERPART, {"NGA"}, set(), True),
        (Role.COUNTERPART, {"BFA"}, set(), False),
        (Role.FOCAL_POINT, {"BFA"}, {"UNODC", "CTED"}, True),
        (Role.FOCAL_POINT, {"NGA"}, {"CTED"}, False),
        (Role.VIEWER, {"NGA"}, {"UNODC"}, False),
        (Role.DONOR, {"NGA"}, {"UNODC"}, False),
    ],
)
def test_a_desk_owns_countries_and_a_focal_point_an_entity(
    role: Role, countries: set[str], entities: set[str], own: bool
) -> None:
    assert PEOPLE[role].owns(frozenset(countries), frozenset(entities)) is own


def test_without_countries_or_entity_nothing_is_ones_own() -> None:
    everything = (frozenset({"NGA"}), frozenset({"UNODC"}))
    for role in (Role.DESK_OFFICER, Role.COUNTERPART, Role.FOCAL_POINT):
        assert not Viewer("nobody", role).owns(*everything)
        assert not Viewer("nobody", role).owns(frozenset(), frozenset())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_a_grant_reaches_as_far_as_the_table_says(role: Role, action: Action) -> None:
    # The donor of these people speaks for no donor in particular: here it is one.
    viewer = replace(PEOPLE[role], entity="UNODC") if role is Role.DONOR else PEOPLE[role]
    own = viewer.may_touch(action, frozenset({"NGA"}), frozenset({"UNODC"}))
    other = viewer.may_touch(action, frozenset({"BFA"}), frozenset({"CTED"}))
    reach = {(False, False): Extent.NONE, (True, False): Extent.OWN, (True, True): Extent.ALL}
    assert reach[own, other] is viewer.extent(action) is GRANTS[role][action]
