"""What a viewer may not see never appears: not in a row, a count, a sum or a history.

Every public read that takes a viewer has a walk here; a new one without a walk fails.
"""

import importlib
import inspect
import pkgutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

import ctai.queries
from ctai import db
from ctai.domain.roles import Role
from ctai.domain.scope import Scope
from tests.drafts import PEOPLE
from tests.queries.conftest import World
from tests.queries.walk import SIGHT, WALKS, Look, name_of

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
EVERYTHING = Scope()
A_LOT = 1000


for _file in sorted(Path(__file__).parent.glob("walks_*.py")):
    importlib.import_module(f"tests.queries.{_file.stem}")


def reads_for_somebody() -> set[str]:
    """Find every public function in the reads that takes a session and a viewer."""
    modules = [
        importlib.import_module(f"ctai.queries.{found.name}")
        for found in pkgutil.iter_modules(ctai.queries.__path__)
    ]
    return {
        name_of(read)
        for module in modules
        for name, read in inspect.getmembers(module, inspect.isfunction)
        if read.__module__ == module.__name__
        and not name.startswith("_")
        and {"session", "viewer"} <= set(inspect.signature(read).parameters)
    }


def test_every_read_for_somebody_is_walked() -> None:
    assert set(WALKS) == reads_for_somebody()


def test_every_role_has_its_sight() -> None:
    assert set(SIGHT) == set(Role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("read", sorted(WALKS))
def test_a_read_gives_exactly_what_its_viewer_may_see(world: World, read: str, role: Role) -> None:
    with db.reading(world.engine) as session:
        WALKS[read](Look(session, PEOPLE[role], world, SIGHT[role]))
        session.rollback()
