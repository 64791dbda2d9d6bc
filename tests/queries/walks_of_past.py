"""Walks of the reads of the history of all records."""

from ctai.domain.history import Wanted
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import SYSTEM
from ctai.queries import history, record_titles
from tests.queries.walk import Look, letters_of, walks

A_LOT = 10_000


def _letters(look: Look, rows: list[tuple[str, int]], kind: RecordKind) -> str:
    numbers_of = {
        RecordKind.ACTIVITY: look.world.activities,
        RecordKind.NEED: look.world.needs,
        RecordKind.ASSESSMENT: look.world.assessments,
        RecordKind.REQUEST: look.world.requests,
    }[kind]
    return letters_of(numbers_of, {number for code, number in rows if code == kind.value})


def _wanted_letters(look: Look) -> dict[RecordKind, str]:
    sight = look.sight
    everything = {
        RecordKind.ACTIVITY: sight.activities,
        RecordKind.NEED: sight.needs,
        RecordKind.ASSESSMENT: sight.assessments,
        RecordKind.REQUEST: sight.requests,
    }
    return everything if sight.history else dict.fromkeys(everything, "")


@walks(history.changes)
def _changes(look: Look) -> None:
    found = history.changes(look.session, look.viewer, Wanted(), A_LOT, 0)
    rows = list(zip(found["record_kind"], found["record_id"], strict=True))
    for kind, letters in _wanted_letters(look).items():
        assert _letters(look, rows, kind) == letters
        one = history.changes(look.session, look.viewer, Wanted(kind=kind.value), A_LOT, 0)
        assert set(one["record_kind"]) == ({kind.value} if letters else set())
    assert sorted(found["id"], reverse=True) == list(found["id"])
    paged = history.changes(look.session, look.viewer, Wanted(), 5, 3)
    assert list(paged["id"]) == list(found["id"][3:8])
    mine = history.changes(look.session, look.viewer, Wanted(actor="system"), A_LOT, 0)
    assert list(mine["id"]) == list(found.loc[found["actor"] == "system", "id"])
    late = Wanted(changed_since="2100")
    assert history.changes(look.session, look.viewer, late, A_LOT, 0).empty
    early = Wanted(changed_until="2000-01")
    assert history.changes(look.session, look.viewer, early, A_LOT, 0).empty
    h = look.world.activities["h"]
    of_one = Wanted(kind="activity", record=str(h), field="status")
    seen = history.changes(look.session, look.viewer, of_one, A_LOT, 0)
    assert set(seen["record_id"]) == (
        {h} if "h" in _wanted_letters(look)[RecordKind.ACTIVITY] else set()
    )


@walks(history.streamed)
def _streamed(look: Look) -> None:
    listed = history.changes(look.session, look.viewer, Wanted(), A_LOT, 0)
    rows = list(history.streamed(look.session, look.viewer, Wanted()))
    assert [row[0] for row in rows] == list(listed["id"])


@walks(history.field_codes)
def _field_codes(look: Look) -> None:
    listed = history.changes(look.session, look.viewer, Wanted(), A_LOT, 0)
    assert history.field_codes(look.session, look.viewer) == sorted(set(listed["field"]))


@walks(record_titles.titles)
def _titles(look: Look) -> None:
    sight, world = look.sight, look.world
    everything = {
        RecordKind.NEED: (world.needs, sight.needs),
        RecordKind.ASSESSMENT: (world.assessments, sight.assessments),
        RecordKind.REQUEST: (world.requests, sight.requests),
    }
    for kind, (numbers, letters) in everything.items():
        found = record_titles.titles(look.session, look.viewer, kind, numbers.values())
        assert letters_of(numbers, found) == letters
        known = record_titles.titles(look.session, SYSTEM, kind, numbers.values())
        assert found == {number: known[number] for number in found}
        assert not record_titles.titles(look.session, look.viewer, kind, [])
    for kind in set(RecordKind) - set(everything):
        found = record_titles.titles(look.session, look.viewer, kind, range(1, 100))
        assert kind is not RecordKind.USER or bool(found) <= sight.accounts
