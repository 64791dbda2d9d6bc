"""Briefing: what a meeting needs to know, prepared here and shown on its screen."""

import streamlit as st

from ctai.briefings.views import views
from ctai.ui import briefing, briefing_abouts, briefing_show, shell

viewer = shell.enter(__file__)

wanted = briefing.asked(viewer)
document = briefing.read(viewer, wanted)
if document is None:
    st.stop()

shown = views(document)
number = briefing_show.asked(shown)
if number is None:
    briefing.prepare(viewer, wanted, document, shown)
else:
    briefing_show.show(document, shown, number, briefing_abouts.subject(viewer, wanted))
