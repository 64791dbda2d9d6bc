"""Walks of the reads of reporting, of what waits, and of the confirmations that tell most."""

from collections import defaultdict
from datetime import UTC, date, datetime

from sqlalchemy import update

from ctai.domain.notices import Notice, Waiting
from ctai.domain.reporting import QuarterState, last_quarters, quarter_of
from ctai.domain.roles import Role
from ctai.domain.scope import Scope
from ctai.models.activities import ActivityCell
from ctai.queries import confirmations, decisions, follow_ups, notices, reporting
from tests.queries.conftest import ACTIVITIES, ASSESSMENTS
from tests.queries.walk import Look, letters_of, walks
from tests.upkeep_drafts import account, fill

EVERYTHING = Scope()
MUCH_LATER = date(2040, 1, 1)
IN_THE_UN = {Role.VIEWER, Role.DESK_OFFICER, Role.FOCAL_POINT, Role.ADMINISTRATOR}


def today() -> date:
    return datetime.now(UTC).date()


@walks(reporting.matrix)
def _matrix(look: Look) -> None:
    """The focal point has written the restricted record h only: that they did is no secret."""
    look.session.add(account("fred", "UNODC"))
    look.session.flush()
    quarters = last_quarters(today())
    found = reporting.matrix(look.session, look.viewer, EVERYTHING, quarters, today())
    if look.viewer.role not in IN_THE_UN:
        assert found.empty
        return
    assert set(found["entity"]) == {"CTED", "UNODC"}
    now = found[found["quarter"] == quarter_of(today())].set_index("entity")
    assert now.loc["UNODC", "state"] == QuarterState.REPORTED
    assert now.loc["CTED", "state"] == QuarterState.RUNNING
    assert now.loc["UNODC", "records"] == int("h" in look.sight.activities)
    of_one = reporting.matrix(
        look.session, look.viewer, Scope(measure=("III.8",)), quarters, today()
    )
    assert set(of_one["entity"]) == ({"UNODC"} if "g" in look.sight.activities else set())


@walks(reporting.quarters_of)
def _quarters_of(look: Look) -> None:
    look.session.add(account("fred", "UNODC"))
    look.session.flush()
    found = reporting.quarters_of(look.session, look.viewer, last_quarters(today(), 2), today())
    if look.viewer.role is not Role.FOCAL_POINT:
        assert found == {}
        return
    assert list(found.values()) == [QuarterState.SILENT, QuarterState.REPORTED]


@walks(reporting.volume)
def _volume(look: Look) -> None:
    found = reporting.volume(look.session, look.viewer, EVERYTHING, today()).set_index("entity")
    for entity in ("UNODC", "CTED"):
        letters = [x for x in look.sight.activities if entity in ACTIVITIES[x].entities]
        told = found.loc[entity, "activities"] if entity in found.index else 0
        assert told == len(letters)
        assert not letters or found.loc[entity, "stale"] == len(letters)


@walks(reporting.focal_points)
def _focal_points(look: Look) -> None:
    look.session.add_all([account("fred", "UNODC"), account("cleo", "CTED", Role.DONOR)])
    look.session.flush()
    found = reporting.focal_points(look.session, look.viewer)
    assert found == ({"UNODC": ("fred",)} if look.viewer.role in IN_THE_UN else {})


@walks(confirmations.most_telling)
def _most_telling(look: Look) -> None:
    """All activities are put under the needs; each would help once it is confirmed."""
    look.session.execute(update(ActivityCell).values(measure="II.13"))
    told = confirmations.most_telling(look.session, look.viewer, EVERYTHING, MUCH_LATER, 100)
    assert look.activity_letters(one.activity_id for one in told) == look.sight.activities
    letter_of = {number: letter for letter, number in look.world.activities.items()}
    assert {
        (letter_of[one.activity_id], iso3) for one in told for iso3 in one.countries
    } == look.cells()
    of_one = confirmations.most_telling(
        look.session, look.viewer, Scope(entity=("CTED",)), MUCH_LATER, 100
    )
    theirs = "".join(x for x in look.sight.activities if "CTED" in ACTIVITIES[x].entities)
    assert look.activity_letters(one.activity_id for one in of_one) == theirs


def by_kind(told: tuple[Notice, ...]) -> dict[Waiting, list[Notice]]:
    found: dict[Waiting, list[Notice]] = defaultdict(list)
    for notice in told:
        found[notice.kind].append(notice)
    return found


NEED_LETTERS = {
    Role.DESK_OFFICER: {
        Waiting.NO_ANSWER: "ACDFG",
        Waiting.CONSENT: "ABCDFG",
        Waiting.NEED_DUE: "ACDFG",
        Waiting.NEED_CHECK: "ACDFG",
    },
    Role.FOCAL_POINT: {Waiting.ENQUIRY: "ACDE"},
    Role.COUNTERPART: {
        Waiting.CONSENT: "AG",
        Waiting.NEED_DUE: "AG",
        Waiting.NEED_CHECK: "AG",
    },
}
"""The needs that each role reads about, by hand: the desk is Nigeria's, the focal point UNODC's."""
FOLLOW_UPS = {Role.DESK_OFFICER: "ACFG", Role.FOCAL_POINT: "BDE"}
STALE = {Role.DESK_OFFICER: 6, Role.FOCAL_POINT: 6}
QUARTERS = {Role.FOCAL_POINT: 1}


@walks(notices.waiting)
def _waiting(look: Look) -> None:
    fill(look.session, look.world.needs, look.world.assessments)
    told = by_kind(notices.waiting(look.session, look.viewer, today()))
    role = look.viewer.role
    for kind in (
        Waiting.ENQUIRY,
        Waiting.OUTSIDE,
        Waiting.NO_ANSWER,
        Waiting.CONSENT,
        Waiting.NEED_DUE,
        Waiting.NEED_CHECK,
    ):
        read = [notice for notice in told[kind] if notice.opens]
        letters = letters_of(look.world.needs, (notice.opens for notice in read))
        assert letters == NEED_LETTERS.get(role, {}).get(kind, ""), kind
        assert {n.subject for n in read} == {f"Need N-{letter}" for letter in letters}
    assert {n.subject for n in told[Waiting.CONSENT] if not n.opens} <= {""}
    assert letters_of(
        look.world.assessments, (notice.opens for notice in told[Waiting.FOLLOW_UP])
    ) == FOLLOW_UPS.get(role, "")
    assert [notice.count for notice in told[Waiting.STALE_RECORDS]] == (
        [STALE[role]] if role in STALE else []
    )
    assert len(told[Waiting.QUARTER]) == QUARTERS.get(role, 0)


DECISIONS = {
    Role.DESK_OFFICER: {"P1", "Request F1", "Request F6", "Request F7"},
    Role.FOCAL_POINT: {"Request F4", "Request F5"},
    Role.ADMINISTRATOR: {
        "P1", "P2", "P3", "Request F1", "Request F2", "Request F3", "Request F6",
    },
}  # fmt: skip
"""Nobody is told to decide what they wrote: dora, the desk, wrote P3 and F2."""


@walks(decisions.decisions)
def _decisions(look: Look) -> None:
    fill(look.session, look.world.needs, look.world.assessments)
    told = decisions.decisions(look.session, look.viewer)
    assert {notice.subject for notice in told} == DECISIONS.get(look.viewer.role, set())


@walks(follow_ups.overdue)
def _overdue(look: Look) -> None:
    fill(look.session, look.world.needs, look.world.assessments)
    found = follow_ups.overdue(look.session, look.viewer, EVERYTHING, today())
    assert letters_of(look.world.assessments, found["assessment_id"]) == look.sight.assessments
    of_one = follow_ups.overdue(look.session, look.viewer, Scope(country=("BFA",)), today())
    there = "".join(x for x in look.sight.assessments if "BFA" in ASSESSMENTS[x].countries)
    reached = there if look.sight.reach in (None, "BFA") else ""
    assert letters_of(look.world.assessments, of_one["assessment_id"]) == reached
