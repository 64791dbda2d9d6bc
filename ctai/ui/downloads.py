"""Downloads: links to files that the server writes after checking who asks."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from ctai.ui import store
from ctai.ui.language import current, t


def link(file: str, filters: Mapping[str, str]) -> None:
    """Offer a table as CSV, of exactly what is on the screen."""
    query = urlencode({"lang": current(), **filters, **store.asked_day()}, safe=",")
    st.link_button(
        t("Download as CSV"),
        f"./download/{file}.csv?{query}",
        icon=":material/download:",
        type="tertiary",
    )


def workbook(file: str, filters: Mapping[str, str]) -> None:
    """Offer a table as a workbook, with a sheet that explains it."""
    query = urlencode({"lang": current(), **filters}, safe=",")
    st.link_button(
        t("Download as XLSX"),
        f"./download/{file}.xlsx?{query}",
        icon=":material/download:",
        type="tertiary",
    )


def template(entity: str) -> None:
    """Offer an entity's records as a workbook to be filled in and brought back."""
    st.link_button(
        t("Download the template of {entity}", entity=entity),
        f"./download/template.xlsx?{urlencode({'lang': current(), 'entity': entity})}",
        icon=":material/download:",
        type="tertiary",
    )


def refused(name: str) -> None:
    """Offer the refused lines of somebody's own file, by the name under which they are kept."""
    st.link_button(
        t("Download the refused rows"),
        f"./download/refused/{name}.csv?{urlencode({'lang': current()})}",
        icon=":material/download:",
        type="tertiary",
    )


def briefing(asked: Mapping[str, str]) -> None:
    """Offer a briefing as a document in each format, of what is asked for."""
    query = urlencode(asked, safe=",")
    formats = {
        "pdf": t("Download as PDF"),
        "docx": t("Download as DOCX"),
        "pptx": t("Download as PPTX"),
    }
    with st.container(horizontal=True):
        for ending, label in formats.items():
            st.link_button(
                label,
                f"./download/briefing.{ending}?{query}",
                icon=":material/download:",
                type="tertiary",
            )


def briefing_again(number: int) -> None:
    """Offer a briefing that was issued once more, in its own language and format."""
    st.link_button(
        t("Download it again"),
        f"./download/briefing/{number}?{urlencode({'lang': current()})}",
        icon=":material/download:",
        type="primary",
    )
