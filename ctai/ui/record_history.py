"""The history of one record, folded under it: who changed what, when and why."""

import pandas as pd
import streamlit as st

from ctai.domain.kinds import RecordKind
from ctai.ui import labels, record_labels, tables
from ctai.ui.language import t


def table(kind: RecordKind, found: pd.DataFrame, alt: str) -> None:
    """List a record's changes, fields and values in the visitor's words."""
    names = [str(name) for name in found["field"]]
    shown = found.assign(
        when=[labels.moment(moment) for moment in found["at"]],
        what=[record_labels.field(name) for name in names],
        old=values(kind, names, found["old"]),
        new=values(kind, names, found["new"]),
    )
    tables.show(
        shown,
        {
            "when": t("When"),
            "actor": t("Who"),
            "what": t("What"),
            "old": t("Before"),
            "new": t("After"),
            "why": t("Why"),
        },
        alt=alt,
    )


def fold(kind: RecordKind, found: pd.DataFrame, alt: str, told: str = "") -> None:
    """Fold a record's changes away under one line; `told` stands above them."""
    with st.expander(t("History: who changed what, when and why"), icon=":material/history:"):
        if told:
            st.caption(told)
        table(kind, found, alt)


def values(kind: RecordKind, names: list[str], texts: "pd.Series[str]") -> list[str]:
    """Write the values of some fields of a record."""
    return [record_labels.value(kind, *pair) for pair in zip(names, texts, strict=True)]
