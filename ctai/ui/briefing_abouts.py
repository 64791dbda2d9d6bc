"""What a briefing is about: all partners, a pillar, a country or a visit, as the URL names it."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from ctai.domain.briefing import Briefing, no_visit, reader_of
from ctai.domain.faults import shown
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.domain.strategy import Pillar
from ctai.ui import choice, filters, labels, notices, placed, store
from ctai.ui.language import current, t

VISIT = "visit"
"""The URL's parameter that names a visit, by the number of its assessment."""

_ALL = "all"
_VISIT = "visit "
"""Begins the code of a visit in the list, where its number follows."""


@dataclass(frozen=True)
class Listed:
    """A visit in the list: its title, the countries that may be told of it, when it begins."""

    title: str
    countries: tuple[str, ...]
    start: object


def asked(viewer: Viewer) -> tuple[Scope, int | None]:
    """Read from the URL what it is about; the first choice stands for what can't be."""
    visit = choice.number(VISIT)
    found = visits(viewer)
    if visit is not None and visit in found:
        there = found[visit].countries
        narrowed = tuple(code for code in there if code in choice.chosen("country"))
        return Scope(country=narrowed or there), visit
    if text := st.query_params.get(VISIT, ""):
        st.warning(notices.sentence(no_visit(shown(text))))
    about = _places(viewer)
    chosen = next((c for name in ("country", "pillar") for c in choice.chosen(name)), _ALL)
    return _scope(chosen if chosen in about else about[0]), None


def visits(viewer: Viewer) -> dict[int, Listed]:
    """List the assessments that a viewer may see by number, newest first.

    A State is told of its own country alone.
    """
    rows = store.assessments_of(viewer, Scope())
    return {
        int(str(number)): Listed(
            str(one["title"].iloc[0]), tuple(sorted({*one["iso3"]})), one["start"].iloc[0]
        )
        for number, one in rows.groupby("assessment_id", sort=False)
    }


def choose(viewer: Viewer, wanted: Briefing) -> None:
    """Let it be chosen what the briefing is about; visits are those that its audience may know."""
    key = f"briefing_about_{current()}"
    placed.put(key, _code(wanted))
    found, theirs = visits(viewer), visits(reader_of(wanted))
    shared = [number for number in found if number in theirs or number == wanted.visit]
    st.selectbox(
        t("What it is about"),
        [*_places(viewer), *(f"{_VISIT}{number}" for number in shared)],
        format_func=lambda code: _name(code, found),
        key=key,
        placeholder="",
        on_change=_changed,
        args=(key,),
    )


def subject(viewer: Viewer, wanted: Briefing) -> str:
    """Name what a briefing is about."""
    return _name(_code(wanted), visits(viewer) if wanted.visit is not None else {})


def _places(viewer: Viewer) -> list[str]:
    """List what one may brief on beside visits: all, pillars, countries; a State on itself."""
    countries = filters.country_codes(viewer)
    return [_ALL, *Pillar, *countries] if viewer.reach is None else countries or [_ALL]


def _scope(about: str) -> Scope:
    if about == _ALL:
        return Scope()
    return Scope(pillar=(about,)) if about in set(Pillar) else Scope(country=(about,))


def _code(wanted: Briefing) -> str:
    if wanted.visit is not None:
        return f"{_VISIT}{wanted.visit}"
    return next(iter((*wanted.scope.country, *wanted.scope.pillar)), _ALL)


def _name(code: str, found: Mapping[int, Listed]) -> str:
    if code == _ALL:
        return t("All partner States")
    if code.startswith(_VISIT):
        one = found[int(code.removeprefix(_VISIT))]
        return t(
            "Visit: {title} · {countries} · {date}",
            title=one.title,
            countries=labels.joined(map(labels.country, one.countries)),
            date=labels.when(one.start),
        )
    return labels.pillar(code) if code in set(Pillar) else labels.country(code)


def _changed(key: str) -> None:
    about = str(st.session_state[key])
    is_visit = about.startswith(_VISIT)
    scope = Scope() if is_visit else _scope(about)
    choice.put(VISIT, [about.removeprefix(_VISIT)] if is_visit else [])
    choice.put("country", scope.country)
    choice.put("pillar", scope.pillar)
