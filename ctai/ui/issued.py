"""Issued briefings: a list of those that one may see, and each of them opened."""

import pandas as pd
import streamlit as st

from ctai.briefings.build import AUDIENCES
from ctai.briefings.issued import DIFFERS, NOT_OPEN
from ctai.domain.briefing import Audience, Briefing, Issued, audience_faults
from ctai.domain.faults import Fault, Refused
from ctai.domain.looking_back import PARAMETER as AS_OF
from ctai.domain.roles import Role, Viewer
from ctai.ui import (
    briefing_abouts,
    choice,
    downloads,
    facts,
    labels,
    notices,
    pager,
    record_links,
    store,
    tables,
)
from ctai.ui.language import NAMES, current, t
from ctai.ui.store import briefings

OPENED = "issued"
"""The URL's parameter that names the briefing that is open."""
PAGE = "issued_page"
ROWS_A_PAGE = 50
SHORT_HASH = 8
"""Characters of a hash by which a list tells two apart; the whole stands where one is open."""


def link() -> None:
    """Lead to what was issued; a day looked back at stays behind, since the list has no past."""
    st.page_link(
        "pages/briefings.py",
        label=t("Issued briefings"),
        icon=":material/inventory_2:",
        query_params={name: text for name, text in record_links.query().items() if name != AS_OF},
    )


def page(viewer: Viewer) -> tuple[tuple[Issued, ...], int, bool]:
    """Give a page of issued briefings, its number, and whether older ones follow."""
    number = pager.page_number(PAGE)
    # One more than is shown tells whether there is a next page.
    found = briefings.listed(viewer, ROWS_A_PAGE + 1, (number - 1) * ROWS_A_PAGE)
    return found[:ROWS_A_PAGE], number, len(found) > ROWS_A_PAGE


def answer(found: tuple[Issued, ...], number: int) -> str:
    """Say when the newest briefing that is listed was issued."""
    if not found:
        return t("There is nothing to show here.")
    moment = labels.moment(found[0].at)
    if number > 1:
        return t("Older briefings, from {moment} back.", moment=moment)
    return t("The newest was issued {moment}.", moment=moment)


def rows(viewer: Viewer, found: tuple[Issued, ...], number: int) -> None:
    """List briefings; a picked one is opened through the URL."""
    if viewer.role in (Role.ADMINISTRATOR, Role.DESK_OFFICER):
        st.caption(
            t("You see your own briefings, and those of others that you may issue yourself.")
        )
    else:
        st.caption(t("You see the briefings that you downloaded yourself."))
    if not found:
        _nothing(number)
        return
    # The one that is open names the table: closing it unticks its row, or it would open again.
    opened = st.query_params.get(OPENED, "")
    picked = tables.show(
        pd.DataFrame([_row(viewer, one) for one in found]),
        {
            "number": t("No."),
            "issued": t("Issued"),
            "about": t("Subject"),
            "reader": t("For"),
            "by_whom": t("By"),
            "told_of": t("As of"),
            "compared": t("Compared with"),
            "written": t("File"),
            "digest": t("Hash"),
        },
        alt=t("Issued briefings"),
        key=f"issued_{number}_{current()}_{opened}",
    )
    if picked is not None and opened != str(found[picked].number):
        choice.put(OPENED, [str(found[picked].number)])
        st.rerun()


def _nothing(number: int) -> None:
    """Say why nothing is listed, and lead to where a briefing is made."""
    if number > 1:
        return
    st.info(
        t("A briefing stands here as soon as it is downloaded as a document."),
        icon=":material/inventory_2:",
    )
    st.page_link(
        "pages/briefing.py",
        label=t("Prepare a briefing"),
        icon=":material/slideshow:",
        query_params=record_links.query(),
    )


def turns(number: int, more: bool) -> None:
    """Turn to newer and older briefings."""
    pager.show(
        PAGE,
        number,
        back=t("Newer briefings"),
        on=t("Older briefings"),
        position=t("Page {page}", page=labels.number(number)),
        more=more,
    )


def _row(viewer: Viewer, one: Issued) -> dict[str, object]:
    return {
        "number": one.number,
        "issued": labels.short_day(one.at.date()),
        "by_whom": one.by,
        "reader": _reader_in_short(one.asked),
        "about": _about(viewer, one.asked),
        "told_of": labels.short_day(one.asked.as_of),
        "compared": labels.short_day(one.asked.since) if one.asked.since else None,
        "written": _written(one),
        "digest": one.digest[:SHORT_HASH],
    }


def _reader_in_short(asked: Briefing) -> str:
    """Name who reads in the width of a column: an entity by its acronym alone."""
    if asked.audience is Audience.EXECUTIVE:
        return t("Executive Office")
    return asked.entity if asked.audience is Audience.ENTITY and asked.entity else _reader(asked)


def _reader(asked: Briefing) -> str:
    audience = t(AUDIENCES[asked.audience])
    return labels.joined([audience, asked.entity]) if asked.entity else audience


def _about(viewer: Viewer, asked: Briefing) -> str:
    """Name what a briefing is about; what is no longer known stands for itself."""
    if asked.visit is not None and asked.visit in briefing_abouts.visits(viewer):
        return briefing_abouts.subject(viewer, asked)
    if asked.visit is not None:
        return t("Visit {number}", number=asked.visit)
    known = store.regions(viewer)
    named = [labels.country(one) if one in known else one for one in asked.scope.country]
    named += [labels.pillar(one) for one in asked.scope.pillar]
    return labels.joined(named) if named else t("All partner States")


def _written(one: Issued) -> str:
    return labels.joined([one.format.upper(), NAMES.get(one.asked.lang, one.asked.lang)])


def show(viewer: Viewer, number: int) -> None:
    """Show an issued briefing that the URL names, whole, and the ways to its file."""
    one = briefings.issued(viewer, number)
    if one is None:
        st.warning(t(NOT_OPEN, seen=labels.number(number)))
        return
    with st.container(border=True):
        about = labels.plain(_about(viewer, one.asked))
        title = t("Briefing {number} · {about}", number=labels.number(number), about=about)
        st.header(title, anchor=False)
        reasons = audience_faults(one.asked, viewer)
        is_asked = _ways(one, reasons)
        left, right = st.columns(2)
        with left:
            _facts(one)
        with right:
            _hash(t("Content hash"), one.digest)
            if is_asked:
                _compare(viewer, one)


def _facts(one: Issued) -> None:
    since = one.asked.since
    facts.pairs(
        {
            t("Issued"): labels.moment(one.at),
            t("By"): labels.plain(one.by),
            t("For"): labels.plain(_reader(one.asked)),
            t("As of"): labels.when(one.asked.as_of.isoformat()),
            t("Compared with"): labels.when(since.isoformat()) if since else t("no day"),
            t("File"): _written(one),
        }
    )


def _hash(label: str, digest: str) -> None:
    st.caption(label)
    st.code(digest, language=None, wrap_lines=True)


def _ways(one: Issued, reasons: tuple[Fault, ...]) -> bool:
    """Offer the file, or say why it is not open; tell whether to look if it is still the same."""
    for fault in reasons:
        st.warning(notices.sentence(fault), icon=":material/lock:")
    is_asked = False
    with st.container(horizontal=True, vertical_alignment="center"):
        if not reasons:
            downloads.briefing_again(one.number)
            is_asked = st.button(t("Is it still the same?"), icon=":material/fingerprint:")
        record_links.close_button()
    return is_asked


def _compare(viewer: Viewer, one: Issued) -> None:
    """Build it again and tell whether it still says what was issued."""
    try:
        with st.spinner(t("Reading the records …")):
            again = briefings.reopened(viewer, one.number)
    except Refused as refusal:
        for fault in refusal.faults:
            st.warning(notices.sentence(fault), icon=":material/lock:")
        return
    if again.is_same:
        st.success(t("It is what was issued, by its content hash."), icon=":material/check:")
        return
    date = labels.when(one.at.date().isoformat())
    st.warning(t(DIFFERS, date=date), icon=":material/difference:")
    _hash(t("Content hash of what is open today"), again.document.digest)
