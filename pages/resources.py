"""Resources: what of a country's action plan is funded, asked for, or has no money yet."""

import streamlit as st

from ctai.ui import headline, labels, plan, resources, shell
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
iso3, version = plan.chosen(viewer)
found = resources.of_version(viewer, version)
country = labels.country(iso3)
question = t("{country}: what of the plan is paid for?", country=country)
headline.page(head, question, resources.answer(found))

if version is None or found is None:
    st.info(t("The money for a plan shows here once there is one."))
else:
    resources.pictures(found)
    resources.by_item(version, found)
    resources.hand_out(viewer, version)
    resources.meanings()
