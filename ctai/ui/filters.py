"""The filter row: what a view is narrowed to, on every page alike, held in the URL as codes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from ctai.domain.activities import Status
from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Refused
from ctai.domain.roles import Viewer
from ctai.domain.scope import FILTERS, Freshness, MoneyKnown, Scope, scope_of
from ctai.domain.strategy import Pillar, by_code, measures
from ctai.i18n import mark, names
from ctai.ui import choice, kept, labels, store
from ctai.ui.language import current, t

EVIDENCE_FILTERS = ("country", "region", "pillar", "measure")
"""Filters that needs and activities share; the others would hide one side of a comparison."""

_FRESHNESS = {
    Freshness.FRESH: mark("Confirmed in the last year"),
    Freshness.STALE: mark("Stale"),
}
_MONEY = {
    MoneyKnown.STATED: mark("Amount stated"),
    MoneyKnown.SECURED: mark("Money secured"),
    MoneyKnown.NOT_STATED: mark("Amount not stated"),
}


def scope(viewer: Viewer, only: Sequence[str] = FILTERS) -> Scope:
    """Show the filter row and give what is chosen; filters that a page can't use are set aside."""
    found = _from_url(viewer)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover(t("Filter"), icon=":material/filter_list:"):
            _choices(viewer, [name for name in only if name != "pillar"])
        if "pillar" in only:
            choice.pills(t("Pillar"), "pillar", list(Pillar), labels.pillar)
        _chips(replace(found.only(only), pillar=()))
        if found.params:
            st.button(t("Clear"), icon=":material/close:", type="tertiary", on_click=_clear)
    aside = [name for name in found.params if name not in only]
    if aside:
        st.caption(
            t(
                "Not applied on this page: {filters}.",
                filters=labels.told(_names()[name] for name in aside),
            )
        )
    return found.only(only)


def _from_url(viewer: Viewer) -> Scope:
    params = {name: st.query_params.get(name, "") for name in FILTERS}
    try:
        return scope_of(params, store.regions(viewer), store.entities(viewer))
    except Refused as refusal:
        for fault in refusal.faults:
            st.warning(
                t(
                    "The link's filter “{name}” could not be used: {reason}",
                    name=_names()[fault.column],
                    reason=t(fault.message, **fault.places),
                )
            )
        bad = {fault.column for fault in refusal.faults}
        kept = {name: text for name, text in params.items() if name not in bad}
        return scope_of(kept, store.regions(viewer), store.entities(viewer))


def _names() -> dict[str, str]:
    return {
        "country": t("Country"),
        "region": t("Region"),
        "pillar": t("Pillar"),
        "measure": t("Measure"),
        "entity": t("Entity"),
        "role": t("Role of the entity"),
        "status": t("Status"),
        "since": t("Running since"),
        "until": t("Running until"),
        "freshness": t("Freshness"),
        "money": t("Money"),
        "text": t("Words in the title"),
    }


_LABELS: dict[str, Callable[[str], str]] = {
    "country": labels.country,
    "region": labels.region,
    "pillar": labels.pillar,
    "measure": labels.measure,
    "status": labels.status,
    "role": labels.organisation_role,
    "freshness": lambda code: t(_FRESHNESS[Freshness(code)]),
    "money": lambda code: t(_MONEY[MoneyKnown(code)]),
    "since": lambda code: t("since {date}", date=labels.when(code)),
    "until": lambda code: t("until {date}", date=labels.when(code)),
}


def _label(name: str, code: str) -> str:
    return _LABELS.get(name, str)(code)


def country_codes(viewer: Viewer) -> list[str]:
    """List the countries that a viewer may choose, partner States first, then by name."""
    partners = list(store.standing(viewer))
    codes = [iso3 for iso3 in store.regions(viewer) if viewer.reach is None or iso3 in viewer.reach]
    return kept.worked_out("countries", lambda: _by_name(codes, partners), codes, partners)


def _by_name(codes: list[str], partners: list[str]) -> list[str]:
    key = names.sort_key(current())
    return sorted(codes, key=lambda iso3: (iso3 not in partners, key(labels.country(iso3))))


def _codes(viewer: Viewer, name: str) -> list[str]:
    match name:
        case "country":
            return country_codes(viewer)
        case "region":
            return sorted(set(store.regions(viewer).values()), key=labels.region)
        case "pillar":
            return list(Pillar)
        case "measure":
            pillars = choice.chosen("pillar")
            return [m.code for m in measures() if not pillars or m.pillar in pillars]
        case "entity":
            return list(store.entities(viewer))
        case "status":
            return list(Status)
        case "role":
            return ["1", "2", "3", "4"]
        case "freshness":
            return list(Freshness)
        case _:
            return list(MoneyKnown)


def _choices(viewer: Viewer, only: Sequence[str]) -> None:
    titles = _names()
    for name in only:
        if name == "text":
            choice.text(titles[name], name)
        elif name in ("since", "until"):
            choice.text(titles[name], name, placeholder=t("2017 or 2017-08"))
            typed = st.query_params.get(name, "")
            if typed and not is_partial_date(typed):
                st.caption(t("Write a year or a month, such as 2017 or 2017-08."))
        else:
            choice.many(titles[name], name, _codes(viewer, name), partial(_label, name))


def _chips(found: Scope) -> None:
    """Show each active filter as a button that removes it."""
    for name, joined in found.params.items():
        codes = [joined] if name == "text" else joined.split(",")
        for code in codes:
            st.button(
                _label(name, code),
                key=f"chip_{name}_{code}_{current()}",
                icon=":material/cancel:",
                icon_position="right",
                help=t("Remove this filter"),
                on_click=_remove,
                args=(name, code),
            )


def _remove(name: str, code: str) -> None:
    kept = [] if name == "text" else [other for other in choice.chosen(name) if other != code]
    choice.put(name, kept)


def _clear() -> None:
    for name in FILTERS:
        choice.put(name, [])


def active_measures(found: Scope) -> list[str]:
    """List the measures of a scope that can be a national need, in the Strategy's order."""
    return [
        code
        for code, measure in by_code().items()
        if measure.national
        and (not found.pillar or measure.pillar in found.pillar)
        and (not found.measure or code in found.measure)
    ]
