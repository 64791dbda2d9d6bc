"""What files said of records: the newest of each, and the values that wait for a person."""

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.arrivals import Draft
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.models import draft_json
from ctai.models.exchange import ArrivedRecord
from ctai.queries.sources import seen


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
