"""An offered value is taken or ours is left, once, by somebody whose record it is."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from ctai import db
from ctai.domain.activities import ActivityDraft
from ctai.domain.arrivals import ArrivingFile, Layout, OfferState, Row
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import SYSTEM, Role
from ctai.models.exchange import OfferedValue
from ctai.models.records import Revision
from ctai.models.trust import Proposal
from ctai.queries import arrived, records
from ctai.services.decide_offer import decide_offer
from ctai.services.provenance import Opened
from ctai.services.store_activity import enter
from tests.drafts import KNOWN, PEOPLE, activity, add_code_lists

FILE = ArrivingFile("list.csv", "a" * 64, Layout.RECORDS)
DORA = PEOPLE[Role.DESK_OFFICER]


@pytest.fixture
def offered(engine: Engine) -> Engine:
    """An activity in Kano, for which a file offers another place."""
    with db.transaction(engine) as session:
        add_code_lists(session)
        enter(session, SYSTEM, replace(activity("Kiln repair"), place="Kano"), KNOWN)
        ours = records.draft_of(session, SYSTEM, 1)
        assert ours is not None
        given = replace(ours, place="Lagos")
        row = Row("row 2", given)
        opened = Opened(session, SYSTEM, FILE)
        opened.note(RecordKind.ACTIVITY, 1, row, given, ours, ("place",))
    return engine


def stored(engine: Engine) -> ActivityDraft:
    with db.reading(engine) as session:
        found = records.draft_of(session, SYSTEM, 1)
    assert found is not None
    return found


def test_a_value_that_is_taken_stands_with_its_file_in_the_history(offered: Engine) -> None:
    with db.transaction(offered) as session:
        decide_offer(session, DORA, 1, OfferState.TAKEN)
    assert stored(offered).place == "Lagos"
    with db.reading(offered) as session:
        change = session.scalars(select(Revision).where(col(Revision.field) == "place")).all()[-1]
        assert (change.old, change.new, change.why) == ("Kano", "Lagos", "list.csv · row 2")
        assert arrived.offers(session, DORA).empty


def test_ours_is_left_and_the_offer_is_over(offered: Engine) -> None:
    with db.transaction(offered) as session:
        decide_offer(session, DORA, 1, OfferState.LEFT)
    assert stored(offered).place == "Kano"
    with db.reading(offered) as session:
        offer = session.scalars(select(OfferedValue)).one()
        assert (offer.state, offer.decided_by) == ("left", DORA.username)
        assert arrived.offers(session, DORA).empty


def test_nobody_decides_twice(offered: Engine) -> None:
    with db.transaction(offered) as session:
        decide_offer(session, DORA, 1, OfferState.LEFT)
    with pytest.raises(Refused, match="already"), db.transaction(offered) as session:
        decide_offer(session, SYSTEM, 1, OfferState.TAKEN)
    assert stored(offered).place == "Kano"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COUNTERPART, Role.DONOR])
@pytest.mark.parametrize("to", [OfferState.TAKEN, OfferState.LEFT])
def test_who_may_not_amend_the_record_may_not_decide(
    offered: Engine, role: Role, to: OfferState
) -> None:
    with pytest.raises(Refused, match="not yours"), db.transaction(offered) as session:
        decide_offer(session, PEOPLE[role], 1, to)
    with db.reading(offered) as session:
        assert session.scalars(select(col(OfferedValue.state))).one() == "open"


def test_there_is_no_offer_that_was_not_made(offered: Engine) -> None:
    with pytest.raises(Refused, match="no such offer"), db.transaction(offered) as session:
        decide_offer(session, SYSTEM, 2, OfferState.TAKEN)


def test_what_a_focal_point_takes_waits_for_review(offered: Engine) -> None:
    with db.transaction(offered) as session:
        decide_offer(session, PEOPLE[Role.FOCAL_POINT], 1, OfferState.TAKEN)
    assert stored(offered).place == "Kano"
    with db.reading(offered) as session:
        assert session.scalars(select(col(Proposal.record_id))).all() == [1]
