"""Accounts on the screen: one's own reach and password; for administrators, everybody's."""

import pandas as pd
import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.roles import Action, Extent, Role, Viewer
from ctai.i18n import mark
from ctai.ui import filters, labels, notices, session, store, tables, tokens, writes
from ctai.ui.language import t

_ACTIONS = {
    Action.SEE_PUBLIC: mark("See public records"),
    Action.SEE_UN_SYSTEM: mark("See records of the United Nations system"),
    Action.SEE_RESTRICTED: mark("See restricted records"),
    Action.SEE_HISTORY: mark("See who changed what"),
    Action.ENTER: mark("Enter records"),
    Action.AMEND: mark("Amend records"),
    Action.CONFIRM: mark("Confirm records"),
    Action.IMPORT: mark("Bring in files"),
    Action.EXPORT: mark("Download files"),
    Action.MANAGE_USERS: mark("Manage accounts"),
    Action.REVIEW_CHANGES: mark("Accept or return what others wrote"),
    Action.CLIMB: mark("Take a need up the ladder"),
    Action.ANSWER_CAPACITY: mark("Say what an entity can do about a need"),
    Action.ANSWER_CONSENT: mark("Answer for a State whether a need may be shared"),
    Action.OFFER: mark("Record an offer from outside"),
    Action.FILE_FUNDING: mark("Write and submit funding requests"),
    Action.REVIEW_FUNDING: mark("Review funding requests"),
    Action.RECORD_MONEY: mark("Record donors' money"),
    Action.PLAN: mark("Edit action plans"),
    Action.STATE_REPORTING: mark("Say that an entity has nothing to report"),
    Action.MANAGE_RULES: mark("Edit the calendar and who is trusted"),
}
_EXTENTS = {
    Extent.NONE: mark("no"),
    Extent.OWN: mark("own only"),
    Extent.ALL: mark("all"),
}


def reach(viewer: Viewer) -> None:
    """Show what one's role may do, and for which countries or entity."""
    if viewer.countries:
        countries = labels.joined(labels.country(iso3) for iso3 in sorted(viewer.countries))
        st.markdown(t("Your countries: {countries}", countries=countries))
    if viewer.entity:
        st.markdown(t("Your entity: {entity}", entity=labels.entity(viewer.entity)))
    rows = [(t(text), t(_EXTENTS[viewer.extent(action)])) for action, text in _ACTIONS.items()]
    shown = pd.DataFrame(rows, columns=[t("What"), t("How far")])
    st.table(shown, hide_index=True, border="horizontal", alt=t("What your role may do"))


def own_password() -> None:
    """Let somebody change their own password; all other visits end."""
    with st.form("own_password", width=420):
        st.header(t("Change your password"), anchor=False)
        old = st.text_input(
            t("Present password"), type="password", autocomplete="current-password", placeholder=""
        )
        new = st.text_input(
            t("New password, at least 12 characters"),
            type="password",
            autocomplete="new-password",
            placeholder="",
        )
        again = st.text_input(
            t("New password, once more"),
            type="password",
            autocomplete="new-password",
            placeholder="",
        )
        pressed = st.form_submit_button(t("Change password"), type="primary")
    if pressed and new != again:
        st.error(t("The two new passwords differ. Type the same one twice."))
    elif pressed:
        try:
            session.change_password(old, new)
        except Refused as refusal:
            notices.refused(refusal.faults)
        else:
            st.success(t("Your password is changed. Visits on other devices have ended."))


def people(viewer: Viewer, found: pd.DataFrame) -> None:
    """List the accounts, and let one be closed, opened or given a new password."""
    shown = found.assign(
        role=[labels.role(code) for code in found["role"]],
        named=[labels.countries(codes) for codes in found["countries"].fillna("")],
        open=found["active"].map({True: t("yes"), False: t("no")}),
    )
    row = tables.show(
        shown,
        {
            "username": t("Username"),
            "role": t("Role"),
            "named": t("Countries"),
            "entity": t("Entity"),
            "open": t("May sign in"),
        },
        alt=t("Accounts"),
        key="people",
    )
    if row is None:
        st.caption(t("Pick an account to close it or to give it a new password."))
        return
    picked = found.iloc[row]
    with st.container(horizontal=True):
        label = t("Close the account") if picked["active"] else t("Open the account")
        args = (viewer, picked["username"], not picked["active"])
        st.button(label, on_click=_set_active, args=args)
        st.button(t("Give a new password"), on_click=_reset, args=(viewer, str(picked["username"])))
    tokens.of_account(viewer, str(picked["username"]))


def _set_active(viewer: Viewer, username: str, active: bool) -> None:
    try:
        writes.set_active(viewer, username, active)
    except Refused as refusal:
        notices.refused(refusal.faults)


def _reset(viewer: Viewer, username: str) -> None:
    try:
        password = writes.reset_password(viewer, username)
    except Refused as refusal:
        notices.refused(refusal.faults)
    else:
        _told(username, password)


def _told(username: str, password: str) -> None:
    """Show a generated password, once."""
    st.success(t("The password of {name} is shown this once. Hand it over safely.", name=username))
    st.code(password, language=None)


def new(viewer: Viewer) -> None:
    """Let an administrator add an account."""
    with st.form("new_account", clear_on_submit=False, width=560):
        st.header(t("Add an account"), anchor=False)
        name = st.text_input(t("Username"), placeholder="", autocomplete="off")
        role = st.selectbox(t("Role"), list(Role), format_func=labels.role, placeholder="")
        countries = st.multiselect(
            t("Countries, for a desk officer or a counterpart"),
            filters.country_codes(viewer),
            format_func=labels.country,
            placeholder="",
            select_all=False,
        )
        entity = st.selectbox(
            t("Entity, for a focal point"),
            list(store.entities(viewer)),
            index=None,
            format_func=labels.entity,
            placeholder="",
        )
        pressed = st.form_submit_button(t("Add"), type="primary")
    if pressed:
        try:
            password = writes.add_account(viewer, name, role, countries, entity)
        except Refused as refusal:
            notices.refused(refusal.faults)
        else:
            _told(name, password)
