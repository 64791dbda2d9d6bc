"""One request, whole: as a draft that can be amended, with its version and the needs it raised."""

import pandas as pd
from sqlalchemy import func, select
from sqlmodel import Session, col

from ctai.domain.activities import Status
from ctai.domain.kinds import RecordKind
from ctai.domain.requests import RequestDraft, RequestItem
from ctai.domain.roles import Viewer, Visibility
from ctai.models.needs import Need, RequestAnswer
from ctai.models.needs import Request as RequestRow
from ctai.models.needs import RequestItem as ItemRow
from ctai.queries.sources import sources_of
from ctai.queries.visible import needs_seen, requests_seen

RAISED_COLUMNS = ["part_id", "need_id", "code", "title", "language", "state"]
"""`part_id` is the finding's or item's number, NaN for a need of the whole record."""


def draft_of(session: Session, viewer: Viewer, number: int) -> RequestDraft | None:
    """Give a request as a draft; None where there is none that the viewer may see."""
    one = requests_seen(select(RequestRow).where(col(RequestRow.id) == number), viewer)
    row = session.scalars(one).one_or_none()
    if row is None:
        return None
    items = session.scalars(
        select(ItemRow)
        .where(col(ItemRow.request_id) == number)
        .order_by(col(ItemRow.position), col(ItemRow.id))
    )
    answered = session.scalars(
        select(func.max(col(RequestAnswer.answered_on))).where(
            col(RequestAnswer.request_id) == number
        )
    ).one()
    return RequestDraft(
        country=row.iso3,
        what=row.what,
        language=row.language,
        authority=row.authority,
        requested_on=row.requested_on,
        addressed_to=row.addressed_to,
        measure=row.measure,
        status=Status(row.status),
        answered_on=answered,
        visibility=Visibility(row.visibility),
        sources=sources_of(session, viewer, RecordKind.REQUEST, [number])[number],
        source_key=row.source_key,
        note=row.note,
        contact_office=row.contact_office,
        reasons=row.reasons,
        national_strategy=row.national_strategy,
        items=tuple(RequestItem(item.measure, item.what, item.id) for item in items),
    )


def version_of(session: Session, viewer: Viewer, number: int) -> int | None:
    """Give a request's version; None where there is none that the viewer may see."""
    one = select(col(RequestRow.version)).where(col(RequestRow.id) == number)
    return session.scalars(requests_seen(one, viewer)).one_or_none()


def needs_of(session: Session, viewer: Viewer, number: int) -> pd.DataFrame:
    """List the needs that rest on a request, with `RAISED_COLUMNS`, by code."""
    columns = [col(Need.request_item_id), col(Need.id), col(Need.code)]
    statement = (
        select(*columns, col(Need.title), col(Need.language), col(Need.state))
        .where(col(Need.request_id) == number)
        .order_by(col(Need.code))
    )
    rows = session.execute(needs_seen(statement, viewer))
    return pd.DataFrame([tuple(row) for row in rows], columns=RAISED_COLUMNS)
