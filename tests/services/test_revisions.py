"""The revision log: what changed, in the transaction of the change, and caches are told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from ctai import db
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import SYSTEM
from ctai.models.records import Revision
from ctai.queries import codes
from ctai.services.revisions import Change, differences, log

FIELDS = st.dictionaries(st.sampled_from("abcde"), st.text(max_size=3), max_size=5)


@given(FIELDS, FIELDS)
def test_differences_turn_the_old_into_the_new(old: dict[str, str], new: dict[str, str]) -> None:
    changes = differences(old, new)
    assert len({change.field for change in changes}) == len(changes)
    applied = {name: text for name, text in old.items() if text}
    for change in changes:
        assert change.old != change.new
        assert applied.pop(change.field, None) == change.old
        if change.new is not None:
            applied[change.field] = change.new
    assert applied == {name: text for name, text in new.items() if text}


@given(FIELDS)
def test_nothing_differs_from_itself(fields: dict[str, str]) -> None:
    assert differences(fields, dict(reversed(fields.items()))) == []


def test_empty_and_missing_are_the_same_in_the_log() -> None:
    assert differences({"place": ""}, {}) == []
    assert differences({}, {"place": "Abuja"}) == [Change("place", None, "Abuja")]
    assert differences({"place": "Abuja"}, {"place": ""}) == [Change("place", "Abuja", None)]


def test_the_log_keeps_each_change_and_a_transaction_raises_the_version_once(
    engine: Engine,
) -> None:
    changes = [Change("a", None, "1"), Change("b", "1", None)]
    with db.transaction(engine) as session:
        log(session, SYSTEM, RecordKind.NEED, 7, changes, "why not")
        log(session, SYSTEM, RecordKind.NEED, 7, [Change("a", "1", "2")])
        assert codes.data_version(session) == 1
    with db.transaction(engine) as session:
        log(session, SYSTEM, RecordKind.NEED, 8, [Change("a", None, "1")])
        assert codes.data_version(session) == 2
    with db.reading(engine) as session:
        of_seven = select(Revision).where(col(Revision.record_id) == 7)
        rows = session.scalars(of_seven.order_by(col(Revision.id))).all()
    assert [(r.record_kind, r.record_id, r.field, r.old, r.new, r.why) for r in rows] == [
        ("need", 7, "a", None, "1", "why not"),
        ("need", 7, "b", "1", None, "why not"),
        ("need", 7, "a", "1", "2", ""),
    ]


def test_a_change_that_is_rolled_back_leaves_no_revision_and_no_new_version(
    engine: Engine,
) -> None:
    with Session(engine) as session:
        log(session, SYSTEM, RecordKind.NEED, 7, [Change("a", None, "1")])
        session.rollback()
    with db.reading(engine) as session:
        assert codes.data_version(session) == 0
        assert session.scalars(select(func.count()).select_from(Revision)).one() == 0


def test_versions_raised_at_once_are_all_counted(engine: Engine) -> None:
    with db.transaction(engine) as session:
        db.raise_version(session)

    def raise_one(_: int) -> None:
        with db.transaction(engine) as session:
            db.raise_version(session)

    with ThreadPoolExecutor(4) as pool:
        assert len([*pool.map(raise_one, range(12))]) == 12
    with db.reading(engine) as session:
        assert codes.data_version(session) == 13


def test_a_revision_can_be_neither_changed_nor_deleted(engine: Engine) -> None:
    with db.transaction(engine) as session:
        log(session, SYSTEM, RecordKind.REFERENCE, 0, [Change("rows", None, "1")])
    for statement in ("UPDATE revision SET actor = 'nobody'", "DELETE FROM revision"):
        with pytest.raises(DBAPIError, match="append-only"), db.transaction(engine) as session:
            session.execute(text(statement))
