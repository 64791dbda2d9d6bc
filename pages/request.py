"""Request: what a State asks for, since when, and the needs that come of it."""

import streamlit as st

from ctai.domain.roles import Action
from ctai.ui import (
    choice,
    country,
    evidence_lists,
    filters,
    headline,
    record_links,
    request_form,
    request_record,
    shell,
    store,
)
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
opened = choice.number("request")
stored = None
if opened is None:
    scope = filters.scope(viewer, filters.EVIDENCE_FILTERS)
    found = store.requests_of(viewer, scope)
    headline.page(head, t("What does the State ask for?"), evidence_lists.waiting(found))
    country.requests(found, scope)
    if viewer.may(Action.ENTER):
        st.subheader(t("Record a request"), anchor=False)
        stored = request_form.show(viewer, None)
elif choice.chosen("amend"):
    headline.page(head, t("What has changed?"), t("Readers see your change as soon as you save."))
    stored = request_form.show(viewer, opened)
    request_record.as_it_stands(viewer, opened)
else:
    request_record.show(viewer, head, opened)

if stored is not None:
    record_links.to_page("request", request=str(stored))
