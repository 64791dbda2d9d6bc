"""Request: what a State asks for, since when, and the needs that come of it."""

import streamlit as st

from ctai.domain.roles import Action
from ctai.ui import (
    again,
    choice,
    country,
    evidence_lists,
    filters,
    headline,
    request_form,
    request_record,
    review_labels,
    shell,
    store,
)
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
opened = choice.number("request")
if opened is None and again.number() is None:
    scope = filters.scope(viewer, filters.EVIDENCE_FILTERS)
    found = store.requests_of(viewer, scope)
    headline.page(head, t("What does the State ask for?"), evidence_lists.waiting(found))
    country.requests(found, scope)
    if viewer.may(Action.ENTER):
        st.header(t("Record a request"), anchor=False)
        request_form.show(viewer, None)
elif choice.chosen("amend") or again.number() is not None:
    headline.page(head, t("What has changed?"), review_labels.when_it_counts(viewer))
    again.returned(viewer)
    request_form.show(viewer, opened)
    request_record.as_it_stands(viewer, opened)
elif opened is not None:
    request_record.show(viewer, head, opened)
