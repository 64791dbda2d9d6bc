"""Overlaps: what may be recorded twice, paid twice or planned for the same people."""

import streamlit as st

from ctai.ui import choice, filters, headline, labels, overlaps, shell
from ctai.ui.language import t, tn
from ctai.ui.store import overlap

viewer = shell.enter(__file__)

head = st.container()
own = sorted(viewer.countries, key=labels.country)
codes = [*own, *(iso3 for iso3 in filters.country_codes(viewer) if iso3 not in own)]
iso3 = choice.one(t("Country"), "country", codes, labels.country)
found = overlap.undecided(viewer, iso3)
answer = tn("{n} pair of activities to look at.", "{n} pairs of activities to look at.", len(found))
headline.page(head, t("Is anything done, or counted, twice?"), answer)

overlaps.restricted(viewer, (iso3,))
overlaps.pairs(viewer, found)
overlaps.decided(viewer, iso3)
