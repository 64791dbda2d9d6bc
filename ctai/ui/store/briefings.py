"""Briefings as the screen reads them: built anew only where the data, the day or the choice
changed."""

from dataclasses import replace
from datetime import date

import streamlit as st

from ctai import db
from ctai.briefings.build import build
from ctai.briefings.document import Document
from ctai.domain.briefing import Briefing
from ctai.domain.roles import Viewer
from ctai.queries import briefings
from ctai.settings import settings
from ctai.ui import store
from ctai.ui.store import moments

REMEMBERED = 32
"""Briefings kept: each holds every activity of its choice, some hundred KB."""


@st.cache_data(max_entries=REMEMBERED, show_spinner=False)
def _built(reach: Viewer, version: int, asked: Briefing, today: date) -> Document:
    return build(db.shared_engine(settings().database_url), reach, asked, today)


def document(viewer: Viewer, asked: Briefing) -> Document:
    """Build a briefing; Refused says why its author may not, or why there is none."""
    reach = replace(viewer, username="")
    return _built(reach, store.data_version(), asked, moments.present())


is_visit_seen = store.remembered(briefings.is_visit_seen)
