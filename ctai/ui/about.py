"""About, in parts: the method, the signs, the constants with their reasons, and the sources."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ctai.domain import coverage, freshness, gaps, ladder, notices, what_if
from ctai.domain.needs import NeedState, Severity
from ctai.domain.strategy import by_code
from ctai.i18n import mark, names
from ctai.ui import labels
from ctai.ui.language import current, t


def method() -> None:
    """Tell how needs, coverage and gaps hang together, in the words a reader would use."""
    st.header(t("Method"), anchor=False)
    for sentence in (
        t("A gap is a recorded need that no recorded activity answers. An empty cell is no gap."),
        t("A need counts only with its evidence: who found it, when, and where that is written."),
        t(
            "An undertaking counts once: it is divided over its countries and measures, and a "
            "programme counts through its parts alone."
        ),
        t(
            "What is old counts less. An activity that is over fades; one that nobody has "
            "confirmed for a year fades as if it were over; one without a date counts nothing "
            "and is listed."
        ),
        t(
            "A state is as of its source's date. Nobody may have told us of what came later; "
            "the age stands beside every figure."
        ),
        t(
            "Whether an activity really answers a need is for people to say. The figures show "
            "where to look first."
        ),
        t(
            "Measures were inferred from titles until an entity confirms them; each record "
            "says which it is."
        ),
        t(
            "You see what your role may see. Records restricted to others are in none of your "
            "figures, lists or files."
        ),
    ):
        st.markdown(f"- {sentence}")


def signs() -> None:
    """Show the signs of the six states; they are the same on every page and file."""
    st.header(t("Signs"), anchor=False)
    for code in gaps.CellState:
        st.markdown(labels.state(code))


_WEIGHTS: tuple[tuple[str, Callable[[], str], str], ...] = (
    (
        mark("An ongoing activity"),
        lambda: labels.number(coverage.ONGOING_WEIGHT, 1),
        mark("It is the unit in which coverage is told."),
    ),
    (
        mark("A planned activity"),
        lambda: labels.number(coverage.PLANNED_WEIGHT, 1),
        mark("An intention with a date; many slip or lapse."),
    ),
    (
        mark("A completed activity, on the day it ends"),
        lambda: labels.number(coverage.COMPLETED_WEIGHT, 1),
        mark("It fades from there."),
    ),
    (
        mark("Half-life of what was completed, in months"),
        lambda: labels.number(coverage.HALF_LIFE_MONTHS),
        mark("People move on and equipment ages; two yearly follow-ups without news."),
    ),
    (
        mark("A status is believed for, in months"),
        lambda: labels.number(coverage.CONFIRMED_FOR_MONTHS),
        mark("The Initiative asks again a year after delivery."),
    ),
    (
        mark("Share of the main measure, where there are several"),
        lambda: labels.percent(coverage.MAIN_MEASURE_SHARE),
        mark("The others share the rest, so that an activity adds up to one."),
    ),
    (
        mark("Coverage below this is called nothing"),
        lambda: labels.number(coverage.NEGLIGIBLE, 2),
        mark("It is more than four half-lives old."),
    ),
    (
        mark("Full activities that answer one need"),
        lambda: labels.number(gaps.ACTIVITIES_PER_NEED, 1),
        mark("A convention; a person judges whether the activity fits."),
    ),
    (
        mark("A partly addressed need is left unmet by"),
        lambda: labels.percent(gaps.UNMET[NeedState.PARTLY_ADDRESSED]),
        mark("No source says more precisely."),
    ),
    (
        mark("Weight of a need of high, medium and low severity"),
        lambda: " · ".join(labels.number(gaps.SEVERITY_WEIGHT[level]) for level in Severity),
        mark("The steps of the ratings behind the records; unstated counts as medium."),
    ),
    (
        mark("An entity has time to answer, in working days"),
        lambda: labels.number(ladder.CAPACITY_WORKING_DAYS),
        mark("Two working weeks: time to ask a field office, without holding a need back."),
    ),
    (
        mark("A State may object to sharing for, in working days"),
        lambda: labels.number(ladder.CONSENT_WORKING_DAYS),
        mark("The Initiative's rule: no objection within five working days."),
    ),
    (
        mark("A provider or donor has time to answer, in working days"),
        lambda: labels.number(ladder.OFFER_WORKING_DAYS),
        mark("As much as an entity has."),
    ),
    (
        mark("The requester is asked whether a need was met after, in months"),
        lambda: labels.number(ladder.CHECK_AFTER_MONTHS),
        mark("The Initiative's rule: effects show by then."),
    ),
    (
        mark("Evidence is old after, in months"),
        lambda: labels.number(freshness.EVIDENCE_STALE_AFTER_MONTHS),
        mark("The usual span between two peer evaluations; old evidence is never green."),
    ),
    (
        mark("What if: the wait of a need counts up to, in days"),
        lambda: labels.number(what_if.OLDEST_COUNTED_DAYS),
        mark("Ten years; one very old need would else outweigh many."),
    ),
    (
        mark("Needs and follow-ups are told before their date by, in days"),
        lambda: labels.number(notices.AHEAD_DAYS),
        mark("What has to be arranged with several entities takes a quarter."),
    ),
    (
        mark("A quarter is asked for before its end by, in days"),
        lambda: labels.number(notices.QUARTER_ENDS_IN_DAYS),
        mark("Before its last month there is still time to work."),
    ),
)
"""Every weight: what it is, its value, and its reason."""


def constants() -> None:
    """Show every weight with its value and its reason."""
    st.header(t("Weights and their reasons"), anchor=False)
    rows = [(t(what), value(), t(why)) for what, value, why in _WEIGHTS]
    shown = pd.DataFrame(rows, columns=[t("What"), t("Value"), t("Why")])
    st.table(shown, hide_index=True, border="horizontal", alt=t("Weights and their reasons"))


def sources() -> None:
    """Say where records, names and shapes come from, and what is not sure about them."""
    st.header(t("Sources"), anchor=False)
    un_measures = labels.told(code for code, measure in by_code().items() if not measure.national)
    for sentence in (
        t("The embedded records and needs were read in public sources; each names its own."),
        t(
            "Commitments of the United Nations or of States as a body are left out of the gap "
            "matrix, since no State can need them: {measures}.",
            measures=un_measures,
        ),
        t(
            "Names of entities, pillars and terms follow United Nations texts where one was "
            "found; the others are translations, marked in the data folder."
        ),
        t("Country names follow the Unicode CLDR and, where it differs, United Nations usage."),
        t("Country shapes: Natural Earth, public domain, joined as Member States are."),
        t("Observer status and some memberships of the Task Force are not confirmed."),
    ):
        st.markdown(f"- {sentence}")


def disclaimer() -> None:
    """Show the map's disclaimer, and say that only its English text is official."""
    st.header(t("Disclaimer"), anchor=False)
    st.markdown(names.term(current(), "map_disclaimer"))
    if current() != "en":
        st.caption(t("Official in English only; this translation has not been cleared."))
