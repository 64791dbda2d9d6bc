"""The parts of a country's profile: its partnership, its mapping, its gaps and its requests."""

import pandas as pd
import streamlit as st

from ctai.domain.activities import Status
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.domain.strategy import Level, Pillar, by_code
from ctai.figures import statuses
from ctai.ui import kept, labels, record_links, store, tables
from ctai.ui.language import current, t

MAPPED = (Status.REQUESTED, Status.COMPLETED, Status.ONGOING, Status.PLANNED, Status.UNKNOWN)
"""The mapping's order, as the Initiative tells it; the status that nobody knows comes last."""


def scope(iso3: str) -> Scope:
    """Narrow a view to a country."""
    return Scope(country=(iso3,))


def steps(found: pd.DataFrame) -> None:
    """Show the partnership's steps with their sources; two sources that disagree stand together."""
    if found.empty:
        st.caption(t("No partnership with the Initiative is recorded."))
        return
    st.header(t("Partnership"), anchor=False)
    lines = []
    for step in found.itertuples():
        text = t(
            "**{date}** · {step}",
            date=labels.when(step.happened),
            step=labels.step(str(step.step)),
        )
        parts = [
            text,
            labels.plain(str(step.note)),
            f"[:material/open_in_new:]({step.source_url!s})",
        ]
        lines.append(f"- {' — '.join(part for part in parts if part)}")
    st.markdown("\n".join(lines))
    dates = found.groupby("step")["happened"].nunique()
    for step_code in dates[dates > 1].index:
        given = found.loc[found["step"] == step_code, "happened"]
        st.caption(
            t(
                "Sources disagree on “{step}”: {dates}. All are kept.",
                step=labels.step(str(step_code)),
                dates=labels.told(labels.when(day) for day in given),
            )
        )


def with_requests(found: pd.DataFrame, requests: pd.DataFrame) -> pd.DataFrame:
    """Add to a mapping the State's own requests that no answer is recorded to."""
    waiting = requests[(requests["status"] == Status.REQUESTED) & requests["answered_on"].isna()]
    pillars = pd.Series([by_code()[code].pillar.value for code in waiting["measure"]], dtype=str)
    rows = [
        (Status.REQUESTED.value, pillar, count, None, None)
        for pillar, count in pillars.value_counts().items()
    ]
    added = pd.DataFrame(rows, columns=found.columns).astype(found.dtypes.to_dict())
    return pd.concat([found, added], ignore_index=True) if rows else found


def mapping(found: pd.DataFrame, asked: Scope) -> None:
    """Show how many undertakings are requested, completed, ongoing and planned, by pillar."""
    st.header(t("What is done, by pillar"), anchor=False)
    kept.chart(
        "statuses",
        lambda: statuses.by_pillar(found, current(), dark=kept.is_dark()),
        found,
        alt=statuses.summary(found, current()),
    )
    counts = found.pivot_table(
        index="status", columns="pillar", values="undertakings", aggfunc="sum"
    ).reindex(index=[status.value for status in MAPPED], columns=list(Pillar))
    shown = counts.reset_index()
    shown["status"] = [labels.status(code) for code in shown["status"]]
    shown["since"] = [_as_of(found, status) for status in MAPPED]
    tables.twin(
        t("What is done, as a table"),
        shown,
        {
            "status": t("Status"),
            **{pillar.value: labels.pillar(pillar) for pillar in Pillar},
            "since": t("Status as of"),
        },
        file="activities",
        filters=asked.params,
    )
    st.caption(t("Where none is recorded, there may still be some that nobody told us of."))


def _as_of(found: pd.DataFrame, status: Status) -> str:
    rows = found[found["status"] == status]
    dates = [day for name in ("oldest_as_of", "newest_as_of") for day in rows[name].dropna()]
    if not dates:
        return "–"
    oldest, newest = min(dates), max(dates)
    if oldest == newest:
        return labels.when(oldest)
    return t("{start} to {end}", start=labels.when(oldest), end=labels.when(newest))


def gaps(viewer: Viewer, found: Scope) -> None:
    """Show the state of each pillar, with a way to the matrix."""
    st.header(t("Needs and what answers them"), anchor=False)
    cells = store.gaps(viewer, found, Level.PILLAR)
    shown = cells.assign(
        pillar=[labels.pillar(str(code)) for code in cells["group"]],
        state=[labels.state(str(code)) for code in cells["state"]],
        share=[labels.percent(value) for value in cells["answered_share"]],
        newest=[labels.when(day) for day in cells["evidence_date"]],
    )
    tables.show(
        shown,
        {
            "pillar": t("Pillar"),
            "state": t("State"),
            "open_needs": t("Unmet needs"),
            "share": t("Share answered"),
            "newest": t("Newest evidence"),
        },
        alt=t("State of each pillar"),
    )
    st.page_link(
        "pages/gap_matrix.py",
        label=t("Open in the gap matrix"),
        icon=":material/apps:",
        query_params={**st.query_params.to_dict(), "level": Level.MEASURE.value},
    )


def requests(found: pd.DataFrame, asked: Scope) -> None:
    """List requests and their answers, oldest first; the one that is picked is linked to."""
    st.markdown(t("**Requests**, oldest first"))
    if found.empty:
        st.caption(t("No request is recorded."))
        return
    columns = ["status", "requested_on", "answered_on"]
    shown = found.assign(
        country=[labels.country(iso3) for iso3 in found["iso3"]],
        asked=[labels.when(day) for day in found["requested_on"]],
        state=[labels.status(code) for code in found["status"]],
        answered=[_answered(*row) for row in found[columns].itertuples(index=False)],
        source=found["source_urls"].str.split(" ").str[0],
    )
    country = {} if len(asked.country) == 1 else {"country": t("Country")}
    picked = tables.show(
        shown,
        {
            "what": t("Request"),
            **country,
            "addressed_to": t("Addressed to"),
            "asked": t("Requested on"),
            "state": t("Status"),
            "answered": t("Answered on"),
            "source": t("Source"),
        },
        alt=t("Requests of the State"),
        file="requests",
        filters=asked.params,
        links=("source",),
        key=f"requests_{asked.slug}_{current()}",
    )
    record_links.from_row(found, picked, "request", "what")


def _answered(status: str, asked: str | None, answered: str | None) -> str:
    if status == Status.COMPLETED:
        return labels.when(answered)
    if status == Status.REQUESTED and isinstance(asked, str):
        return t("waiting for {age}", age=labels.age_since(asked, store.today()))
    return t("no answer recorded")
