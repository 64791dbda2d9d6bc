"""The parts of the overview: its figures, its oldest needs, its stale records, its changes."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from ctai.domain.activities import Status
from ctai.domain.needs import UNMET_STATES
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Freshness, Scope
from ctai.ui import evidence, labels, lists, store, tables
from ctai.ui.language import current, t

SHOWN = 10


def unmet(needs: pd.DataFrame) -> pd.DataFrame:
    """Keep the needs that their source leaves unmet, in part or whole."""
    return needs[needs["state"].isin(UNMET_STATES)]


def figures(viewer: Viewer, scope: Scope, needs: pd.DataFrame) -> None:
    """Show the four figures of a briefing's first minute, each leading to its records."""
    statuses = store.statuses(viewer, scope)
    open_needs = unmet(needs)
    counted = {
        t("Unmet needs"): int(open_needs["need_id"].nunique()),
        t("Ongoing activities"): statuses.get(Status.ONGOING, 0),
        t("Planned activities"): statuses.get(Status.PLANNED, 0),
        t("Not confirmed in a year"): store.stale_count(viewer, scope),
    }
    pages = {
        t("Unmet needs"): ("pages/gap_matrix.py", {"level": "measure"}),
        t("Ongoing activities"): ("pages/activities.py", {"status": Status.ONGOING.value}),
        t("Planned activities"): ("pages/activities.py", {"status": Status.PLANNED.value}),
        t("Not confirmed in a year"): (
            "pages/activities.py",
            {"freshness": Freshness.STALE.value},
        ),
    }
    fresh = {
        t("Ongoing activities"): _fresh(viewer, scope, Status.ONGOING),
        t("Planned activities"): _fresh(viewer, scope, Status.PLANNED),
    }
    for column, (label, count) in zip(st.columns(4), counted.items(), strict=True):
        with column, st.container(border=True, height="stretch"):
            st.metric(label, labels.number(count))
            if label in fresh:
                told = t("confirmed in the last year: {n}", n=labels.number(fresh[label]))
                st.caption(told)
            page, extra = pages[label]
            st.page_link(
                page,
                label=t("Show the records"),
                query_params={**st.query_params.to_dict(), **extra},
            )


def _fresh(viewer: Viewer, scope: Scope, status: Status) -> int:
    narrowed = replace(scope, status=(status.value,), freshness=Freshness.FRESH.value)
    return store.activity_count(viewer, narrowed)


def oldest(needs: pd.DataFrame, scope: Scope) -> None:
    """List the needs whose evidence is oldest and that nothing has answered."""
    evidence.needs_table(unmet(needs).head(SHOWN), scope)


def stale(viewer: Viewer, scope: Scope) -> None:
    """List running activities that nobody has confirmed in time."""
    narrowed = replace(scope, freshness=Freshness.STALE.value)
    lists.rows(store.listed(viewer, narrowed, SHOWN, 0, current()), narrowed)


def changes(viewer: Viewer) -> None:
    """Say what came and changed in the last 30 and 90 days, and list the newest."""
    st.caption(t("Of all countries and pillars, whatever the filter."))
    for days in (30, 90):
        new, amended, needs = store.changed_counts(viewer, days)
        st.markdown(
            t(
                "Entered here in the last {days} days: {new} activities and {needs} needs; "
                "{amended} activities were amended.",
                days=labels.number(days),
                new=labels.number(new),
                amended=labels.number(amended),
                needs=labels.number(needs),
            )
        )
    if viewer.may(Action.SEE_HISTORY):
        _newest(store.changed(viewer, 90, SHOWN, current()))


def _newest(found: pd.DataFrame) -> None:
    shown = found.assign(
        moment=[labels.moment(at) for at in found["at"]],
        country=[labels.countries(joined) for joined in found["countries"]],
        kind=[t("new") if new else t("amended") for new in found["new"]],
    )
    tables.show(
        shown,
        {
            "moment": t("When"),
            "kind": t("Change"),
            "title": t("Activity"),
            "country": t("Countries"),
            "entities": t("Entities"),
        },
        alt=t("Newest changes"),
    )
