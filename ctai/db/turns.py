"""Turns: every transaction raises the data version once, before the first row that it writes.

So a number stands for one transaction, whole; writers on PostgreSQL take turns from there on, as
they do on SQLite, and what was true as of a number can be told for ever.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, func, select, text
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import ORMExecuteState, SessionTransaction, UOWTransaction
from sqlmodel import Session, col

from ctai.models.past import KEPT
from ctai.models.records import DataMoment, DataVersion, Revision

__all__ = ["raise_version"]

_RAISES = frozenset({*KEPT, "revision"})
"""Tables whose rows are written at a number. Revisions too: up to a number, they are its past."""
_TAKES_TURN = _RAISES | {"proposal"}
"""Tables of which a locked row awaits its turn first, or two writers could wait for each other."""
_RAISED = "data_version_raised_in"

_RAISE = text(
    "INSERT INTO data_version (id, number) VALUES (1, 1) "
    "ON CONFLICT (id) DO UPDATE SET number = data_version.number + 1 RETURNING number"
)


def raise_version(session: Session) -> None:
    """Raise the data version, at most once a transaction: caches let go, and the past is dated."""
    if _is_raised(session):
        return
    connection = session.connection()
    number = connection.execute(_RAISE).scalar_one()
    newest = select(col(DataMoment.at)).order_by(col(DataMoment.number).desc()).limit(1)
    before = connection.execute(newest).scalar()
    moment = datetime.now(UTC)
    last = connection.execute(select(func.max(col(Revision.id)))).scalar()
    connection.execute(
        DataMoment.__table__.insert().values(  # type: ignore[attr-defined]  # SQLModel hides it
            number=number,
            at=moment if before is None else max(moment, before),
            revision_before=last or 0,
        )
    )
    session.info[_RAISED] = tuple(_transactions(session))


def _transactions(session: Session) -> list[SessionTransaction]:
    """List the transactions that are open, from the innermost savepoint out."""
    found = []
    transaction = session.get_nested_transaction() or session.get_transaction()
    while transaction is not None:
        found.append(transaction)
        transaction = transaction.parent
    return found


def _is_raised(session: Session) -> bool:
    raised_in = session.info.get(_RAISED, ())
    return bool(raised_in) and raised_in[-1] is session.get_transaction()


def _names_raising(session: Session) -> bool:
    changed = (*session.new, *session.deleted, *filter(session.is_modified, session.dirty))
    return any(
        str(table.name) in _RAISES for row in changed for table in sa_inspect(type(row)).tables
    )


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    if not _is_raised(session) and _names_raising(session):
        raise_version(session)


@event.listens_for(Session, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    session, statement = state.session, state.statement
    if not isinstance(session, Session) or _is_raised(session):
        return
    if state.is_insert or state.is_update or state.is_delete:
        if str(getattr(getattr(statement, "table", None), "name", "")) in _RAISES:
            raise_version(session)
    elif getattr(statement, "_for_update_arg", None) is not None:
        tables = {str(table.name) for mapper in state.all_mappers for table in mapper.tables}
        if tables & _TAKES_TURN:
            session.connection().execute(select(col(DataVersion.number)).with_for_update())


@event.listens_for(Session, "after_soft_rollback")
def _after_rollback(session: Session, previous: SessionTransaction) -> None:
    """Forget a number that went with the transaction, or the savepoint, in which it was raised."""
    if previous in session.info.get(_RAISED, ()):
        del session.info[_RAISED]
