"""Walks of the reads of the ladder: how needs stand, what waits, and what is proposed."""

from datetime import date

from sqlalchemy import update

from ctai.domain.ladder import Fit, FundingTest
from ctai.domain.needs import NeedState
from ctai.domain.roles import Role
from ctai.domain.scope import Scope
from ctai.models.ladder import Consent, Enquiry, NeedActivity, NeedCheck, NeedTest
from ctai.models.needs import Need
from ctai.queries import answers, ladder, ladder_rows, unmet
from ctai.services.revisions import now
from tests.ladder_drafts import DUE, MONDAY
from tests.queries.conftest import ACTIVITIES, NEEDS
from tests.queries.walk import Look, letters_of, walks

ASKED = {"CTED", "Denmark"}
ON_THE_DAY = MONDAY.isoformat()


def _record(look: Look) -> None:
    """Put something of every kind on the ladder of every need; CTED and Denmark were asked."""
    for letter, number in look.world.needs.items():
        for rung, entity in ((1, "CTED"), (2, "Denmark")):
            look.session.add(
                Enquiry(
                    need_id=number,
                    rung=rung,
                    entity=entity,
                    asked_by="dora",
                    asked_on=ON_THE_DAY,
                    due_on=DUE.isoformat(),
                )
            )
        look.session.add_all(
            Consent(
                need_id=number,
                iso3=iso3,
                asked_by="dora",
                asked_on=ON_THE_DAY,
                due_on=DUE.isoformat(),
            )
            for iso3 in NEEDS[letter].countries
        )
        look.session.add(
            NeedTest(
                need_id=number,
                test=FundingTest.ESSENTIAL.value,
                passed=True,
                reason="So",
                answered_by="dora",
                answered_at=now(),
            )
        )
        look.session.add(
            NeedActivity(
                need_id=number,
                activity_id=look.world.activities["a"],
                decision=Fit.ANSWERS.value,
                reason="So",
                decided_by="dora",
                decided_at=now(),
            )
        )
        look.session.add(
            NeedCheck(
                need_id=number,
                due_on=ON_THE_DAY,
                answer="met",
                answered_on=ON_THE_DAY,
                answered_by="dora",
            )
        )
    look.session.flush()


def _is_inside(look: Look) -> bool:
    return look.viewer.role not in (Role.COUNTERPART, Role.DONOR)


@walks(ladder.standing_of)
def _standing_of(look: Look) -> None:
    _record(look)
    seen = ""
    for letter, number in look.world.needs.items():
        found = ladder.standing_of(look.session, look.viewer, number, MONDAY)
        if found is None:
            continue
        seen += letter
        assert found.need.id == number
        assert set(found.countries) == look.reached(NEEDS[letter].countries)
        inside = _is_inside(look)
        assert (found.standing is not None) == inside
        assert {e.entity for e in found.history.enquiries} == (ASKED if inside else set())
        consents = {c.iso3 for c in found.history.consents}
        own = {"NGA"} if look.viewer.role is Role.COUNTERPART else set()
        assert consents == (set(NEEDS[letter].countries) if inside else own)
        workings = (found.links, found.checks, found.history.tests)
        assert [len(rows) for rows in workings] == ([1, 1, 1] if inside else [0, len(own), 0])
    assert seen == look.sight.needs
    assert ladder.standing_of(look.session, look.viewer, 999_999, MONDAY) is None


@walks(ladder.unfundable)
def _unfundable(look: Look) -> None:
    for letter, number in look.world.needs.items():
        (fault,) = ladder.unfundable(look.session, look.viewer, [number], MONDAY)
        is_told = letter in look.sight.needs and _is_inside(look)
        assert (fault.places.get("need") == f"N-{letter}") == is_told
        assert is_told or not fault.places


@walks(ladder_rows.histories)
def _histories(look: Look) -> None:
    _record(look)
    found = ladder_rows.histories(look.session, look.viewer, look.world.needs.values())
    assert letters_of(look.world.needs, found) == look.sight.needs
    for history in found.values():
        inside = _is_inside(look)
        assert {e.entity for e in history.enquiries} == (ASKED if inside else set())
        assert bool(history.tests) == inside


@walks(unmet.unmet)
def _unmet(look: Look) -> None:
    _record(look)
    frame = unmet.unmet(look.session, look.viewer, Scope(), MONDAY)
    assert letters_of(look.world.needs, frame["need_id"]) == look.sight.needs
    assert set(frame["state"]) == {NeedState.OPEN.value}
    assert frame["rung"].notna().all() == _is_inside(look)
    assert frame["due"].notna().all() == _is_inside(look)
    for countries, number in zip(frame["countries"], frame["need_id"], strict=True):
        letter = letters_of(look.world.needs, [number])
        assert set(countries.split("; ")) == look.reached(NEEDS[letter].countries)
    in_bfa = unmet.unmet(look.session, look.viewer, Scope(country=("BFA",)), MONDAY)
    inside = {letter for letter, iso3 in look.need_rows() if iso3 == "BFA"}
    assert set(letters_of(look.world.needs, in_bfa["need_id"])) == inside


@walks(unmet.waiting)
def _waiting(look: Look) -> None:
    _record(look)
    found = unmet.waiting(look.session, look.viewer, MONDAY)
    told = {(letters_of(look.world.needs, [w.need_id]), w.entity or w.iso3 or "") for w in found}
    assert len(told) == len(found)
    match look.viewer.role:
        case Role.ADMINISTRATOR:
            expected = {
                (letter, whom)
                for letter, fact in NEEDS.items()
                for whom in (*ASKED, *fact.countries)
            }
        case Role.DESK_OFFICER:
            nigerian = [x for x in look.sight.needs if "NGA" in NEEDS[x].countries]
            expected = {(letter, whom) for letter in nigerian for whom in (*ASKED, "NGA")}
        case Role.COUNTERPART:
            expected = {(x, "NGA") for x, fact in NEEDS.items() if "NGA" in fact.countries}
        case _:
            expected = set()  # nothing was asked of UNODC
    assert told == expected
    assert not unmet.waiting(look.session, look.viewer, date(2024, 7, 16))


def _of_justice(look: Look) -> None:
    """Let every need be of the measure that only j, restricted and of both countries, serves."""
    look.session.execute(update(Need).values(measure=ACTIVITIES["j"].measure))


@walks(answers.proposed_answers)
def _proposed_answers(look: Look) -> None:
    _of_justice(look)
    for letter, number in look.world.needs.items():
        found = answers.proposed_answers(look.session, look.viewer, number)
        is_open = letter in look.sight.needs and _is_inside(look)
        expected = "j" if is_open and "j" in look.sight.activities else ""
        assert look.activity_letters(p.activity_id for p in found) == expected


@walks(answers.entities_to_ask)
def _entities_to_ask(look: Look) -> None:
    _of_justice(look)
    for letter, number in look.world.needs.items():
        found = answers.entities_to_ask(look.session, look.viewer, number)
        is_open = letter in look.sight.needs and _is_inside(look)
        is_counted = is_open and "j" in look.sight.activities
        assert {s.entity for s in found} == ({"UNODC", "CTED"} if is_counted else set())
