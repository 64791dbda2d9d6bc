"""Country map: where needs are open and where assistance goes."""

import streamlit as st

from ctai.ui import choice, filters, headline, maps, shell
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
scope = filters.scope(viewer, filters.EVIDENCE_FILTERS)
shown = choice.one(
    t("Colour by"), "indicator", list(maps.INDICATORS), maps.indicator_title, tabs=True
)
countries = maps.countries(viewer, scope)
headline.page(
    head, t("Where are needs open, and where does help go?"), headline.standing(countries)
)

picked = maps.show(countries, shown, scope.params)
if picked:
    st.switch_page(
        "pages/country.py", query_params={**st.query_params.to_dict(), "country": picked}
    )
