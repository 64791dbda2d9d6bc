"""Quick entry: a new activity in three fields, or an amendment of one."""

import streamlit as st

from ctai.ui import choice, forms, headline, shell
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
amended = choice.number("activity")
if amended is None:
    headline.page(head, t("What is being done?"), t("Title, country and entity are enough."))
else:
    headline.page(head, t("What has changed?"), t("Readers see your change as soon as you save."))

stored = forms.activity(viewer, amended)
if stored is not None:
    st.switch_page(
        "pages/activities.py", query_params={**st.query_params.to_dict(), "activity": str(stored)}
    )
