"""The screen's reads of tokens and saved views, made afresh."""

from ctai.domain.roles import Viewer
from ctai.domain.saved_views import SavedView
from ctai.domain.tokens import Token
from ctai.queries import saved_views, tokens
from ctai.ui import store


def owned(viewer: Viewer) -> tuple[Token, ...]:
    """List one's own tokens, newest first."""
    with store.reading() as session:
        return tokens.owned(session, viewer)


def of_account(viewer: Viewer, username: str) -> tuple[Token, ...]:
    """List an account's tokens, for an administrator."""
    with store.reading() as session:
        return tokens.of_account(session, viewer, username)


def views(viewer: Viewer) -> tuple[SavedView, ...]:
    """List one's own saved views, newest first."""
    with store.reading() as session:
        return saved_views.owned(session, viewer)
