"""Action plan: what is to be done about a country's needs, agreed when and with whom, how far."""

import streamlit as st

from ctai.ui import headline, labels, plan, plan_grid, plan_steps, shell
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
iso3, version = plan.chosen(viewer)
items = plan.items_of(viewer, version)
country = labels.country(iso3)
question = t("{country}: what is planned, and how far is it?", country=country)
headline.page(head, question, plan.answer(version, items))

if version is not None and plan.is_own_draft(viewer, version):
    is_unsaved = plan_grid.draft(viewer, version, items)
    plan_steps.agreement(viewer, version, is_unsaved=is_unsaved)
    plan.files(version)
elif version is not None:
    plan.as_list(version, items)
    plan_steps.progress(viewer, version, items)
    plan.milestones(items)

plan.begin(viewer, iso3, version)
plan.timeline(items)
