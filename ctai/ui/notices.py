"""Notices: refusals with every reason, and confirmations that survive a rerun."""

from collections.abc import Iterable

import streamlit as st

from ctai.domain.faults import Fault
from ctai.ui.language import t

_LATER = "notice_later"


def sentence(fault: Fault) -> str:
    """Write a fault in the visitor's language."""
    return t(fault.message, **fault.places)


def refused(faults: Iterable[Fault]) -> None:
    """Show every reason of a refusal at once; what was typed stays where it is."""
    st.error(
        "\n".join(
            [t("Nothing was stored yet. Please mend:"), ""]
            + [f"- {sentence(fault)}" for fault in faults]
        ),
        icon=":material/error:",
    )


def later(message: str) -> None:
    """Keep a confirmation for after the rerun that shows its effect."""
    st.session_state[_LATER] = message


def show_kept() -> None:
    """Show what was kept, once."""
    message = st.session_state.pop(_LATER, "")
    if message:
        st.toast(message, icon=":material/check:")
