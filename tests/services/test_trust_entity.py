"""Trusting an entity: an administrator's to say and to end, logged, and once."""

import pytest
from sqlalchemy import select
from sqlmodel import Session

from ctai.domain.faults import Refused
from ctai.domain.roles import Role
from ctai.models.records import Revision
from ctai.queries import proposals
from ctai.services.propose import waits
from ctai.services.trust_entity import end_trust, trust_entity
from tests.drafts import ADMINISTRATOR, FOCAL_POINT, PEOPLE, add_code_lists


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_trusts(session: Session, role: Role) -> None:
    add_code_lists(session)
    trust_entity(session, ADMINISTRATOR, "CTED")
    with pytest.raises(Refused):
        trust_entity(session, PEOPLE[role], "UNODC")
    with pytest.raises(Refused):
        end_trust(session, PEOPLE[role], "CTED")
    assert proposals.trusted(session, ADMINISTRATOR) == {"CTED"}


def test_trust_begins_and_ends_and_the_log_says_why(session: Session) -> None:
    add_code_lists(session)
    assert waits(session, FOCAL_POINT)
    trust_entity(session, ADMINISTRATOR, "UNODC", "long practice")
    assert not waits(session, FOCAL_POINT)
    end_trust(session, ADMINISTRATOR, "UNODC", "a year is over")
    assert waits(session, FOCAL_POINT)
    rows = session.scalars(select(Revision))
    assert [(r.actor, r.field, r.old, r.new, r.why) for r in rows] == [
        ("ada", "trusted_entity", None, "UNODC", "long practice"),
        ("ada", "trusted_entity", "UNODC", None, "a year is over"),
    ]


def test_what_can_not_be_is_refused_with_its_reason(session: Session) -> None:
    add_code_lists(session)
    with pytest.raises(Refused, match="is unknown"):
        trust_entity(session, ADMINISTRATOR, "SPECTRE")
    with pytest.raises(Refused, match="is not trusted"):
        end_trust(session, ADMINISTRATOR, "UNODC")
    trust_entity(session, ADMINISTRATOR, "UNODC")
    with pytest.raises(Refused, match="is trusted already"):
        trust_entity(session, ADMINISTRATOR, "UNODC")
    with pytest.raises(Refused, match="damaged"):
        end_trust(session, ADMINISTRATOR, "UNODC", "a\x00")
