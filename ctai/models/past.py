"""The past of every table: what each row was, between two numbers of the data version."""

from sqlalchemy import Column, Index, Integer, Table

from ctai.models import (
    activities,
    briefings,
    exchange,
    funding,
    ladder,
    needs,
    people,
    plans,
    records,
    reference,
    trust,
)
from ctai.models.base import Base

__all__ = ["KEPT", "LEVEL_OF", "NOT_KEPT", "SINCE", "UNTIL", "past_name"]

_MODULES = (
    activities,
    briefings,
    exchange,
    funding,
    ladder,
    needs,
    people,
    plans,
    records,
    reference,
    trust,
)
"""Imported whole: a table must be known before its past is."""

SINCE, UNTIL = "since_number", "until_number"
"""The data version with which a row became this, and the one with which it ceased to be; None while
it still is. No table may have columns of these names."""

NOT_KEPT = {
    "user_account": "who may sign in counts today only, and a look back is today's person's",
    "user_country": "as with user_account",
    "form_draft": "half typed, and nobody else's",
    "proposal": "not a record yet; its moves are in the revisions",
    "proposal_country": "as with proposal",
    "trusted_entity": "a rule of today; its changes are in the revisions",
    "calendar_day": "a rule; a due date is stored when it is set",
    "briefing": "append-only: each names the numbers that it tells of",
    "arrived_file": "append-only",
    "arrived_record": "append-only",
    "offered_value": "not a record; what is taken of it is in the revisions",
    "column_meaning": "how files are read from today on",
    "overlap_decision": "a decision of today; the revisions tell when it was made and taken back",
    "api_token": "as with user_account",
    "saved_view": "nobody else's; it names filters, not records",
    "revision": "append-only: read up to a number, it is its own past",
    "data_version": "the axis itself",
    "data_moment": "the axis itself",
    "member_state": "a code list, which grows and is not amended",
    "entity": "as with member_state",
    "membership": "as with member_state; carries its own dates",
    "measure": "as with member_state",
}
"""Tables without a past, each with the reason; every other table has one."""

LEVEL_OF = {"activity_cell": ("activity", "activity_id", "id")}
"""Where a row's present visibility stands when it is not its own: table, our column, its column."""


def past_name(table: str) -> str:
    """Give the name of the table that holds a table's past."""
    return f"past_{table}"


def _past(table: Table) -> Table:
    """Define a table's past: its columns without keys and checks, its indexes, and the span."""
    columns = [Column(column.name, column.type, nullable=True) for column in table.columns]
    name = past_name(table.name)
    span = (Column(SINCE, Integer, nullable=False), Column(UNTIL, Integer, nullable=True))
    past = Table(name, Base.metadata, *columns, *span)
    Index(f"ix_{name}_key", *(past.c[key.name] for key in table.primary_key), past.c[SINCE])
    for index in table.indexes:
        if not index.unique:
            ways = [past.c[column.name] for column in index.columns]
            Index(str(index.name).replace("ix_", "ix_past_", 1), *ways, past.c[SINCE])
    return past


KEPT = {
    table.name: _past(table)
    for table in Base.metadata.sorted_tables
    if table.name not in NOT_KEPT and not table.name.startswith("past_")
}
"""The past of each table that has one, by the table's name."""
