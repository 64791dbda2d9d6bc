"""Overlaps on the screen: two activities side by side, what speaks for it, and a decision."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.overlap import Candidate, Judgement
from ctai.domain.roles import Action, Viewer
from ctai.i18n import numbers
from ctai.ui import labels, ladder_labels, notices, overlap_labels, pager, record_links, store
from ctai.ui.language import current, t
from ctai.ui.store import overlap
from ctai.ui.writes import overlap as writes

SHOWN = 10
"""Pairs of a page."""

_PAGE = "overlaps_page"


def pairs(viewer: Viewer, found: list[Candidate]) -> None:
    """Show pairs side by side, the surest first, each with its reasons and a press to decide."""
    number = min(pager.page_number(_PAGE), max(1, -(-len(found) // SHOWN)))
    shown = found[(number - 1) * SHOWN : number * SHOWN]
    rows = _rows(viewer, [n for one in shown for n in (one.one, one.other)])
    for one in shown:
        if one.one in rows and one.other in rows:
            _pair(viewer, one, rows)
    pager.show(
        _PAGE,
        number,
        back=t("Surer ones"),
        on=t("Less sure ones"),
        position=t("Page {n}", n=labels.number(number)),
        more=len(found) > number * SHOWN,
    )


Row = Mapping[Hashable, Any]
"""A row of `queries.activities.LIST_COLUMNS`."""


def _rows(viewer: Viewer, activity_ids: list[int]) -> dict[int, Row]:
    found = store.activities_named(viewer, tuple(dict.fromkeys(activity_ids)), current())
    return {row["activity_id"]: row for row in found.to_dict("records")}


def _amount(line: str) -> str:
    """Write an amount such as "budget 5000.00 USD" in the reader's words."""
    kind, amount, currency = line.split(" ")
    money = numbers.money(current(), Decimal(amount), currency)
    return t("{kind}: {amount}", kind=labels.budget_kind(kind), amount=money)


def _pair(viewer: Viewer, one: Candidate, rows: Mapping[int, Row]) -> None:
    with st.container(border=True):
        st.markdown(f"**{overlap_labels.proposed(one.judgement)}**")
        for column, number in zip(st.columns(2), (one.one, one.other), strict=True):
            with column:
                _side(rows[number])
        reasons(one)
        if not any(_may_decide(viewer, rows[number]) for number in (one.one, one.other)):
            return
        with st.container(horizontal=True):
            for judgement in Judgement:
                st.button(
                    overlap_labels.judgement(judgement),
                    key=f"overlap_{one.one}_{one.other}_{judgement}",
                    type="primary" if judgement is one.judgement else "secondary",
                    on_click=_decide,
                    args=(viewer, one.one, one.other, judgement),
                )


def reasons(one: Candidate) -> None:
    """List what speaks for an overlap."""
    st.markdown("\n".join(f"- {ladder_labels.said(reason)}" for reason in one.reasons))


def _may_decide(viewer: Viewer, row: Row) -> bool:
    countries, entities = (
        frozenset(str(row[name]).split("; ")) for name in ("countries", "entities")
    )
    return viewer.may_touch(Action.CONFIRM, countries, entities)


def _side(row: Row) -> None:
    link(row["activity_id"], row["title"])
    entities = labels.joined(labels.entity(one) for one in str(row["entities"]).split("; ") if one)
    span = [labels.when(day) for day in (row["start"], row["end"]) if isinstance(day, str)]
    facts = (
        labels.countries(str(row["countries"])),
        labels.plain(entities),
        " – ".join(span),
        labels.status(str(row["status"])),
        *(_amount(line) for line in str(row["amounts"]).split("; ") if line),
        labels.plain(str(row["place"] or "")),
    )
    st.markdown("  \n".join(fact for fact in facts if fact))


def link(number: int, title: str) -> None:
    """Link to an activity by its title."""
    record_links.to_record(RecordKind.ACTIVITY, number, labels.plain(title))


def restricted(viewer: Viewer, countries: tuple[str, ...]) -> None:
    """Say whom to ask about restricted activities in some countries; nothing where there is
    none, or nothing that this reader is told."""
    for one in overlap.asked_about(viewer, countries):
        st.info(overlap_labels.restricted(one), icon=":material/lock:")


def decided(viewer: Viewer, iso3: str) -> None:
    """List what was decided about pairs of a country, with a press to take it back."""
    found = overlap.decided(viewer)
    rows = _rows(viewer, [n for one in found for n in (one.one, one.other)])
    here = [one for one in found if _is_in(rows, one, iso3)]
    if not here:
        return
    st.header(t("What was decided"), anchor=False)
    for one in here:
        titles = [labels.plain(str(rows[n]["title"])) for n in (one.one, one.other)]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                t(
                    "{title} and {other}: {judgement}. {name}, {date}",
                    title=titles[0],
                    other=titles[1],
                    judgement=overlap_labels.judgement(one.judgement),
                    name=labels.plain(one.by),
                    date=labels.moment(one.at),
                ),
                width="stretch",
            )
            if any(_may_decide(viewer, rows[n]) for n in (one.one, one.other)):
                st.button(
                    t("Take it back"),
                    key=f"overlap_back_{one.one}_{one.other}",
                    type="tertiary",
                    on_click=_take_back,
                    args=(viewer, one.one, one.other),
                )


def _is_in(rows: Mapping[int, Row], one: overlap.Decided, iso3: str) -> bool:
    both = [n for n in (one.one, one.other) if n in rows]
    return len(both) > 1 and any(iso3 in str(rows[n]["countries"]).split("; ") for n in both)


def _decide(viewer: Viewer, one: int, other: int, judgement: Judgement) -> None:
    try:
        writes.decide(viewer, one, other, judgement)
    except Refused as refusal:
        notices.refused(refusal.faults)
    else:
        notices.later(t("Decided. It can be taken back below."))


def _take_back(viewer: Viewer, one: int, other: int) -> None:
    try:
        writes.take_back(viewer, one, other)
    except Refused as refusal:
        notices.refused(refusal.faults)
    else:
        notices.later(t("Taken back: the two are proposed again."))
