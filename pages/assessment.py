"""Assessment: who looked where, what was found, and the needs that come of it."""

import streamlit as st

from ctai.domain.roles import Action
from ctai.ui import (
    again,
    assessment_form,
    assessment_record,
    choice,
    evidence,
    evidence_lists,
    filters,
    headline,
    review_labels,
    shell,
    store,
)
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
opened = choice.number("assessment")
if opened is None and again.number() is None:
    scope = filters.scope(viewer, filters.EVIDENCE_FILTERS)
    found = store.assessments_of(viewer, scope)
    headline.page(head, t("What was found?"), evidence_lists.assessed(found))
    evidence.assessments(found, scope)
    if viewer.may(Action.ENTER):
        st.header(t("Record an assessment"), anchor=False)
        assessment_form.show(viewer, None)
elif choice.chosen("amend") or again.number() is not None:
    headline.page(head, t("What has changed?"), review_labels.when_it_counts(viewer))
    again.returned(viewer)
    assessment_form.show(viewer, opened)
    assessment_record.as_it_stands(viewer, opened)
elif opened is not None:
    assessment_record.show(viewer, head, opened)
