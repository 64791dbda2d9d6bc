"""Columns: what a person said that the columns of an entity's files mean."""

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.models.exchange import ColumnMeaning


def meanings(session: Session, entity: str | None) -> dict[str, str]:
    """Give the column that a header means in an entity's files; "" for one to leave out.

    What was said for the initiative holds where the entity's own people have said nothing.
    """
    found: dict[str, str] = {}
    for whose in ("", entity or ""):
        rows = select(col(ColumnMeaning.header), col(ColumnMeaning.meaning)).where(
            col(ColumnMeaning.entity) == whose
        )
        found |= dict(session.execute(rows).all())
    return found
