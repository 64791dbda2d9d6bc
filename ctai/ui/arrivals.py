"""Bringing a file in on the screen: rehearse, tell what is wrong and where, then store the rest."""

import io
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import streamlit as st

from ctai.domain.arrivals import Arrival
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Viewer, Visibility
from ctai.exchange.tables_in import FileUnusable
from ctai.files.incoming import Incoming
from ctai.i18n import column_wording
from ctai.ui import downloads, labels, notices, tables, writes
from ctai.ui.language import current, t, tn
from ctai.ui.store import arrived as reads


def show(viewer: Viewer) -> None:
    """Take a file, rehearse it, and offer to store what is good in it."""
    left, right = st.columns(2)
    with left:
        file = st.file_uploader(
            t("CSV or XLSX file of records or of needs, tagged list, or IATI file of activities"),
            type=["csv", "tsv", "txt", "xlsx", "xml"],
            key="arrival",
        )
    with right:
        level = Visibility(
            st.selectbox(
                t("Who may see these records"),
                [Visibility.UN_SYSTEM, Visibility.RESTRICTED, Visibility.PUBLIC],
                format_func=labels.visibility,
                placeholder="",
            )
        )
    with st.expander(t("Which columns?"), icon=":material/help:"):
        _columns()
    if viewer.entity is not None:
        downloads.template(viewer.entity)
    if file is None:
        return
    content = file.getvalue()
    try:
        said = _meanings(viewer, _incoming(file.name, content, level))
        arrival = writes.rehearse(viewer, _incoming(file.name, content, level, said))
    except FileUnusable as unusable:
        notices.refused([unusable.fault])
        return
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    _told(arrival)
    if arrival.refused:
        incoming = _incoming(file.name, content, level, said)
        name = writes.refused_rows(viewer, incoming, arrival, current())
        if name:
            downloads.refused(name)
    good = arrival.new + arrival.changed + arrival.waiting
    if good:
        st.button(
            tn("Send {n} good record for review", "Send {n} good records for review", good)
            if arrival.waiting
            else tn("Store {n} good record", "Store {n} good records", good),
            type="primary",
            icon=":material/send:" if arrival.waiting else ":material/save:",
            on_click=_store,
            args=(viewer, file.name, content, level, said),
        )


def _columns() -> None:
    st.markdown(
        t(
            "Activities, assessments and requests: title, entity, country_iso3, pillar, measure, "
            "kind, status, start_date, end_date, budget, currency, donor, location, source_url."
        )
    )
    st.markdown(
        t(
            "Needs: need_id, country_iso3, measure, title, severity, wanted_by, evidence_kind, "
            "evidence_body, evidence_title, evidence_date, evidence_ref, state_as_of_source, "
            "disclosed, source_url, note."
        )
    )


def _told(arrival: Arrival) -> None:
    """Say what the rehearsal found."""
    st.markdown(
        t(
            "New: {new}. Changed: {changed}. For review: {waiting}. Known already: {known}. "
            "Offered values: {offered}. Refused: {refused}.",
            new=labels.number(arrival.new),
            changed=labels.number(arrival.changed),
            waiting=labels.number(arrival.waiting),
            known=labels.number(arrival.known),
            offered=labels.number(arrival.offered),
            refused=labels.number(arrival.refused),
        )
    )
    if arrival.waiting:
        st.caption(
            t("What you bring in waits for review: it counts once a desk officer accepts it.")
        )
    for fault in arrival.remarks:
        if not fault.place:
            st.caption(notices.sentence(fault))
    if arrival.faults:
        _faults(arrival.faults, t("Refused rows with their reasons"))
    if arrival.remarks:
        told = tn(
            "{n} remark: the rest of its record is kept.",
            "{n} remarks: the rest of their records is kept.",
            len(arrival.remarks),
        )
        with st.expander(told, icon=":material/info:"):
            _faults(arrival.remarks, t("Remarks: what is left out or read otherwise"))


def _row(place: str) -> str:
    """Give the numbers of a place such as "rows 12, 14"."""
    return place.removeprefix("rows ").removeprefix("row ")


def _faults(faults: list[Fault], alt: str) -> None:
    shown = pd.DataFrame(
        [(_row(fault.place), fault.column, notices.sentence(fault)) for fault in faults],
        columns=["place", "column", "reason"],
    )
    tables.show(
        shown,
        {"place": t("Row"), "column": t("Column"), "reason": t("What is wrong, and the way out")},
        alt=alt,
    )


def _incoming(
    name: str, content: bytes, level: Visibility, said: Mapping[str, str] = MappingProxyType({})
) -> Incoming:
    return Incoming(name, io.BytesIO(content), level, meanings=said)


def _meanings(viewer: Viewer, incoming: Incoming) -> dict[str, str]:
    """Ask what the columns mean that are not known; "" for one to leave out."""
    unknown = writes.unknown_columns(viewer, incoming)
    if not unknown:
        return {}
    st.markdown(t("What do these columns mean? The answers are kept for the next file."))
    return {
        guess.header: st.selectbox(
            guess.header,
            ["", *dict.fromkeys((*guess.columns, *column_wording.COLUMNS))],
            format_func=_column_name,
            key=f"column_{guess.header}",
            placeholder="",
        )
        for guess in unknown
    }


def _column_name(code: str) -> str:
    return column_wording.column(current(), code) if code else t("Leave out")


def _store(
    viewer: Viewer, name: str, content: bytes, level: Visibility, said: Mapping[str, str]
) -> None:
    try:
        arrival = writes.bring(viewer, _incoming(name, content, level, said))
    except Refused as refusal:
        notices.refused(refusal.faults)
        return
    if arrival.waiting:
        notices.later(
            tn("{n} record waits for review.", "{n} records wait for review.", arrival.waiting)
        )
        return
    stored = arrival.new + arrival.changed
    notices.later(tn("{n} record stored.", "{n} records stored.", stored))


def past(viewer: Viewer) -> None:
    """List the newest files that came in; nothing where there are none."""
    found = reads.files(viewer)
    if found.empty:
        return
    st.header(t("Files that came in"), anchor=False)
    shown = found.assign(
        when=[labels.moment(at) for at in found["at"]],
        counted=[labels.number(int(n)) for n in found["records"]],
    )
    tables.show(
        shown,
        {
            "when": t("When"),
            "name": t("File"),
            "brought_by": t("Who"),
            "counted": t("Records new or changed"),
        },
        right=("counted",),
        alt=t("Files that came in, newest first"),
    )
