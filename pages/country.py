"""Country profile: its partnership, what is done by pillar, what is needed and since when."""

import streamlit as st

from ctai.ui import (
    charts,
    choice,
    country,
    evidence,
    filters,
    headline,
    labels,
    record,
    shell,
    store,
)
from ctai.ui.language import current, t

viewer = shell.enter(__file__)

head = st.container()
iso3 = choice.one(t("Country"), "country", filters.country_codes(viewer), labels.country)
scope = country.scope(iso3)
needs = store.needs_of(viewer, scope)
headline.page(head, labels.country(iso3), headline.needs(needs))

country.steps(store.steps(viewer, iso3))
requests = store.requests_of(viewer, scope)
country.mapping(country.with_requests(store.mapping(viewer, scope), requests), scope)
country.gaps(viewer, scope)

st.header(t("When it was, or is to be, done"), anchor=False)
seen = store.assessments_of(viewer, scope)
picked = charts.timeline(store.timeline(viewer, scope, current()), seen, scope)
if picked is not None:
    record.show(viewer, picked)

evidence.needs(needs, scope)
evidence.assessments(seen, scope)
country.requests(requests, scope)
