"""One store for all tests that only read: the same records on both databases, written once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ctai import db
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import SYSTEM, Visibility
from ctai.models.records import Revision
from ctai.models.reference import PartnershipStep
from ctai.services import revisions
from ctai.services.store_activity import confirm, enter
from ctai.services.store_evidence import enter_assessment, enter_need, enter_request
from tests.conftest import TEMPLATE, PostgresServer
from tests.drafts import KNOWN, PEOPLE, activity, add_code_lists, assessment, money, need, request

PUBLIC, UN, RESTRICTED = Visibility.PUBLIC, Visibility.UN_SYSTEM, Visibility.RESTRICTED
NGA, BFA, BOTH = ("NGA",), ("BFA",), ("NGA", "BFA")


@dataclass(frozen=True)
class Fact:
    """What a letter stands for; everything about it tells it from the others."""

    visibility: Visibility
    countries: tuple[str, ...]
    entities: tuple[str, ...]
    measure: str = "II.13"


ACTIVITIES = {
    "a": Fact(PUBLIC, NGA, ("UNODC",), "I.1"),
    "b": Fact(PUBLIC, BFA, ("CTED",), "I.2"),
    "c": Fact(UN, NGA, ("CTED",), "II.1"),
    "d": Fact(UN, BFA, ("UNODC",), "II.2"),
    "e": Fact(RESTRICTED, NGA, ("UNODC",), "II.3"),
    "f": Fact(RESTRICTED, NGA, ("CTED",), "III.7"),
    "g": Fact(RESTRICTED, BFA, ("UNODC",), "III.8"),
    "h": Fact(RESTRICTED, BFA, ("CTED",), "IV.2"),
    "i": Fact(PUBLIC, BOTH, ("UNODC", "CTED"), "IV.3"),
    "j": Fact(RESTRICTED, BOTH, ("UNODC", "CTED"), "IV.4"),
}
AMOUNT = {letter: 2**place for place, letter in enumerate(ACTIVITIES)}
"""Powers of two: a sum of amounts tells which activities are in it."""
YEAR = {letter: 2010 + place for place, letter in enumerate(ACTIVITIES)}
NEEDS = {
    "A": Fact(PUBLIC, NGA, ()),
    "B": Fact(PUBLIC, BFA, ()),
    "C": Fact(UN, NGA, ()),
    "D": Fact(RESTRICTED, NGA, ()),
    "E": Fact(RESTRICTED, BFA, ()),
    "F": Fact(RESTRICTED, BOTH, ()),
    "G": Fact(PUBLIC, BOTH, ()),
}
ASSESSMENTS = {
    "A": Fact(PUBLIC, NGA, ("CTED",)),
    "B": Fact(UN, BFA, ("UNODC",)),
    "C": Fact(RESTRICTED, NGA, ("CTED",)),
    "D": Fact(RESTRICTED, BFA, ("UNODC",)),
    "E": Fact(RESTRICTED, BFA, ("CTED", "UNODC")),
    "F": Fact(RESTRICTED, BOTH, ("CTED",)),
    "G": Fact(PUBLIC, BOTH, ("CTED",)),
}
REQUESTS = {
    "A": Fact(PUBLIC, NGA, ("UNODC",)),
    "B": Fact(UN, BFA, ("CTED",)),
    "C": Fact(RESTRICTED, NGA, ("CTED",)),
    "D": Fact(RESTRICTED, BFA, ("UNODC",)),
    "E": Fact(PUBLIC, BFA, ("CTED",)),
}


@dataclass(frozen=True)
class World:
    """A store with every visibility in two countries by two entities, and its numbers."""

    engine: Engine
    activities: dict[str, int]
    needs: dict[str, int]
    assessments: dict[str, int]
    requests: dict[str, int]
    entered: datetime


def _fill(engine: Engine) -> World:
    with db.transaction(engine) as session:
        add_code_lists(session)
        activities = {
            letter: enter(
                session,
                SYSTEM,
                activity(
                    f"Activity {letter}",
                    fact.countries,
                    fact.entities,
                    (fact.measure,),
                    visibility=fact.visibility,
                    budget=(money(AMOUNT[letter]),),
                    start=str(YEAR[letter]),
                ),
                KNOWN,
            ).activity_id
            for letter, fact in ACTIVITIES.items()
        }
        needs = {
            letter: enter_need(
                session,
                SYSTEM,
                need(f"N-{letter}", fact.countries, visibility=fact.visibility),
                KNOWN,
            )
            for letter, fact in NEEDS.items()
        }
        assessments = {
            letter: enter_assessment(
                session,
                SYSTEM,
                assessment(
                    f"Visit {letter}",
                    fact.countries,
                    lead=fact.entities[0],
                    joining=fact.entities[1:],
                    visibility=fact.visibility,
                ),
                KNOWN,
            )
            for letter, fact in ASSESSMENTS.items()
        }
        requests = {
            letter: enter_request(
                session,
                SYSTEM,
                request(
                    f"Help {letter}",
                    fact.countries[0],
                    addressed_to=fact.entities[0],
                    visibility=fact.visibility,
                ),
                KNOWN,
            )
            for letter, fact in REQUESTS.items()
        }
        session.add(PartnershipStep(iso3="NGA", step="active", happened="2008"))
        session.add_all(
            Revision(
                at=revisions.now(),
                actor=person.username,
                record_kind=RecordKind.ACTIVITY.value,
                record_id=activities["h"],
                field="status",
                new="ongoing",
            )
            for person in PEOPLE.values()
        )
    entered = revisions.now()
    with db.transaction(engine) as session:
        for number in activities.values():
            confirm(session, SYSTEM, number, "2024-06")
    return World(engine, activities, needs, assessments, requests, entered)


@pytest.fixture(scope="session")
def sqlite_world(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The store on SQLite."""
    file = tmp_path_factory.mktemp("world") / "ctai.db"
    with (
        closing(sqlite3.connect(sqlite_template)) as source,
        closing(sqlite3.connect(file)) as copy,
    ):
        source.backup(copy)
    engine = db.make_engine(f"sqlite:///{file}")
    yield _fill(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_world(postgres_server: PostgresServer) -> Iterator[World]:
    """The store on PostgreSQL."""
    postgres_server.execute("CREATE DATABASE {} TEMPLATE {}", "world", TEMPLATE)
    engine = db.make_engine(postgres_server.url("world"))
    yield _fill(engine)
    engine.dispose()
    postgres_server.execute("DROP DATABASE {} WITH (FORCE)", "world")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest) -> World:
    """The store on each database in turn; tests leave it as they found it."""
    found: World = request.getfixturevalue(f"{request.param}_world")
    return found
