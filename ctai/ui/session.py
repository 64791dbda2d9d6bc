"""Who the visitor is; the only file that knows the login library.

streamlit-authenticator writes and removes the cookie, and no more. Its form wants every user's
hash in memory on every anonymous run, answers faster for unknown users, forgets its attempt
counter between runs, and its tokens outlive a sign-out: form, check and token are our own.
Nothing here is remembered between runs: a token is held against the database on each of them.
"""

from datetime import UTC, datetime
from typing import cast

import streamlit as st

from ctai import db
from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Role, Viewer
from ctai.i18n import mark
from ctai.queries import users
from ctai.services import set_password, sign_in
from ctai.settings import settings
from ctai.ui.language import PARAMETER, t

ROLE_NAMES: dict[Role, str] = {
    Role.VIEWER: mark("Viewer"),
    Role.DESK_OFFICER: mark("Desk officer"),
    Role.FOCAL_POINT: mark("Focal point"),
    Role.COUNTERPART: mark("Counterpart"),
    Role.DONOR: mark("Donor"),
    Role.ADMINISTRATOR: mark("Administrator"),
}

TOKEN = "session_token"  # noqa: S105  # the key it is kept under
UNWRITTEN = "session_cookie_unwritten"
REFUSED = "sign_in_refused"
_WRITTEN = "session_cookie_written_{}"


def viewer() -> Viewer | None:
    """Tell who is signed in, as the database has it now; None for nobody."""
    tokens = (st.session_state.get(TOKEN), st.context.cookies.get(sign_in.COOKIE))
    with db.reading(db.shared_engine(settings().database_url)) as session:
        return next(
            (
                found
                for token in tokens
                if token and (found := sign_in.viewer_of_token(session, settings(), token))
            ),
            None,
        )


def nobody_yet() -> bool:
    """Tell whether no account exists that could make others."""
    with db.reading(db.shared_engine(settings().database_url)) as session:
        return users.administrators(session) == 0


def form() -> None:
    """Ask for username and password."""
    with st.form("sign_in"):
        st.text_input(
            t("Username"), key="sign_in_username", autocomplete="username", placeholder=""
        )
        st.text_input(
            t("Password"),
            key="sign_in_password",
            type="password",
            autocomplete="current-password",
            placeholder="",
        )
        st.form_submit_button(t("Sign in"), type="primary", on_click=_submitted)
    if st.session_state.pop(REFUSED, False):
        st.error(
            t(
                "Username and password do not match an account that may sign in. After {attempts} "
                "wrong passwords an account stays locked for {minutes} minutes.",
                attempts=settings().attempts,
                minutes=settings().lock_minutes,
            )
        )


def sign_out_button() -> None:
    """Show the way out."""
    st.button(
        t("Sign out"),
        icon=":material/logout:",
        on_click=_left,
        help=t("Ends your visit on every device."),
        key="sign_out",
    )


def change_password(old: str, new: str) -> None:
    """Set the visitor's own password and stay signed in here only; raise Refused with reasons.

    A wrong old password counts as one at the sign-in does.
    """
    author = viewer()
    if author is None:
        raise Refused([Fault("You are no longer signed in.")])
    engine = db.shared_engine(settings().database_url)
    if sign_in.sign_in(engine, settings(), author.username, old) is None:
        raise Refused([Fault("The present password is not right.", "old")])
    with db.transaction(engine) as session:
        set_password.set_password(session, author, author.username, old, new)
    _begin(author)


def keep_cookie() -> None:
    """Have the browser write or remove the cookie, until it says that it did."""
    unwritten = cast(str | None, st.session_state.get(UNWRITTEN))
    if unwritten is None:
        return
    key = _WRITTEN.format("on" if unwritten else "off")
    if st.session_state.get(key):
        del st.session_state[UNWRITTEN]
        return
    # Only now: the library's cookie page is served by the runtime that runs when it is imported,
    # and this module is imported before there is one.
    from streamlit_authenticator.controllers import CookieController

    lifetime = sign_in.lifetime(settings())
    controller = CookieController(
        sign_in.COOKIE, settings().cookie_key, lifetime.total_seconds() / 86_400
    )
    expires = datetime.now(UTC) + lifetime if unwritten else datetime.fromtimestamp(0, UTC)
    # Not controller.set_cookie(): it cannot say Secure, and reads the server's clock as local.
    controller.cookie_model.cookie_manager.set(
        sign_in.COOKIE,
        unwritten,
        key=key,
        expires_at=expires,
        secure=settings().secure_cookie,
        same_site="strict",
    )


def _submitted() -> None:
    engine = db.shared_engine(settings().database_url)
    username = str(st.session_state.get("sign_in_username", ""))
    password = str(st.session_state.get("sign_in_password", ""))
    found = sign_in.sign_in(engine, settings(), username, password)
    if found is None:
        st.session_state[REFUSED] = True
    else:
        _forget()
        _begin(found)


def _begin(found: Viewer) -> None:
    token = sign_in.token_for(settings(), found)
    st.session_state[TOKEN] = st.session_state[UNWRITTEN] = token


def _left() -> None:
    leaving = viewer()
    if leaving is not None:
        with db.transaction(db.shared_engine(settings().database_url)) as session:
            sign_in.sign_out(session, leaving)
    _forget()
    st.session_state[UNWRITTEN] = ""


def _forget() -> None:
    """Leave nothing of one visitor to the next one in the same browser tab; but the language."""
    for key in list(st.session_state):
        if key != PARAMETER:
            del st.session_state[key]
