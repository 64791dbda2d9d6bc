"""Walks of what files gave: of a record that is seen, offers to who may amend it, files to who
brought them."""

from dataclasses import replace

from ctai.domain.arrivals import ArrivingFile, Layout, Row
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import SYSTEM, Action
from ctai.queries import arrived, records
from ctai.services.provenance import Opened
from tests.queries.conftest import ACTIVITIES
from tests.queries.walk import Look, walks

FILE = ArrivingFile("list.csv", "a" * 64, Layout.RECORDS)


def _note_all(look: Look) -> None:
    """Let a file have given every activity, with another place, which it offers."""
    for author in (SYSTEM, look.viewer):
        opened = Opened(look.session, author, FILE)
        for number in look.world.activities.values():
            ours = records.draft_of(look.session, SYSTEM, number)
            assert ours is not None
            given = replace(ours, place="Elsewhere")
            row = Row(f"row {number}", given)
            opened.note(RecordKind.ACTIVITY, number, row, given, ours, ("place",))
    look.session.flush()


@walks(arrived.last)
def _last(look: Look) -> None:
    _note_all(look)
    given = {
        letter
        for letter, number in look.world.activities.items()
        if arrived.last(look.session, look.viewer, RecordKind.ACTIVITY, number) is not None
    }
    assert "".join(sorted(given)) == look.sight.activities


@walks(arrived.origins)
def _origins(look: Look) -> None:
    _note_all(look)
    told = {
        letter
        for letter, number in look.world.activities.items()
        if len(arrived.origins(look.session, look.viewer, RecordKind.ACTIVITY, number)) == 2
    }
    wanted = look.sight.activities if look.viewer.may(Action.SEE_HISTORY) else ""
    assert "".join(sorted(told)) == wanted


@walks(arrived.offers)
def _offers(look: Look) -> None:
    _note_all(look)
    found = arrived.offers(look.session, look.viewer)
    seen = {
        letter
        for letter in look.sight.activities
        if look.viewer.may_touch(
            Action.AMEND,
            frozenset(ACTIVITIES[letter].countries),
            frozenset(ACTIVITIES[letter].entities),
        )
    }
    numbers = sorted(look.world.activities[letter] for letter in seen)
    assert sorted(set(found["record_id"])) == numbers
    assert len(found) == 2 * len(numbers)


@walks(arrived.files)
def _files(look: Look) -> None:
    _note_all(look)
    found = arrived.files(look.session, look.viewer)
    everybody = {SYSTEM.username, look.viewer.username}
    is_administrator = look.viewer.may(Action.MANAGE_USERS)
    assert set(found["brought_by"]) == (everybody if is_administrator else {look.viewer.username})
