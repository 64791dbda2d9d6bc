"""The shell of every page: the front door, the menu, the language, and who may open what."""

import logging
import secrets
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ctai.domain.looking_back import READING
from ctai.domain.looking_back import looking_back as without_writing
from ctai.domain.roles import Action, Viewer
from ctai.i18n import mark
from ctai.settings import ROOT
from ctai.ui import language, looking_back, session, store
from ctai.ui.language import t
from ctai.ui.store import upkeep

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """A page of the menu; `needs` is what one must be allowed to do to open it.

    A page `of_today` changes something, or tells of what has no past.
    """

    title: str
    icon: str
    needs: Action | None = None
    is_of_today: bool = False

    @property
    def of_today(self) -> bool:
        """Tell whether the page can't be shown as of a day gone by."""
        return self.is_of_today or (self.needs is not None and self.needs not in READING)


PAGES: dict[str, Place] = {
    "overview": Place(mark("Overview"), ":material/dashboard:"),
    "briefing": Place(mark("Briefing"), ":material/slideshow:"),
    "briefings": Place(
        mark("Issued briefings"), ":material/inventory_2:", Action.EXPORT, is_of_today=True
    ),
    "country_map": Place(mark("Country map"), ":material/public:"),
    "pillar_heatmap": Place(mark("Pillar heatmap"), ":material/grid_on:"),
    "gap_matrix": Place(mark("Gap matrix"), ":material/apps:"),
    "need": Place(mark("Needs"), ":material/stairs:"),
    "country": Place(mark("Country profile"), ":material/flag:"),
    "activities": Place(mark("Activities"), ":material/list_alt:"),
    "history": Place(mark("History"), ":material/history:", Action.SEE_HISTORY),
    "request": Place(mark("Requests"), ":material/mail:"),
    "assessment": Place(mark("Assessments"), ":material/fact_check:"),
    "funding_request": Place(mark("Funding request"), ":material/request_quote:"),
    "pipeline": Place(mark("Funding pipeline"), ":material/view_kanban:"),
    "what_if": Place(mark("What if"), ":material/balance:"),
    "plan": Place(mark("Action plan"), ":material/checklist:"),
    "resources": Place(mark("Resource mobilization"), ":material/payments:"),
    "waiting": Place(mark("Waiting for you"), ":material/inbox:"),
    "chasing": Place(mark("Chasing"), ":material/campaign:", Action.SEE_UN_SYSTEM),
    "enter": Place(mark("Quick entry"), ":material/edit_note:", Action.ENTER),
    "exchange": Place(mark("Exchange"), ":material/sync_alt:", Action.IMPORT),
    "calendar": Place(mark("Working days"), ":material/calendar_month:", Action.MANAGE_RULES),
    "review": Place(mark("Review"), ":material/rate_review:", Action.CONFIRM),
    "overlaps": Place(
        mark("Overlaps"), ":material/join_inner:", Action.SEE_UN_SYSTEM, is_of_today=True
    ),
    "people": Place(mark("People"), ":material/group:", Action.MANAGE_USERS),
    "account": Place(mark("Your account"), ":material/account_circle:", is_of_today=True),
    "about": Place(mark("About"), ":material/info:"),
}
"""Pages by file stem, which is the URL; the first is at / as well."""

MENU = {
    mark("The picture"): (
        "overview",
        "briefing",
        "briefings",
        "country_map",
        "pillar_heatmap",
        "gap_matrix",
        "country",
        "activities",
    ),
    mark("From need to delivery"): (
        "need",
        "request",
        "assessment",
        "funding_request",
        "pipeline",
        "what_if",
        "plan",
        "resources",
    ),
    mark("Keep it true"): (
        "waiting",
        "enter",
        "exchange",
        "review",
        "overlaps",
        "chasing",
        "history",
    ),
    mark("This system"): ("people", "calendar", "account", "about"),
}
"""The menu: its headings, and the pages under each, in their order."""

_frame: ContextVar[Viewer | None] = ContextVar("frame", default=None)


def main() -> None:
    """Run the page that the visitor asks for inside the frame, or show the front door instead."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return
    st.set_page_config(layout="wide")
    with language.settled(), store.steady():
        _open()


def _open() -> None:
    pages = {stem: _page(stem) for stem in PAGES}
    # Every page is registered for everybody and opens its own lock in enter(): a link that
    # somebody may not follow says so, where an unregistered page would just be another one.
    chosen = st.navigation(list(pages.values()), position="hidden")
    language.use()
    session.keep_cookie()
    viewer = session.viewer()
    if viewer is None:
        _front_door()
        return
    inside = _frame.set(viewer)
    menu = st.sidebar.empty()
    asked = _menu(menu, pages, viewer)
    _visitor(viewer)
    looking_back.banner()
    try:
        chosen.run()
    finally:
        _frame.reset(inside)
        if st.query_params.to_dict() != asked:
            _menu(menu, pages, viewer)


def enter(file: str) -> Viewer:
    """Open a page: the first statement of each of them, with its `__file__`.

    Streamlit runs a page's file on its own after a cold start: it is sent round to the front
    door. Whoever may not open the page reads so.
    """
    viewer = _frame.get()
    if viewer is None:
        main()
        st.stop()
    place = PAGES[Path(file).stem]
    if place.needs is not None and not viewer.may(place.needs):
        st.title(t(place.title), anchor=False)
        st.error(t("Your role does not open this page."), icon=":material/lock:")
        st.stop()
    if not store.asked_day():
        return viewer
    if place.of_today:
        st.title(t(place.title), anchor=False)
        st.info(t("This page is of today only: nothing can be changed on a day gone by."))
        st.stop()
    return without_writing(viewer)


def report(error: Exception) -> bool:
    """Show a reference in place of an error; the log has the rest under the same reference."""
    reference = secrets.token_hex(4)
    _log.error("page error %s", reference, exc_info=error)
    st.error(
        t(
            "Something went wrong on our side, and this page is not complete. "
            "Please tell an administrator this reference: {reference}",
            reference=reference,
        )
    )
    return True


def _page(stem: str) -> st.Page:
    place = PAGES[stem]
    return st.Page(
        ROOT / "pages" / f"{stem}.py",
        title=t(place.title),
        url_path=stem,
        default=stem == next(iter(PAGES)),
    )


def _front_door() -> None:
    with st.container(width=420):
        st.title(t("Sign in to ctai"), anchor=False)
        language.switch()
        if session.nobody_yet():
            st.info(t("No account exists yet. Whoever runs this server makes the first one with:"))
            st.code("python -m ctai user add NAME --role administrator", language=None)
        session.form()


def _menu(
    slot: st.delta_generator.DeltaGenerator, pages: dict[str, st.Page], viewer: Viewer
) -> dict[str, str]:
    """Link the pages this viewer may open; the links carry the filters, which are returned.

    Streamlit's own menu drops the query on every click.
    """
    asked = st.query_params.to_dict()
    with slot.container(gap="small"):
        for heading, stems in MENU.items():
            shown = [stem for stem in stems if _is_shown(PAGES[stem], viewer)]
            if not shown:
                continue
            with st.container(gap="xxsmall"):
                st.caption(f"**{t(heading)}**")
                for stem in shown:
                    # A page's own icon would be its favicon too, which browsers fetch from afar.
                    st.page_link(
                        pages[stem],
                        label=_label(stem, viewer),
                        icon=PAGES[stem].icon,
                        query_params=asked,
                        width="stretch",
                    )
    return asked


def _is_shown(place: Place, viewer: Viewer) -> bool:
    """Tell whether a page is one to offer: open to the viewer, and on the day looked at."""
    is_open = place.needs is None or viewer.may(place.needs)
    return is_open and not (store.asked_day() and place.of_today)


def _label(stem: str, viewer: Viewer) -> str:
    """Name a page in the menu; the one of what waits says how much does."""
    waiting = len(upkeep.waiting(viewer)) if stem == "waiting" else 0
    return t("Waiting for you ({n})", n=waiting) if waiting else t(PAGES[stem].title)


def _visitor(viewer: Viewer) -> None:
    with st.sidebar:
        language.switch()
        looking_back.choose()
        role = t(session.ROLE_NAMES[viewer.role])
        st.caption(t("{username}, signed in as: {role}", username=viewer.username, role=role))
        session.sign_out_button()
