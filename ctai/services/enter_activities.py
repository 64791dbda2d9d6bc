"""Entering many activities at once: the same rows as one by one, a statement for each table."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import insert
from sqlmodel import Session, col

from ctai.db import raise_version
from ctai.domain.activities import ActivityDraft
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.models.activities import Activity, ActivityCell
from ctai.models.base import Base
from ctai.models.records import Revision
from ctai.services.activity_parts import Values, cell_values, part_rows
from ctai.services.revisions import now
from ctai.services.store_activity import activity_row


def enter_activities(
    session: Session, author: Viewer, drafts: Sequence[ActivityDraft], origins: Sequence[str]
) -> list[int]:
    """Store new activities that were checked, none of them a part of another; give their numbers.

    The history of each says in one line where it came from, its `origins`: what was given stands
    with its provenance.
    """
    raise_version(session)
    given = [activity_row(draft) for draft in drafts]
    stored = insert(Activity).returning(col(Activity.id), sort_by_parameter_order=True)
    # Rows that leave out different columns would be a statement each.
    found = session.scalars(stored, given, execution_options={"render_nulls": True})
    numbers = [number for number in found if number is not None]
    rows: defaultdict[type[Base], list[Values]] = defaultdict(list)
    for number, draft in zip(numbers, drafts, strict=True):
        for table, row in part_rows(number, draft):
            rows[table].append(row)
        rows[ActivityCell] += cell_values(number, draft)
    moment, kind = now(), RecordKind.ACTIVITY.value
    rows[Revision] = [
        {
            "at": moment,
            "actor": author.username,
            "record_kind": kind,
            "record_id": number,
            "field": "arrival",
            "new": origin,
        }
        for number, origin in zip(numbers, origins, strict=True)
    ]
    connection = session.connection()
    for table, values in rows.items():
        if values:
            connection.execute(insert(table), values)
    return numbers
