"""Activities: the records themselves, narrowed by any filter, each with its source and history."""

import streamlit as st

from ctai.ui import choice, filters, headline, lists, record, saved_views, shell, store
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
scope = filters.scope(viewer)
count = store.activity_count(viewer, scope)
headline.page(head, t("Who does what, where?"), headline.activities(count, scope))
saved_views.keep(viewer, ("activities",), scope.params)

opened = choice.number("activity")
if opened is not None:
    record.show(viewer, opened)

lists.activities(viewer, scope, count)
