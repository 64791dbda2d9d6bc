"""Unmet needs on the screen: what waits for whom, oldest first, each leading to its page."""

import pandas as pd
import streamlit as st

from ctai.domain.dates import age_days
from ctai.domain.ladder import Rung
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.ui import choice, kept, labels, ladder_labels, store, tables
from ctai.ui.language import current, t, tn
from ctai.ui.store import ladder as reads
from ctai.ui.store.ladder import Waiting

_RUNGS = ("all", *(str(int(rung)) for rung in Rung))


def rung(found: pd.DataFrame) -> str:
    """Let the needs be narrowed to those on one rung, for those who see the ladder."""
    if not found["rung"].notna().any():
        return _RUNGS[0]
    return choice.one(t("Rung"), "rung", _RUNGS, _rung_label, tabs=True)


def _rung_label(code: str) -> str:
    return t("Any rung") if code == _RUNGS[0] else ladder_labels.rung(int(code))


def answer(found: pd.DataFrame) -> str:
    """Say how many needs are unmet and how long the oldest has waited."""
    if found.empty:
        return t("No unmet need is recorded here; that is not the same as no need.")
    sentence = tn("{n} recorded need is unmet.", "{n} recorded needs are unmet.", len(found))
    ages = [age_days(iso, store.today()) for iso in found["evidence_date"]]
    known = [age for age in ages if age is not None]
    if not known:
        return sentence
    oldest = t("The oldest has waited for {age}.", age=labels.age(max(known)))
    return t("{count} {oldest}", count=sentence, oldest=oldest)


def waiting(viewer: Viewer) -> None:
    """List what waits for this viewer's answer, nearest date first."""
    asked = reads.waiting(viewer)
    if not asked:
        return
    with st.container(border=True):
        st.markdown(
            tn(
                "**{n} question waits for your answer**",
                "**{n} questions wait for your answer**",
                len(asked),
            )
        )
        for question in asked[:_MOST_QUESTIONS]:
            st.page_link(
                "pages/need.py",
                label=_question(question),
                icon=":material/reply:",
                query_params={**st.query_params.to_dict(), "need": str(question.need_id)},
            )


_MOST_QUESTIONS = 8


def _question(question: Waiting) -> str:
    whom = ladder_labels.who(question.entity or question.iso3 or "")
    return t(
        "{whom}, by {due}: {title}",
        whom=labels.plain(whom),
        due=labels.when(question.due_on.isoformat()),
        title=labels.titled(question.title, question.language),
    )


def needs(found: pd.DataFrame, scope: Scope, rung: str) -> None:
    """Show unmet needs as a table; the one that is picked is opened through the URL."""
    chosen = found if rung == _RUNGS[0] else found[found["rung"] == int(rung)]
    chosen = chosen.reset_index(drop=True)
    shown = kept.worked_out("unmet", lambda: _words(chosen), chosen)
    ladder = {"rung_name": t("Rung"), "due_on": t("Next answer due")}
    inside = ladder if chosen["rung"].notna().any() else {}
    row = tables.show(
        shown,
        {
            "title": t("Need"),
            "country": t("Countries"),
            "measure": t("Measure"),
            "age": t("Age"),
            **inside,
            "severity": t("Severity"),
            "state": t("State"),
            "code": t("Number"),
        },
        alt=t("Unmet needs, oldest first"),
        file="needs",
        filters=scope.params,
        key=f"unmet_{scope.slug}_{rung}_{current()}",
    )
    if row is None:
        st.caption(t("Pick a need to see its ladder and what it waits for."))
        return
    choice.put("need", [str(int(chosen["need_id"].iloc[row]))])
    st.rerun()


def _words(found: pd.DataFrame) -> pd.DataFrame:
    today = store.today()
    return found.assign(
        country=[labels.countries(joined) for joined in found["countries"]],
        severity=[labels.severity(code) for code in found["severity"]],
        age=[labels.age_since(iso, today) for iso in found["evidence_date"]],
        state=[labels.need_state(code) for code in found["state"]],
        rung_name=found["rung"].map(lambda r: ladder_labels.short_rung(int(r)), na_action="ignore"),
        due_on=found["due"].map(labels.when, na_action="ignore"),
    )
