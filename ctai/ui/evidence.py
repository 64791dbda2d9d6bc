"""Evidence: what stands behind a cell of the matrix, term by term, and what would close it."""

import pandas as pd
import streamlit as st

from ctai.domain.coverage import ONGOING_WEIGHT, PLANNED_WEIGHT
from ctai.domain.gaps import closing
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.domain.strategy import Level, by_code, group_of
from ctai.ui import freshness_labels, kept, labels, record_links, store, tables
from ctai.ui.language import current, t


def scope_of_cell(iso3: str, group: str, level: Level) -> Scope:
    """Narrow a view to one cell: a country, and the measures of a group that a State can need."""
    codes = tuple(
        code
        for code, measure in by_code().items()
        if measure.national and group_of(code, level) == group
    )
    return Scope(country=(iso3,), measure=codes)


def explain(viewer: Viewer, iso3: str, group: str, level: Level) -> None:
    """Show a cell's sum, the needs, activities and assessments behind it, and what is missing."""
    cell = scope_of_cell(iso3, group, level)
    found = store.gaps(viewer, cell, level)
    st.header(
        t("{country}: {group}", country=labels.country(iso3), group=labels.group(group, level)),
        anchor=False,
    )
    if found.empty:
        st.markdown(t("Nobody has assessed this and nothing is recorded. It is not known."))
        return
    _sum(found.iloc[0])
    needs(store.needs_of(viewer, cell), cell)
    _terms(store.terms(viewer, cell, current()), cell)
    assessments(store.assessments_of(viewer, cell), cell)


def _sum(row: "pd.Series[float]") -> None:
    """Write the cell's reckoning as a sentence with its terms."""
    st.markdown(f"**{labels.state(str(row['state']))}**")
    if not row["needs"]:
        st.markdown(t("No need is recorded here, so there is no gap to reckon."))
        return
    st.markdown(
        t(
            "{needs} needs are recorded, {open} of them unmet; their sources leave {demand} to be "
            "answered. Assistance worth {coverage} full activities reaches these measures, of "
            "which {met} counts towards a need. Share answered: {share}. Gap score: {score}.",
            needs=labels.number(row["needs"]),
            open=labels.number(row["open_needs"]),
            demand=labels.number(row["demand"], 1),
            coverage=labels.number(row["coverage"], 2),
            met=labels.number(row["met"], 2),
            share=labels.percent(row["answered_share"]),
            score=labels.number(row["score"], 1),
        )
    )
    missing = closing(row["demand"], row["met"])
    if missing:
        st.markdown(
            t(
                "To close it: {ongoing} more full ongoing activities, or {planned} planned ones; "
                "or a source that says the needs are answered.",
                ongoing=labels.number(missing / ONGOING_WEIGHT, 1),
                planned=labels.number(missing / PLANNED_WEIGHT, 1),
            )
        )
    if row["stale"]:
        st.caption(
            t(
                "The newest evidence is {age} old: it may no longer be so.",
                age=labels.age(row["evidence_age_days"]),
            )
        )


def needs(found: pd.DataFrame, cell: Scope) -> None:
    """List needs with their evidence, oldest first."""
    st.markdown(t("**Needs**, oldest evidence first"))
    if found.empty:
        st.caption(t("No need is recorded; that is not the same as no need."))
        return
    needs_table(found, cell)


def needs_table(found: pd.DataFrame, cell: Scope) -> None:
    """Show needs as a table; the one that is picked is told whole under it."""
    shown = kept.worked_out("needs", lambda: _need_words(found), found)
    country = {} if len(cell.country) == 1 else {"country": t("Country")}
    picked = tables.show(
        shown,
        {
            "title": t("Need"),
            **country,
            "measure": t("Measure"),
            "age": t("Age"),
            "fresh": t("Freshness"),
            "state": t("State as of the source"),
            "severity": t("Severity"),
            "evidence": t("Evidence"),
            "source": t("Source"),
            "code": t("Number"),
        },
        alt=t("Needs with their evidence"),
        file="needs",
        filters=cell.params,
        links=("source",),
        key=f"needs_{cell.slug}_{current()}",
    )
    if picked is not None:
        _need(found.iloc[picked])


def _need_words(found: pd.DataFrame) -> pd.DataFrame:
    today = store.today()
    return found.assign(
        country=[labels.country(iso3) for iso3 in found["iso3"]],
        state=[labels.need_state(code) for code in found["state"]],
        severity=[labels.severity(code) for code in found["severity"]],
        age=[labels.age_since(iso, today) for iso in found["evidence_date"]],
        fresh=[
            freshness_labels.need(*row)
            for row in zip(
                found["state"], found["evidence_date"], found["state_as_of"], strict=True
            )
        ],
        evidence=[
            labels.led(t("{body}, {date}", body=body, date=labels.when(iso)))
            for body, iso in zip(found["evidence_body"], found["evidence_date"], strict=True)
        ],
        source=found["source_urls"].str.split(" ").str[0],
    )


def _need(row: "pd.Series[str]") -> None:
    """Tell one need whole: what says so, where, and what is not sure about it."""
    with st.container(border=True):
        st.markdown(f"**{labels.titled(row['title'], row['language'])}** · {row['code']}")
        st.markdown(
            t(
                "{kind} by {body}: {title}. Reference: {reference}. Dated: {date}.",
                kind=labels.evidence_kind(row["evidence_kind"]),
                body=labels.plain(row["evidence_body"]),
                title=labels.plain(row["evidence_title"] or t("no title given")),
                reference=labels.plain(row["evidence_ref"] or t("none given")),
                date=labels.when(row["evidence_date"]),
            )
        )
        st.markdown(
            t(
                "{state}, as of {date}. Wanted by: {wanted}. {disclosed}. {basis}.",
                state=labels.need_state(row["state"]),
                date=labels.when(row["state_as_of"]),
                wanted=labels.when(row["wanted_by"]),
                disclosed=labels.disclosure(row["disclosed"]),
                basis=labels.basis(row["basis"]),
            )
        )
        if row["note"]:
            st.caption(t("Note of the record: {note}", note=labels.plain(row["note"])))
        st.page_link(
            "pages/need.py",
            label=t("Open the need and its ladder"),
            icon=":material/stairs:",
            query_params={**st.query_params.to_dict(), "need": str(row["need_id"])},
        )


def _terms(found: pd.DataFrame, cell: Scope) -> None:
    st.markdown(t("**Activities** and what each still counts"))
    if found.empty:
        st.caption(t("No activity is recorded for these measures."))
        return
    shown = found.assign(
        state=[labels.status(code) for code in found["status"]],
        dated=[labels.when(iso) for iso in found["as_of"]],
        fresh=[
            freshness_labels.activity(status, as_of)
            for status, as_of in zip(found["status"], found["as_of"], strict=True)
        ],
        full=[labels.number(value, 2) for value in found["weight"]],
        left=[labels.number(value, 2) for value in found["now"]],
        source=found["source_urls"].str.split(" ").str[0],
    )
    tables.show(
        shown,
        {
            "title": t("Activity"),
            "entities": t("Entities"),
            "measure": t("Measure"),
            "state": t("Status"),
            "dated": t("Status as of"),
            "fresh": t("Freshness"),
            "full": t("Counts in full"),
            "left": t("Counts today"),
            "source": t("Source"),
        },
        alt=t("Activities and what each counts"),
        file="activities",
        filters=cell.params,
        links=("source",),
    )


def assessments(found: pd.DataFrame, cell: Scope) -> None:
    """List assessments, newest first."""
    st.markdown(t("**Assessments**, newest first"))
    if found.empty:
        st.caption(t("No assessment is recorded."))
        return
    shown = found.drop_duplicates("assessment_id")
    shown = shown.assign(
        country=[labels.country(iso3) for iso3 in shown["iso3"]],
        dated=[
            labels.when(end or start)
            for start, end in zip(shown["start"], shown["end"], strict=True)
        ],
        told=[labels.disclosure(code) for code in shown["disclosed"]],
        due=[
            freshness_labels.follow_ups(*row)
            for row in zip(shown["overdue"], shown["overdue_since"], strict=True)
        ],
        source=shown["source_urls"].str.split(" ").str[0],
    )
    country = {} if len(cell.country) == 1 else {"country": t("Country")}
    picked = tables.show(
        shown,
        {
            "title": t("Assessment"),
            "lead": t("Lead entity"),
            **country,
            "measure": t("Measure"),
            "dated": t("Date"),
            "told": t("Disclosure"),
            "due": t("Follow-ups"),
            "source": t("Source"),
        },
        alt=t("Assessments"),
        file="assessments",
        filters=cell.params,
        links=("source",),
        key=f"assessments_{cell.slug}_{current()}",
    )
    record_links.from_row(shown, picked, "assessment", "title")
