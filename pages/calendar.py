"""Calendar: the days that deadlines skip, or count although they fall on a weekend."""

import streamlit as st

from ctai.ui import headline, shell, working_calendar
from ctai.ui.language import t

viewer = shell.enter(__file__)

days = working_calendar.days()
headline.page(st.container(), t("On which days do people work?"), working_calendar.answer(days))
working_calendar.calendar(viewer, days)
working_calendar.new(viewer)
