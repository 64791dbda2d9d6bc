"""An action plan on the screen: which version, how far it is, its items and when they are due."""

import pandas as pd
import streamlit as st

from ctai.domain.activities import Status
from ctai.domain.faults import Refused
from ctai.domain.plans import ItemState, PlanState
from ctai.domain.progress import Item, Version, summary
from ctai.domain.roles import Action, Viewer
from ctai.figures import timeline as gantt
from ctai.ui import (
    choice,
    downloads,
    filters,
    kept,
    labels,
    notices,
    plan_labels,
    store,
    tables,
)
from ctai.ui.language import current, t, tn
from ctai.ui.store import plans
from ctai.ui.writes import plans as writes

_AS_STATUS = {
    ItemState.PLANNED: Status.PLANNED,
    ItemState.ONGOING: Status.ONGOING,
    ItemState.COMPLETED: Status.COMPLETED,
    ItemState.DROPPED: Status.CANCELLED,
}


def chosen(viewer: Viewer) -> tuple[str, Version | None]:
    """Let a country and a version of its plan be chosen; they stand in the URL.

    Countries with a plan come first, so that the page opens on one.
    """
    _settle(viewer)
    there = plans.countries(viewer)
    codes = sorted(filters.country_codes(viewer), key=lambda iso3: iso3 not in there)
    left, right = st.columns(2)
    with left:
        iso3 = choice.one(t("Country"), "country", codes, labels.country)
    found = plans.versions(viewer, iso3)
    if not found:
        if choice.chosen("plan"):
            st.warning(t("There is no such plan, or it is not open to you."))
        return iso3, None
    by_number = {str(one.plan_id): one for one in found}
    with right:
        picked = choice.one(
            t("Version"), "plan", list(by_number), lambda n: plan_labels.version(by_number[n])
        )
    return iso3, by_number[picked]


def _settle(viewer: Viewer) -> None:
    """Follow a link to a version to its country; forget the version when another is chosen."""
    asked = choice.number("plan")
    told = None if asked is None else plans.version(viewer, asked)
    if told is None:
        return
    country = choice.chosen("country")
    if not country:
        choice.put("country", [told.iso3])
    elif country[0] != told.iso3:
        choice.put("plan", [])


def items_of(viewer: Viewer, version: Version | None) -> tuple[Item, ...]:
    """Read the items of a version, of what its reader may see."""
    return () if version is None else plans.items(viewer, version.plan_id)


def answer(version: Version | None, items: tuple[Item, ...]) -> str:
    """Say which version it is and how far it is."""
    if version is None:
        return t("No action plan is recorded here that you may see.")
    number, date = labels.number(version.number), labels.when(version.agreed_on)
    if version.state is PlanState.DRAFT:
        return tn(
            "Version {number} is a draft with {n} item; nothing of it is agreed yet.",
            "Version {number} is a draft with {n} items; nothing of it is agreed yet.",
            len(items),
            number=number,
        )
    if version.state is PlanState.SUPERSEDED:
        return t(
            "Version {number}, agreed on {date}, is superseded; it reads as it was agreed.",
            number=number,
            date=date,
        )
    told = summary(items, store.today())
    sentence = tn(
        "Version {number}, agreed on {date} with {partner}: {done} of {n} item is completed.",
        "Version {number}, agreed on {date} with {partner}: {done} of {n} items are completed.",
        told.items,
        number=number,
        date=date,
        partner=labels.plain(version.agreed_with),
        done=labels.number(told.completed),
    )
    if not told.milestones_overdue:
        return sentence
    late = tn("{n} milestone is overdue.", "{n} milestones are overdue.", told.milestones_overdue)
    return f"{sentence} {late}"


def may_plan(viewer: Viewer, iso3: str) -> bool:
    """Tell whether somebody plans for a country."""
    return viewer.may_touch(Action.PLAN, frozenset({iso3}), frozenset())


def is_own_draft(viewer: Viewer, version: Version) -> bool:
    """Tell whether a version is a draft that somebody may write in."""
    return version.state is PlanState.DRAFT and may_plan(viewer, version.iso3)


def begin(viewer: Viewer, iso3: str, version: Version | None) -> None:
    """Offer what can be begun where there is no draft open; say why a page is empty."""
    if version is None:
        if may_plan(viewer, iso3):
            st.info(
                t(
                    "A plan is built from the needs that nothing has answered yet: one item for "
                    "each, which you then edit."
                )
            )
        else:
            st.info(
                t(
                    "A plan shows here once the country's desk officer has built it; States and "
                    "donors see it once it is agreed and public."
                )
            )
    if not may_plan(viewer, iso3) or (version and version.state is PlanState.DRAFT):
        return
    with st.container(horizontal=True):
        if st.button(
            t("Build from open needs"),
            type="primary" if version is None else "secondary",
            icon=":material/construction:",
            key="plan_build",
        ):
            build(viewer, iso3)
        if (
            version is not None
            and version.state is PlanState.AGREED
            and st.button(
                t("Make a new draft from it"), icon=":material/content_copy:", key="plan_copy"
            )
        ):
            _copy(viewer, version)


def build(viewer: Viewer, iso3: str) -> None:
    """Build, and open the draft; or say every reason why not."""
    title = t("Technical assistance plan: {country}", country=labels.country(iso3))
    try:
        plan_id, added = writes.build(viewer, iso3, title)
    except Refused as refusal:
        plan_labels.refused(refusal.faults)
        return
    notices.later(tn("{n} item was added.", "{n} items were added.", added))
    _open(iso3, plan_id)


def _copy(viewer: Viewer, version: Version) -> None:
    try:
        plan_id = writes.copy(viewer, version.plan_id)
    except Refused as refusal:
        plan_labels.refused(refusal.faults)
        return
    notices.later(t("A new draft was made from version {n}.", n=labels.number(version.number)))
    _open(version.iso3, plan_id)


def _open(iso3: str, plan_id: int) -> None:
    choice.put("country", [iso3])
    choice.put("plan", [str(plan_id)])
    st.rerun()


def as_list(version: Version, items: tuple[Item, ...]) -> None:
    """Show a version's items with their state and milestones, and its files."""
    if items:
        tables.show(
            kept.worked_out("plan_table", lambda: _words(items), items),
            {
                "code": t("Need"),
                "what": t("Action"),
                "carried_by": t("Entity"),
                "span": t("From when to when"),
                "cost": t("Cost in US dollars"),
                "item_state": t("State"),
            },
            alt=t("Items of the plan"),
            amounts=("cost",),
        )
    else:
        st.info(t("This version has no item that you may see."))
    files(version)


def _words(items: tuple[Item, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": [one.need.code for one in items],
            "what": [one.draft.action for one in items],
            "carried_by": [one.draft.entity for one in items],
            "span": [plan_labels.span(one.draft) for one in items],
            "cost": pd.Series(
                [None if (c := one.draft.cost_usd) is None else float(c) for one in items],
                dtype=float,
            ),
            "item_state": [plan_labels.item_state(one.state) for one in items],
        }
    )


def milestones(items: tuple[Item, ...]) -> None:
    """Show what is due next, the oldest date first, with what is overdue."""
    steps = pd.DataFrame(
        [
            (
                labels.led(labels.when(step.due)),
                step.what,
                one.need.code,
                plan_labels.step_state(step, today),
            )
            for today in (store.today(),)
            for step, one in sorted(
                ((step, one) for one in items for step in one.milestones),
                key=lambda pair: (pair[0].due is None, pair[0].due or ""),
            )
        ],
        columns=["dated", "title", "code", "sign"],
    )
    if steps.empty:
        return
    st.header(t("Milestones"), anchor=False)
    tables.show(
        steps,
        {"dated": t("Due"), "title": t("Milestone"), "code": t("Need"), "sign": t("State")},
        alt=t("Milestones of the plan"),
    )


def files(version: Version) -> None:
    """Offer a version as files."""
    asked = {"plan": str(version.plan_id)}
    with st.container(horizontal=True):
        downloads.link("plan", asked)
        downloads.workbook("plan", asked)


def timeline(items: tuple[Item, ...]) -> None:
    """Show when the items are to be done."""
    spans = pd.DataFrame(
        [
            (
                one.number,
                one.draft.action,
                _AS_STATUS[one.state].value,
                one.need.measure,
                one.draft.starts,
                one.draft.ends,
            )
            for one in items
            if one.draft.starts or one.draft.ends
        ],
        columns=["activity_id", "title", "status", "measure", "start", "end"],
    )
    if spans.empty:
        return
    st.header(t("When it is to be done"), anchor=False)
    lang = current()
    kept.chart(
        "plan_timeline",
        lambda: gantt.timeline(spans, lang, store.today(), dark=kept.is_dark()),
        spans,
        alt=tn(
            "Timeline of {n} item of the plan, by pillar.",
            "Timeline of {n} items of the plan, by pillar.",
            len(spans),
        ),
    )
