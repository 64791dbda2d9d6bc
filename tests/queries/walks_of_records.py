"""Walks of the reads of activities, needs, assessments, requests and their figures."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest
from sqlalchemy import delete

from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.scope import Face, Scope
from ctai.domain.strategy import by_code
from ctai.models.activities import ActivityText
from ctai.queries import (
    activities,
    evidence,
    heatmap,
    integrity,
    needs,
    overview,
    partners,
    records,
    sources,
    users,
)
from ctai.services.activity_parts import cell_rows
from tests.drafts import TODAY
from tests.queries.conftest import ACTIVITIES, AMOUNT, REQUESTS, YEAR
from tests.queries.walk import Look, letters_of, rows_of, walks

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
EVERYTHING = Scope()
A_LOT = 1000


# --- activities ----------------------------------------------------------------------------------


@walks(activities.listed)
def _listed(look: Look) -> None:
    frame = activities.listed(look.session, look.viewer, EVERYTHING, TODAY, "en", A_LOT)
    assert look.activity_letters(frame["activity_id"]) == look.sight.activities
    assert set(frame["title"]) == {f"Activity {letter}" for letter in look.sight.activities}
    of_one = activities.listed(
        look.session, look.viewer, Scope(country=("BFA",), entity=("CTED",)), TODAY, "en", A_LOT
    )
    inside = "".join(x for x in look.sight.activities if x in "bhij")
    assert look.activity_letters(of_one["activity_id"]) == inside


@walks(activities.count)
def _count(look: Look) -> None:
    assert activities.count(look.session, look.viewer, EVERYTHING, TODAY) == len(
        look.sight.activities
    )
    for letter, fact in ACTIVITIES.items():
        one = activities.count(look.session, look.viewer, Scope(measure=(fact.measure,)), TODAY)
        assert one == (letter in look.sight.activities)


@walks(activities.streamed)
def _streamed(look: Look) -> None:
    rows = [*activities.streamed(look.session, look.viewer, EVERYTHING, TODAY, "en")]
    assert look.activity_letters(row[0] for row in rows) == look.sight.activities


@walks(activities.by_number)
def _by_number(look: Look) -> None:
    asked = look.world.activities.values()
    frame = activities.by_number(look.session, look.viewer, asked, "en")
    assert look.activity_letters(frame["activity_id"]) == look.sight.activities


@walks(activities.version_of)
def _version_of(look: Look) -> None:
    for letter, number in look.world.activities.items():
        version = activities.version_of(look.session, look.viewer, number)
        assert version == (2 if letter in look.sight.activities else None)


@walks(activities.confirmed)
def _confirmed(look: Look) -> None:
    for letter, number in look.world.activities.items():
        moment, name = activities.confirmed(look.session, look.viewer, number)
        is_seen = letter in look.sight.activities
        assert (moment is not None, name) == (is_seen, "system" if is_seen else None)


@walks(activities.last_entered)
def _last_entered(look: Look) -> None:
    """Each is told to have entered h last, which has been closed to most of them since."""
    number = activities.last_entered(look.session, look.viewer)
    assert number == (look.world.activities["h"] if "h" in look.sight.activities else None)


# --- one record ----------------------------------------------------------------------------------


@walks(records.draft_of)
def _draft_of(look: Look) -> None:
    for letter, number in look.world.activities.items():
        draft = records.draft_of(look.session, look.viewer, number)
        assert (draft is not None) == (letter in look.sight.activities)


@walks(records.drafts_of)
def _drafts_of(look: Look) -> None:
    drafts = records.drafts_of(look.session, look.viewer, look.world.activities.values())
    assert look.activity_letters(drafts) == look.sight.activities


@walks(records.possible_parents)
def _possible_parents(look: Look) -> None:
    for letter, number in look.world.activities.items():
        parents = records.possible_parents(look.session, look.viewer, number, None)
        assert parents == ({number} if letter in look.sight.activities else set())


def _kinds(look: Look) -> list[tuple[RecordKind, dict[str, int], str]]:
    world, sight = look.world, look.sight
    return [
        (RecordKind.ACTIVITY, world.activities, sight.activities),
        (RecordKind.NEED, world.needs, sight.needs),
        (RecordKind.ASSESSMENT, world.assessments, sight.assessments),
        (RecordKind.REQUEST, world.requests, sight.requests),
    ]


@walks(records.history)
def _history(look: Look) -> None:
    for kind, numbers_of, letters in _kinds(look):
        for letter, number in numbers_of.items():
            frame = records.history(look.session, look.viewer, kind, number)
            assert (not frame.empty) == (look.sight.history and letter in letters)
    reference = records.history(look.session, look.viewer, RecordKind.USER, 1)
    assert reference.empty


@walks(sources.seen)
def _seen(look: Look) -> None:
    for kind, numbers_of, letters in _kinds(look):
        found = sources.seen(look.session, look.viewer, kind, numbers_of.values())
        assert letters_of(numbers_of, found) == letters
    for kind in (RecordKind.USER, RecordKind.REFERENCE):
        expected = {1, 2} if look.sight.accounts else set()
        assert sources.seen(look.session, look.viewer, kind, [1, 2]) == expected


@walks(sources.sources_of)
def _sources_of(look: Look) -> None:
    for kind, numbers_of, letters in _kinds(look):
        found = sources.sources_of(look.session, look.viewer, kind, numbers_of.values())
        assert letters_of(numbers_of, found) == letters


# --- evidence ------------------------------------------------------------------------------------


@walks(evidence.coverage)
def _coverage(look: Look) -> None:
    frame = evidence.coverage(look.session, look.viewer, EVERYTHING, TODAY)
    expected = {(iso3, ACTIVITIES[letter].measure) for letter, iso3 in look.cells()}
    assert set(zip(frame["iso3"], frame["measure"], strict=True)) == expected
    assert frame["activities"].sum() == len(expected)
    share = sum(1 / len(ACTIVITIES[letter].countries) for letter, _ in look.cells())
    assert frame["steady"].sum() == pytest.approx(share)


@walks(evidence.terms)
def _terms(look: Look) -> None:
    frame = evidence.terms(look.session, look.viewer, EVERYTHING, TODAY)
    assert rows_of(look.world.activities, frame, "activity_id") == look.cells()


@walks(evidence.evidence)
def _evidence(look: Look) -> None:
    found = evidence.evidence(look.session, look.viewer, EVERYTHING, TODAY)
    assert rows_of(look.world.needs, found.needs, "need_id") == look.need_rows()
    assert len(found.coverage) == len(look.cells())
    rows = rows_of(look.world.assessments, found.assessments, "assessment_id")
    assert rows == look.assessment_rows()


@walks(needs.needs)
def _needs(look: Look) -> None:
    frame = needs.needs(look.session, look.viewer, EVERYTHING)
    assert rows_of(look.world.needs, frame, "need_id") == look.need_rows()
    assert all(frame["source_urls"] == "https://example.org/n")


@walks(needs.assessments)
def _assessments(look: Look) -> None:
    frame = needs.assessments(look.session, look.viewer, EVERYTHING)
    assert rows_of(look.world.assessments, frame, "assessment_id") == look.assessment_rows()


@walks(needs.requests)
def _requests(look: Look) -> None:
    frame = needs.requests(look.session, look.viewer, EVERYTHING)
    expected = {(letter, REQUESTS[letter].countries[0]) for letter in look.sight.requests}
    assert rows_of(look.world.requests, frame, "request_id") == expected


# --- counts and sums -----------------------------------------------------------------------------


def _table(frame: pd.DataFrame) -> dict[tuple[str, str], int]:
    return {(str(r.row), str(r.pillar)): int(str(r.undertakings)) for r in frame.itertuples()}


def _pillar(letter: str) -> str:
    return by_code()[ACTIVITIES[letter].measure].pillar.value


@walks(heatmap.undertakings)
def _undertakings(look: Look) -> None:
    seen = look.sight.activities
    expected = {
        Face.COUNTRY: Counter((iso3, _pillar(x)) for x, iso3 in look.cells()),
        Face.ENTITY: Counter((e, _pillar(x)) for x in seen for e in ACTIVITIES[x].entities),
        Face.YEAR: Counter((str(YEAR[x]), _pillar(x)) for x in seen),
    }
    for face in Face:
        frame = heatmap.undertakings(look.session, look.viewer, face, EVERYTHING, TODAY)
        assert _table(frame) == expected[face]
        narrowed = Scope(status=("ongoing",), money="stated")
        again = heatmap.undertakings(look.session, look.viewer, face, narrowed, TODAY)
        assert _table(again) == expected[face]


@walks(heatmap.numbers_in)
def _numbers_in(look: Look) -> None:
    for letter, fact in ACTIVITIES.items():
        cells = [
            *((Face.COUNTRY, iso3, (letter, iso3) in look.cells()) for iso3 in fact.countries),
            *((Face.ENTITY, who, letter in look.sight.activities) for who in fact.entities),
            (Face.YEAR, str(YEAR[letter]), letter in look.sight.activities),
        ]
        for face, row, is_seen in cells:
            numbers = heatmap.numbers_in(
                look.session,
                look.viewer,
                face,
                (row, _pillar(letter)),
                EVERYTHING,
                TODAY,
                A_LOT,
            )
            assert (look.world.activities[letter] in numbers) == is_seen
            assert set(look.activity_letters(numbers)) <= set(look.sight.activities)


@walks(heatmap.total)
def _total(look: Look) -> None:
    assert heatmap.total(look.session, look.viewer, EVERYTHING, TODAY) == len(look.sight.activities)
    there = {letter for letter, iso3 in look.cells() if iso3 == "BFA"}
    burkina = Scope(country=("BFA",), money="stated")
    assert heatmap.total(look.session, look.viewer, burkina, TODAY) == len(there)


@walks(heatmap.money)
def _money(look: Look) -> None:
    rows_of: dict[Face, Callable[[str], tuple[str, ...]]] = {
        Face.COUNTRY: lambda x: (
            ACTIVITIES[x].countries if len(ACTIVITIES[x].countries) == 1 else ()
        ),
        Face.ENTITY: lambda x: ACTIVITIES[x].entities,
        Face.YEAR: lambda x: (str(YEAR[x]),),
    }
    for face, rows in rows_of.items():
        expected: defaultdict[str | None, Decimal] = defaultdict(Decimal)
        for letter in look.sight.activities:
            for row in rows(letter) or (None,):
                expected[row] += AMOUNT[letter]
        frame = heatmap.money(look.session, look.viewer, face, EVERYTHING, TODAY)
        told: defaultdict[str | None, Decimal] = defaultdict(Decimal)
        for row, amount in zip(frame["row"], frame["amount"], strict=True):
            told[None if pd.isna(row) else str(row)] += amount
        assert told == expected


@walks(partners.mapping)
def _mapping(look: Look) -> None:
    frame = partners.mapping(look.session, look.viewer, EVERYTHING)
    told = {str(r.pillar): int(str(r.undertakings)) for r in frame.itertuples()}
    assert told == Counter(_pillar(letter) for letter in look.sight.activities)


@walks(partners.timeline)
def _timeline(look: Look) -> None:
    frame = partners.timeline(look.session, look.viewer, EVERYTHING, TODAY)
    assert look.activity_letters(frame["activity_id"]) == look.sight.activities


@walks(overview.changed_activities)
def _changed_activities(look: Look) -> None:
    frame = overview.changed_activities(look.session, look.viewer, ALWAYS, A_LOT)
    expected = look.sight.activities if look.sight.history else ""
    assert look.activity_letters(frame["activity_id"]) == expected


@walks(overview.changed_counts)
def _changed_counts(look: Look) -> None:
    number = len(look.sight.activities)
    counts = overview.changed_counts(look.session, look.viewer, ALWAYS)
    assert counts == (number, 0, len(look.sight.needs))
    later = overview.changed_counts(look.session, look.viewer, look.world.entered)
    assert later == (0, number, 0)


@walks(overview.stale_count)
def _stale_count(look: Look) -> None:
    count = overview.stale_count(look.session, look.viewer, EVERYTHING, date(2030, 1, 1))
    assert count == len(look.sight.activities)
    assert overview.stale_count(look.session, look.viewer, EVERYTHING, TODAY) == 0


@walks(overview.statuses)
def _statuses(look: Look) -> None:
    counts = overview.statuses(look.session, look.viewer, EVERYTHING, TODAY)
    assert counts == {"ongoing": len(look.sight.activities)}


# --- what is public, and what is an administrator's ----------------------------------------------


@walks(partners.steps)
def _steps(look: Look) -> None:
    assert partners.steps(look.session, look.viewer)["iso3"].tolist() == ["NGA"]
    assert partners.steps(look.session, look.viewer, "BFA").empty


@walks(partners.standing)
def _standing(look: Look) -> None:
    assert partners.standing(look.session, look.viewer) == {"NGA": "active"}


@walks(users.listed)
def _accounts(look: Look) -> None:
    if look.sight.accounts:
        assert users.listed(look.session, look.viewer).empty
    else:
        with pytest.raises(Refused):
            users.listed(look.session, look.viewer)


def _named(look: Look, told: Iterable[str]) -> str:
    """Give the letters of the activities that some lines name by number."""
    found = [re.match(r"activity (\d+)", line) for line in told]
    return look.activity_letters(match[1] for match in found if match)


@walks(integrity.broken_keys)
def _broken_keys(look: Look) -> None:
    assert not integrity.broken_keys(look.session, look.viewer)


@walks(integrity.unfinished)
def _unfinished(look: Look) -> None:
    assert not [*integrity.unfinished(look.session, look.viewer)]
    look.session.execute(delete(ActivityText))
    unfinished = integrity.unfinished(look.session, look.viewer)
    assert _named(look, unfinished) == look.sight.activities


@walks(integrity.miscounted)
def _miscounted(look: Look) -> None:
    assert not [*integrity.miscounted(look.session, look.viewer, cell_rows)]
    wrong = integrity.miscounted(look.session, look.viewer, lambda _number, _draft: [])
    assert _named(look, wrong) == look.sight.activities
