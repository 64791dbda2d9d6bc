"""The case of Burkina Faso: its people, the store it is carried in, and a hand for each write."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import Engine, Select, select
from sqlmodel import Session, col

from ctai import db
from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.exchange.records_in import read_records
from ctai.models.ladder import Consent, Enquiry
from ctai.models.needs import Assessment, Request
from ctai.queries import codes, ladder, proposals
from ctai.queries.aliases import entity_aliases
from ctai.services.bring_in import bring_in
from ctai.services.load_reference import load_reference
from ctai.settings import ROOT
from tests.upkeep_drafts import account

BFA = frozenset({"BFA"})
DESK = Viewer("dora", Role.DESK_OFFICER, BFA)
COLLEAGUE = Viewer("dirk", Role.DESK_OFFICER, BFA)
ELSEWHERE = Viewer("dena", Role.DESK_OFFICER, frozenset({"NGA"}))
STATE = Viewer("sami", Role.COUNTERPART, BFA)
FOCAL = Viewer("fred", Role.FOCAL_POINT, entity="UNODC")
DONOR = Viewer("nora", Role.DONOR, entity="DNK")
OTHER_DONOR = Viewer("olga", Role.DONOR, entity="CAN")
READER = Viewer("vera", Role.VIEWER)
READERS = (DESK, STATE, FOCAL, DONOR, READER)
"""Everybody whose view is held against what they were shown."""

REQUEST = "Government request for assistance to strengthen operational capacity"
ASSESSMENT = "CTED visit with national experts, diagnosis and recommendations"
AREA = "Enquêteurs de la brigade antiterroriste formés aux enquêtes financières"
NEED = "Enquêtes financières de la brigade antiterroriste"
FINDING = "Des postes frontière du nord n’ont pas accès aux listes de surveillance"
COURSE = "Formation d’enquêteurs financiers à Ouagadougou"
AS = "Head of Section"

Stored = TypeVar("Stored")
Write = Callable[[Session], Stored]


@dataclass
class Case:
    """A store with the embedded records, and how far the case has come in it.

    `numbers` are those of its records, by name; `day` is the day on which people act.
    """

    engine: Engine
    day: date
    numbers: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        """Give the number of a record of the case."""
        return self.numbers[name]

    def writes(self, write: Write[Stored]) -> Stored:
        """Let somebody write, in a transaction of their own."""
        with db.transaction(self.engine) as session:
            return write(session)

    def refuses(self, reason: str, write: Write[object]) -> None:
        """See that a shortcut is refused for a reason, before anything of it is stored.

        The transaction ends as if nobody had noticed: what a refusal left half done would count.
        """
        before = self.version
        with db.transaction(self.engine) as session:
            with pytest.raises(Refused) as refusal:
                write(session)
            assert not any((session.new, session.dirty, session.deleted))
        told = [fault.message for fault in refusal.value.faults]
        assert any(reason in message for message in told), told
        assert self.version == before

    @property
    def version(self) -> int:
        """Tell the data version."""
        with db.reading(self.engine) as session:
            return codes.data_version(session)

    @property
    def due(self) -> date | None:
        """Tell from when on the State is asked whether its need was met."""
        with db.reading(self.engine) as session:
            found = ladder.standing_of(session, DESK, self["need"], self.day)
        assert found is not None
        return found.check_due

    def queue(self, viewer: Viewer) -> list[str]:
        """List what a viewer sees waiting for review; of today alone, for it has no past."""
        with db.reading(self.engine) as session:
            return list(proposals.waiting(session, viewer)["title"])

    def later(self, days: int) -> None:
        """Let days go by."""
        self.day += timedelta(days=days)

    def question(self, entity: str) -> int:
        """Give the number of the question to an entity or a donor."""
        asked = select(col(Enquiry.id)).where(
            col(Enquiry.need_id) == self["need"], col(Enquiry.entity) == entity
        )
        return self.found(asked)

    def consent(self) -> int:
        """Give the number of the question to the State."""
        return self.found(select(col(Consent.id)).where(col(Consent.need_id) == self["need"]))

    def found(self, statement: Select[int | None]) -> int:
        """Give the one number that a statement finds."""
        with db.reading(self.engine) as session:
            number = session.scalars(statement).one()
        assert number is not None
        return number


def begun(engine: Engine) -> Case:
    """Store the embedded records, and the account of the one whose writing is reviewed."""
    case = Case(engine, datetime.now(UTC).date() - timedelta(days=40))
    case.writes(lambda session: load_reference(session, SYSTEM, ROOT / "data"))
    case.writes(_bring_in)
    case.writes(lambda session: session.add(account(FOCAL.username, FOCAL.entity)))
    case.numbers["request"] = case.found(
        select(col(Request.id)).where(col(Request.what) == REQUEST)
    )
    of_title = select(col(Assessment.id)).where(col(Assessment.title) == ASSESSMENT)
    case.numbers["assessment"] = case.found(of_title)
    return case


def _bring_in(session: Session) -> None:
    for name in ("records.csv", "needs.csv"):
        content = (ROOT / "data" / name).read_bytes()
        rows = read_records(io.BytesIO(content), entity_aliases(session), Visibility.PUBLIC)
        assert bring_in(session, SYSTEM, rows).refused == 0
