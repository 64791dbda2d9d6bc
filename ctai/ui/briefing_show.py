"""A briefing on the screen of a meeting room: one view, the keys to turn it, where figures are
from."""

import streamlit as st

from ctai.briefings.document import Document
from ctai.briefings.views import View, entries
from ctai.i18n import direction
from ctai.settings import ROOT
from ctai.ui import briefing_html, choice, kept, labels
from ctai.ui.language import current, t

VIEW = "view"
"""The URL's parameter that names the view shown; without it the page is being prepared."""


def asked(views: tuple[View, ...]) -> int | None:
    """Give the view that the URL asks for, from 1; None while the page is prepared.

    A number beyond the last, as after another choice, is the last.
    """
    number = choice.number(VIEW)
    return None if number is None else min(max(number, 1), len(views))


def turn(number: int | None) -> None:
    """Show another view, or go back to preparing."""
    choice.put(VIEW, [] if number is None else [str(number)])


def show(document: Document, views: tuple[View, ...], number: int, subject: str) -> None:
    """Show a view over the whole screen; the row below names the subject and the day."""
    shown = views[number - 1]
    st.html(ROOT / "static" / "briefing.css")
    with st.container(key="briefing_show"):
        st.html(briefing_html.view(current(), shown, dark=kept.is_dark()))
        with st.container(key="briefing_bar", horizontal=True):
            _turns(number, len(views))
            date = labels.when(document.as_of)
            about = t("As of {date} · {subject}", date=date, subject=subject)
            position = f"{labels.number(number)} / {labels.number(len(views))}"
            st.html(briefing_html.sign(position, about))
            _origin(document, shown)
            st.button(
                t("Back to preparing"),
                key="briefing_back",
                icon=":material/close:",
                type="tertiary",
                on_click=turn,
                args=(None,),
            )
    # The first HTML of a page brings it as well; an address that is no page begins without it.
    st.html('<script src="./app/static/briefing.js"></script>', unsafe_allow_javascript=True)


def _turns(number: int, last: int) -> None:
    """Offer the other views; the arrows point where reading goes."""
    back, on = ("left", "right") if direction(current()) == "ltr" else ("right", "left")
    begin, end = ("first", "last") if direction(current()) == "ltr" else ("last", "first")
    buttons = (
        ("first", t("First view"), f"{begin}_page", 1),
        ("previous", t("Previous view"), f"chevron_{back}", number - 1),
        ("next", t("Next view"), f"chevron_{on}", number + 1),
        ("last", t("Last view"), f"{end}_page", last),
    )
    with st.container(key="briefing_turns", horizontal=True):
        for name, label, icon, target in buttons:
            st.button(
                label,
                key=f"briefing_{name}",
                icon=f":material/{icon}:",
                type="tertiary",
                disabled=not 1 <= target <= last or target == number,
                on_click=turn,
                args=(target,),
            )


def _origin(document: Document, shown: View) -> None:
    """Tell on demand where each figure of the view comes from."""
    found = entries(document, shown)
    if not found:
        return
    with st.popover(t("Where from"), icon=":material/info:", type="tertiary", width="content"):
        st.html(briefing_html.ledger(found, t("Question"), t("Records")))
