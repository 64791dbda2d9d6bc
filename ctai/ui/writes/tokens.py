"""The screen's writes of tokens and saved views."""

from collections.abc import Mapping

from ctai.domain.roles import Viewer
from ctai.services import keep_view, make_token, revoke_token
from ctai.ui.writes import writing


def make(viewer: Viewer, name: str, days: int) -> str:
    """Make a token and give its secret, once; raise Refused with reasons."""
    with writing() as session:
        return make_token.make_token(session, viewer, name, days)


def revoke(viewer: Viewer, number: int) -> None:
    """Revoke a token; raise Refused where it is not one's own."""
    with writing() as session:
        revoke_token.revoke_token(session, viewer, number)


def keep(viewer: Viewer, name: str, what: str, params: Mapping[str, str]) -> int:
    """Keep a view and give its number; raise Refused with reasons."""
    with writing() as session:
        return keep_view.keep_view(session, viewer, name, what, params)


def remove(viewer: Viewer, number: int) -> None:
    """Let go of a view of one's own."""
    with writing() as session:
        keep_view.remove_view(session, viewer, number)
