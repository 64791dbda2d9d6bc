"""The screen's writes of half-typed forms."""

from ctai.domain.roles import Viewer
from ctai.services import keep_form
from ctai.ui import writes


def keep(viewer: Viewer, form: str, content: str) -> None:
    """Keep what somebody has typed into a form."""
    with writes.writing() as session:
        keep_form.keep_form(session, viewer, form, content)


def forget(viewer: Viewer, form: str) -> None:
    """Forget what was kept of a form."""
    with writes.writing() as session:
        keep_form.forget_form(session, viewer, form)
