"""Values that files offer for those that people have set: side by side, each decided by a press."""

from typing import Any

import streamlit as st

from ctai.domain.arrivals import OfferState
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.i18n import mark
from ctai.ui import labels, notices, record_labels, record_links
from ctai.ui.language import t, tn
from ctai.ui.store import arrived as reads
from ctai.ui.writes import arrived as writes

MOST = 20
"""Offers shown at once: who has more decides on these first."""

_FIELDS = {"participants": "entities", "parts": "dates"}
"""Names of values whose field in the history is called otherwise."""
_TEXT = mark("Title and description ({language})")


def show(viewer: Viewer) -> None:
    """List the offers that wait for the viewer; nothing where there are none."""
    found = reads.offers(viewer)
    if found.empty:
        return
    st.header(
        tn("{n} value is offered by a file", "{n} values are offered by files", len(found)),
        anchor=False,
    )
    st.caption(
        t(
            "A person has set these values, and a file says otherwise since. "
            "Ours stay until somebody decides."
        )
    )
    for row in found.head(MOST).itertuples():
        _offer(viewer, row)


def _offer(viewer: Viewer, row: Any) -> None:
    kind = RecordKind(str(row.kind))
    with st.container(border=True):
        record_links.to_record(kind, int(row.record_id), labels.plain(str(row.title)))
        st.caption(
            t(
                "{field}, offered by {file} ({place}) on {moment}",
                field=_named(str(row.field)),
                file=labels.plain(str(row.file)),
                place=labels.plain(str(row.place)),
                moment=labels.moment(row.at),
            )
        )
        ours, theirs = st.columns(2)
        for column, title, text in (
            (ours, t("Ours"), str(row.ours)),
            (theirs, t("The file's"), str(row.theirs)),
        ):
            with column:
                st.markdown(f"**{title}**")
                st.markdown(labels.plain(text) or "–")
        with st.container(horizontal=True):
            for to, label, icon in (
                (OfferState.TAKEN, t("Take the file's value"), ":material/check:"),
                (OfferState.LEFT, t("Keep ours"), ":material/close:"),
            ):
                st.button(
                    label,
                    icon=icon,
                    key=f"offer_{row.offer_id}_{to}",
                    on_click=_decide,
                    args=(viewer, int(row.offer_id), to),
                )


def _named(value: str) -> str:
    head, _, language = value.partition(".")
    if head == "texts":
        return t(_TEXT, language=language)
    return record_labels.field(_FIELDS.get(value, value))


def _decide(viewer: Viewer, number: int, to: OfferState) -> None:
    try:
        writes.decide(viewer, number, to)
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    taken = to is OfferState.TAKEN
    notices.later(t("The file's value is taken.") if taken else t("Ours is kept."))
