"""The screen's reads of half-typed forms."""

from datetime import datetime

from ctai.domain.roles import Viewer
from ctai.queries import forms
from ctai.ui import store


def kept(viewer: Viewer, form: str) -> tuple[str, datetime] | None:
    """Read what somebody has typed into a form, and when."""
    with store.reading() as session:
        return forms.kept(session, viewer, form)
