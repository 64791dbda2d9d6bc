"""Half-typed forms, for nobody but who typed them."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.roles import Viewer
from ctai.models.trust import FormDraft


def kept(session: Session, viewer: Viewer, form: str) -> tuple[str, datetime] | None:
    """Give what the viewer has typed into a form, JSON by field, and when; None without any."""
    row = session.execute(
        select(col(FormDraft.content), col(FormDraft.saved_at)).where(
            col(FormDraft.username) == viewer.username, col(FormDraft.form) == form
        )
    ).first()
    return None if row is None else (row[0], row[1])
