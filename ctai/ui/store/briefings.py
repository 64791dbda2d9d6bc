"""Briefings as the screen reads them: built anew only where the data, the day or the choice
changed; those that were issued, read afresh."""

from dataclasses import replace
from datetime import date

import streamlit as st

from ctai import db
from ctai.briefings.build import build
from ctai.briefings.document import Document
from ctai.briefings.issued import Reopened, reopen
from ctai.domain.briefing import Briefing, Issued
from ctai.domain.roles import Viewer
from ctai.queries import briefings as reads
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


def listed(viewer: Viewer, limit: int, offset: int) -> tuple[Issued, ...]:
    """List issued briefings that a viewer may see, newest first."""
    with store.reading() as session:
        return reads.listed(session, viewer, limit, offset)


def issued(viewer: Viewer, number: int) -> Issued | None:
    """Give an issued briefing; None where there is none that the viewer may see."""
    with store.reading() as session:
        return reads.issued(session, viewer, number)


def last(viewer: Viewer, asked: Briefing) -> Issued | None:
    """Give the last one issued on the same to the same reader; None where there is none."""
    with store.reading() as session:
        return reads.last(session, viewer, asked)


def reopened(viewer: Viewer, number: int) -> Reopened:
    """Build an issued briefing again; Refused where a viewer may not have it."""
    return reopen(db.shared_engine(settings().database_url), viewer, number)


is_visit_seen = store.remembered(reads.is_visit_seen)
