"""Saved views, each read by whoever keeps it and by nobody else."""

from urllib.parse import parse_qsl

from sqlmodel import Session, col, select

from ctai.domain import saved_views
from ctai.domain.roles import Viewer
from ctai.models.people import SavedView, User


def owned(session: Session, viewer: Viewer) -> tuple[saved_views.SavedView, ...]:
    """List a viewer's own views, newest first."""
    return _of(session, viewer, None)


def one(session: Session, viewer: Viewer, number: int) -> saved_views.SavedView | None:
    """Give a viewer's own view; None where there is none of this number."""
    return next(iter(_of(session, viewer, number)), None)


def _of(session: Session, viewer: Viewer, number: int | None) -> tuple[saved_views.SavedView, ...]:
    statement = (
        select(SavedView)
        .join(User, col(User.id) == col(SavedView.user_id))
        .where(User.username == viewer.username)
        .order_by(col(SavedView.id).desc())
    )
    if number is not None:
        statement = statement.where(SavedView.id == number)
    return tuple(
        saved_views.SavedView(
            row.id or 0, row.name, row.what, dict(parse_qsl(row.query)), row.made_at
        )
        for row in session.exec(statement)
    )
