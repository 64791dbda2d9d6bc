"""Charts on the screen: figures with their labels, their alternative text and their table."""

import pandas as pd
import streamlit as st

from ctai.domain.roles import Viewer
from ctai.domain.scope import Face, Scope
from ctai.domain.strategy import Level
from ctai.figures import matrix
from ctai.i18n import dates, mark
from ctai.ui import filters, labels
from ctai.ui.language import current, t

LEVELS = {
    Level.PILLAR: mark("Pillars"),
    Level.THEME: mark("Themes"),
    Level.MEASURE: mark("Measures"),
}
FACES = {
    Face.COUNTRY: mark("Country by pillar"),
    Face.ENTITY: mark("Entity by pillar"),
    Face.YEAR: mark("Year by pillar"),
}
COUNT = "count"


def level_title(code: str) -> str:
    """Name a level of the Strategy."""
    return t(LEVELS[Level(code)])


def face_title(code: str) -> str:
    """Name a face of the heatmap."""
    return t(FACES[Face(code)])


def by_partner(viewer: Viewer, codes: "pd.Series[str]") -> list[str]:
    """Order countries: partner States first, then by name."""
    present = set(codes)
    return [iso3 for iso3 in filters.country_codes(viewer) if iso3 in present]


def gap_matrix(
    viewer: Viewer, found: pd.DataFrame, scope: Scope, level: Level
) -> tuple[str, str] | None:
    """Show the gap matrix and give the country and group that was picked."""
    lang = current()
    measures = set(filters.active_measures(scope))
    wanted = _groups_of(measures, level)
    columns = by_partner(viewer, found["iso3"]) or list(scope.country)
    chart = matrix.gap_matrix(
        found.assign(
            age_label=[dates.age(lang, _days(value)) for value in found["evidence_age_days"]]
        ),
        [(code, labels.group(code, level)) for code in wanted],
        [(iso3, labels.country(iso3)) for iso3 in columns],
        lang,
    )
    event = st.altair_chart(
        chart, on_select="rerun", key=f"matrix_{level}_{lang}", alt=matrix.summary(found, lang)
    )
    return matrix.picked(event.selection)
