"""Tokens on the screen: made, shown once, listed by their beginning, and revoked."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.roles import Viewer
from ctai.domain.tokens import LONGEST_DAYS, USUAL_DAYS, Token, TokenState
from ctai.i18n import mark
from ctai.ui import labels, notices, tables
from ctai.ui.language import t
from ctai.ui.store import tokens
from ctai.ui.writes import tokens as writes

_STATES = {
    TokenState.VALID: mark("Valid"),
    TokenState.EXPIRED: mark("Expired"),
    TokenState.REVOKED: mark("Revoked"),
}


def own(viewer: Viewer) -> None:
    """Let somebody make tokens of their own, and revoke them."""
    st.header(t("Tokens"), anchor=False)
    st.markdown(
        t(
            "With a token a spreadsheet or a program reads the lists as far as you may see, "
            "without your password. Excel and Power BI take it as the password of a web source."
        )
    )
    _new(viewer)
    _listed(viewer, tokens.owned(viewer), "own_tokens")


def of_account(viewer: Viewer, username: str) -> None:
    """Show an account's tokens to an administrator, who may revoke them."""
    found = tokens.of_account(viewer, username)
    if found:
        st.markdown(t("Tokens of {name}:", name=username))
        _listed(viewer, found, f"tokens_of_{username}")


def _new(viewer: Viewer) -> None:
    with st.form("new_token", clear_on_submit=True, width=420):
        name = st.text_input(
            t("What the token is for, such as Power BI"), placeholder="", autocomplete="off"
        )
        days = st.number_input(
            t("Days until it expires"), 1, LONGEST_DAYS, USUAL_DAYS, placeholder=""
        )
        pressed = st.form_submit_button(t("Make a token"), type="primary")
    if pressed:
        try:
            secret = writes.make(viewer, name, int(days))
        except Refused as refusal:
            notices.refused(refusal.faults)
        else:
            st.success(t("The token is shown this once. Keep it like a password."))
            st.code(secret, language=None)


def _listed(viewer: Viewer, found: Sequence[Token], key: str) -> None:
    if not found:
        return
    now = datetime.now(UTC)
    states = [one.state(now) for one in found]
    shown = pd.DataFrame(
        {
            "name": [labels.plain(one.name) for one in found],
            "hint": [f"{one.hint}…" for one in found],
            "open": [t(_STATES[state]) for state in states],
            "until": [labels.moment(one.expires_at) for one in found],
            "used": [labels.moment(one.used_at) if one.used_at else t("never") for one in found],
        }
    )
    headings = {
        "name": t("Token"),
        "hint": t("Begins with"),
        "open": t("State"),
        "until": t("Expires"),
        "used": t("Last used"),
    }
    row = tables.show(shown, headings, alt=t("Tokens"), key=key)
    if row is None:
        st.caption(t("Pick a token to revoke it."))
    elif states[row] is TokenState.VALID:
        args = (viewer, found[row].number)
        st.button(t("Revoke"), on_click=_revoke, args=args, key=f"{key}_revoke")


def _revoke(viewer: Viewer, number: int) -> None:
    try:
        writes.revoke(viewer, number)
    except Refused as refusal:
        notices.refused(refusal.faults)
    else:
        notices.later(t("The token is revoked."))
