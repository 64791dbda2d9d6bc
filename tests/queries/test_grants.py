"""The table of grants, walked: what each role may do is what the system really lets it do."""

import importlib
from pathlib import Path

import pytest

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.roles import GRANTS, Action, Extent, Role
from ctai.services import set_password
from tests.drafts import PEOPLE
from tests.queries.conftest import World
from tests.queries.tries import TRIES

for _file in sorted(Path(__file__).parent.glob("tries_*.py")):
    importlib.import_module(f"tests.queries.{_file.stem}")

REACHED = {
    (False, False): Extent.NONE,
    (True, False): Extent.OWN,
    (True, True): Extent.ALL,
}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash fast: these accounts guard nothing."""
    monkeypatch.setattr(set_password, "COST", 4)


def test_every_action_is_tried() -> None:
    assert set(TRIES) == set(Action)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_a_role_does_what_the_table_grants_and_no_more(
    world: World, role: Role, action: Action
) -> None:
    done = []
    for own in (True, False):
        with db.reading(world.engine.execution_options(writes=True)) as session:
            try:
                done.append(TRIES[action](session, PEOPLE[role], world, own))
            except Refused:
                done.append(False)
            session.rollback()
    assert REACHED[done[0], done[1]] is GRANTS[role][action]
