"""The screen's writes of half-typed forms."""

import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.roles import Viewer
from ctai.services import keep_form
from ctai.ui import notices, writes


def keep(viewer: Viewer, form: str, content: str) -> bool:
    """Keep what somebody has typed into a form; False, and said why, where it is too much."""
    try:
        with writes.writing() as session:
            keep_form.keep_form(session, viewer, form, content)
    except Refused as refusal:
        for fault in refusal.faults:
            st.warning(notices.sentence(fault), icon=":material/warning:")
        return False
    return True


def forget(viewer: Viewer, form: str) -> None:
    """Forget what was kept of a form."""
    with writes.writing() as session:
        keep_form.forget_form(session, viewer, form)
