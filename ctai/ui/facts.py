"""Facts of a record: short lines, its sources, and who changed what."""

import streamlit as st

from ctai.domain.activities import SourceRef
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.ui import labels, record_history, record_labels
from ctai.ui.language import t
from ctai.ui.store import requests as reads


def pairs(facts: dict[str, str]) -> None:
    """Write facts as short lines; unknown ones say so."""
    lines = [f"**{label}**: {text or t('not known')}" for label, text in facts.items()]
    st.markdown("  \n".join(lines))


def text(label: str, typed: str) -> None:
    """Write a longer text under its label, where there is one."""
    if typed:
        st.markdown(f"**{label}**")
        st.markdown(labels.plain(typed))


def sources(found: tuple[SourceRef, ...]) -> None:
    """List where a record was read, and where a source says otherwise."""
    if not found:
        st.caption(t("No source is given."))
        return
    st.markdown(f"**{t('Sources')}**")
    for source in found:
        st.markdown(f"- <{source.url}>")
        if source.claim_value:
            st.caption(
                t(
                    "This source disagrees: {field} is {value}.",
                    field=record_labels.field(source.claim_field),
                    value=labels.plain(source.claim_value),
                )
            )


def history(viewer: Viewer, kind: RecordKind, number: int) -> None:
    """Fold away who changed what in a record, newest first, for those who may see it."""
    if not viewer.may(Action.SEE_HISTORY):
        return
    record_history.fold(kind, reads.history(viewer, kind, number), t("History of the record"))
