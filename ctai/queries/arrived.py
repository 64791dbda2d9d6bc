"""What files said of records: the newest of each, and the values that wait for a person."""

import pandas as pd
from sqlalchemy import func, select
from sqlmodel import Session, col

from ctai.domain.arrivals import Draft, OfferState
from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import countries_of, entities_of, titled
from ctai.domain.roles import Action, Viewer
from ctai.models import draft_json
from ctai.models.exchange import ArrivedFile, ArrivedRecord, OfferedValue
from ctai.queries import accepted
from ctai.queries.sources import seen

OFFER_COLUMNS = [
    "offer_id",
    "kind",
    "record_id",
    "title",
    "field",
    "ours",
    "theirs",
    "file",
    "place",
    "at",
]
FILE_COLUMNS = ["file_id", "name", "layout", "entity", "brought_by", "at", "records"]
ORIGIN_COLUMNS = ["at", "name", "place", "brought_by", "fields"]
MOST_OFFERS = 200
"""Offers shown at a time: who has more decides on these first."""
MOST_FILES = 50


def last(session: Session, viewer: Viewer, kind: RecordKind, number: int) -> Draft | None:
    """Give a record as a file gave it last; None where none did, or the viewer may not see it."""
    if not seen(session, viewer, kind, [number]):
        return None
    newest = (
        select(col(ArrivedRecord.draft))
        .where(col(ArrivedRecord.record_kind) == kind.value, col(ArrivedRecord.record_id) == number)
        .order_by(col(ArrivedRecord.id).desc())
        .limit(1)
    )
    text = session.scalars(newest).one_or_none()
    return None if text is None else draft_json.read(kind, text)


def offers(session: Session, viewer: Viewer) -> pd.DataFrame:
    """List the values that files offer and nobody has decided on, with `OFFER_COLUMNS`, oldest
    first: those of records that the viewer may amend.
    """
    statement = (
        select(OfferedValue, ArrivedRecord, ArrivedFile)
        .join(ArrivedRecord, col(ArrivedRecord.id) == col(OfferedValue.arrived_id))
        .join(ArrivedFile, col(ArrivedFile.id) == col(ArrivedRecord.file_id))
        .where(col(OfferedValue.state) == OfferState.OPEN.value)
        .order_by(col(OfferedValue.id))
    )
    titles: dict[tuple[str, int], str | None] = {}
    rows: list[tuple[object, ...]] = []
    for offer, record, file in session.execute(statement):
        key = (record.record_kind, record.record_id)
        if key not in titles:
            titles[key] = _title(session, viewer, RecordKind(key[0]), key[1])
        if titles[key] is not None:
            said = (offer.field, offer.ours, offer.theirs)
            rows.append((offer.id, *key, titles[key], *said, file.name, record.place, file.at))
        if len(rows) == MOST_OFFERS:
            break
    return pd.DataFrame(rows, columns=OFFER_COLUMNS)


def _title(session: Session, viewer: Viewer, kind: RecordKind, number: int) -> str | None:
    """Give the title of a record that the viewer may amend; None for any other."""
    now = accepted.current(session, viewer, kind, number)
    if now is None:
        return None
    whose = countries_of(now.draft), entities_of(now.draft)
    return titled(now.draft) if viewer.may_touch(Action.AMEND, *whose) else None


def files(session: Session, viewer: Viewer) -> pd.DataFrame:
    """List the newest files that came in, with `FILE_COLUMNS`: one's own, and for administrators
    everybody's.
    """
    counted = func.count(col(ArrivedRecord.id))
    columns = [col(getattr(ArrivedFile, name)) for name in ("id", *FILE_COLUMNS[1:-1])]
    statement = (
        select(*columns, counted)
        .join(ArrivedRecord, col(ArrivedRecord.file_id) == col(ArrivedFile.id), isouter=True)
        .group_by(*columns)
        .order_by(col(ArrivedFile.id).desc())
        .limit(MOST_FILES)
    )
    if not viewer.may(Action.MANAGE_USERS):
        statement = statement.where(col(ArrivedFile.brought_by) == viewer.username)
    return pd.DataFrame([tuple(row) for row in session.execute(statement)], columns=FILE_COLUMNS)


def origins(session: Session, viewer: Viewer, kind: RecordKind, number: int) -> pd.DataFrame:
    """Tell which files gave a record and where in them, with `ORIGIN_COLUMNS`, newest first.

    Empty for a record that the viewer may not see, and for a role that sees no history.
    """
    if not viewer.may(Action.SEE_HISTORY) or not seen(session, viewer, kind, [number]):
        return pd.DataFrame(columns=ORIGIN_COLUMNS)
    file, record = ArrivedFile, ArrivedRecord
    statement = (
        select(
            col(file.at),
            col(file.name),
            col(record.place),
            col(file.brought_by),
            col(record.fields),
        )
        .join(file, col(file.id) == col(record.file_id))
        .where(col(record.record_kind) == kind.value, col(record.record_id) == number)
        .order_by(col(record.id).desc())
    )
    return pd.DataFrame([tuple(row) for row in session.execute(statement)], columns=ORIGIN_COLUMNS)
