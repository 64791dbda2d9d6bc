"""A read that forgets who is asking is found before it is ever run."""

import pytest

from tests.architecture import query_rules
from tests.architecture.sources import listing, parse, python_files

BLIND = "def of_country(session: Session, country: str): ..."


def test_every_read_of_records_takes_the_viewer() -> None:
    sources = python_files("ctai/queries")
    assert len(sources) > 1
    found = {source.path: query_rules.reads_for_nobody(source) for source in sources}
    assert not any(found.values()), listing(found)


@pytest.mark.parametrize(
    "read",
    [
        BLIND,
        "def of_country(session, country): ...",
        "def of_country(country: str, *, reader: Session): ...",
        "async def of_country(session: Session, country: str): ...",
    ],
)
def test_a_read_of_records_for_nobody_is_found(read: str) -> None:
    text = f"from ctai.models.needs import Need\n{read}"
    assert query_rules.reads_for_nobody(parse(text)) != []


@pytest.mark.parametrize(
    "read",
    [
        "def of_country(session, viewer, country): ...",
        "def narrowed(statement, viewer): ...",
        "def _rows(session): ...",
    ],
)
def test_a_read_for_somebody_is_let_through(read: str) -> None:
    text = f"from ctai.models.needs import Need\n{read}"
    assert query_rules.reads_for_nobody(parse(text)) == []


@pytest.mark.parametrize(
    "way",
    [
        "from ctai.models.activities import Activity",
        "from ctai.models.needs import Need as X",
        "from ctai.models.needs import *",
        "from ctai.models import needs",
        "import ctai.models.needs",
        "import ctai.models",
        "from ctai import models",
        "from ctai.queries import records",
        "from ctai import queries",
        "x = sa.text('select * from need')",
        "session.connection().exec_driver_sql('select 1')",
    ],
)
def test_a_room_without_viewers_knows_no_records(way: str) -> None:
    assert query_rules.reads_for_nobody(parse(f"{way}\n{BLIND}")) != []


@pytest.mark.parametrize(
    "way",
    [
        "from ctai.models.records import DataVersion",
        "from ctai.models.reference import Entity, Measure, MemberState",
        "from ctai.models.people import User",
        "from sqlalchemy import select",
    ],
)
def test_code_lists_and_people_are_read_without_a_viewer(way: str) -> None:
    assert query_rules.reads_for_nobody(parse(f"{way}\n{BLIND}")) == []
