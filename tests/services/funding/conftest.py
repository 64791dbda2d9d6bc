"""A house for funding requests: code lists, and a need that passed its tests."""

import pytest
from sqlalchemy import Engine

from ctai import db
from tests.drafts import add_code_lists
from tests.funding_drafts import (
    need_with_tests,
)


@pytest.fixture
def house(engine: Engine) -> Engine:
    """A database with the code lists and one need of Nigeria that passed its tests: number 1."""
    with db.transaction(engine) as session:
        add_code_lists(session)
        assert need_with_tests(session) == 1
    return engine
