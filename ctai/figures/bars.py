"""Bars: open needs by the age of their evidence, and states by pillar, with their numbers."""

from collections import Counter
from typing import Any

import pandas as pd

from ctai.domain.gaps import CellState
from ctai.domain.strategy import Pillar, by_code
from ctai.figures import signs, stacks, style
from ctai.i18n import translate
from ctai.i18n.numbers import number


def needs_by_age(frame: pd.DataFrame, lang: str, *, dark: bool = False) -> style.Figure:
    """Draw open needs by the age of their evidence, stacked by pillar.

    `frame` has age_class, age_label, pillar and needs, one row per class and pillar, classes in
    the order in which they are to stand.
    """
    rows = _classes(frame)
    counts = {(str(r["age_class"]), str(r["pillar"])): int(r["needs"]) for r in _records(frame)}
    kinds = [
        stacks.Kind(str(pillar), style.pillar_label(lang, pillar), f"{pillar} ·", paint)
        for pillar, paint in signs.PILLARS.items()
    ]
    return stacks.stack(counts, rows, kinds, lang, translate(lang, "Unmet needs"), dark=dark)


def needs_by_age_summary(frame: pd.DataFrame, lang: str) -> str:
    """Say how many needs are open, and how old most of them are."""
    total = int(frame["needs"].sum())
    if not total:
        return translate(lang, "Unmet needs by age: none is recorded for this choice.")
    by_class = frame.groupby("age_label", sort=False)["needs"].sum()
    return translate(
        lang,
        "{n} unmet needs by age of evidence; the largest group is “{label}”, with {most}.",
        n=number(lang, total),
        label=str(by_class.idxmax()),
        most=number(lang, int(by_class.max())),
    )


def states_by_pillar(
    gaps: pd.DataFrame, lang: str, *, countries: int | None = None, dark: bool = False
) -> style.Figure:
    """Draw how many cells of each pillar have which state.

    `gaps` is what `domain.gaps.gaps` gives by measure or by pillar. Cells of which nothing is
    known have no row there: they are counted for so many countries, by default those in `gaps`.
    """
    counts = state_counts(gaps, countries)
    rows = [(str(p), style.pillar_label(lang, p)) for p in Pillar] if counts else []
    kinds = [
        stacks.Kind(
            str(state),
            f"{sign.symbol} {translate(lang, sign.label)}",
            sign.symbol,
            sign.paint(dark=dark),
        )
        for state, sign in signs.STATES.items()
    ]
    return stacks.stack(counts, rows, kinds, lang, translate(lang, "Cells"), dark=dark)


def states_summary(gaps: pd.DataFrame, lang: str, *, countries: int | None = None) -> str:
    """Say how many cells have a need that nothing answers, and in which pillar most are."""
    counts = state_counts(gaps, countries)
    nothing = {p: counts.get((p, CellState.NOTHING_YET), 0) for p in Pillar}
    if not counts:
        return translate(lang, "States by pillar: nothing is recorded for this choice.")
    worst = max(nothing, key=lambda pillar: nothing[pillar])
    return translate(
        lang,
        "Of {all} cells, {nothing} have a need and nothing yet, {most} of them in pillar {pillar}; "
        "{unknown} are not assessed.",
        all=number(lang, sum(counts.values())),
        nothing=number(lang, sum(nothing.values())),
        most=number(lang, nothing[worst]),
        pillar=str(worst),
        unknown=number(lang, sum(counts.get((p, CellState.NOT_ASSESSED), 0) for p in Pillar)),
    )


def state_counts(gaps: pd.DataFrame, countries: int | None = None) -> dict[tuple[str, str], int]:
    """Count cells by pillar and state, those of which nothing is known included.

    Raises ValueError for groups that span pillars, such as themes.
    """
    groups = [str(group) for group in gaps["group"]]
    pillars = [_pillar_of(group) for group in groups]
    counts = dict(Counter(zip(pillars, gaps["state"].astype(str), strict=True)))
    by_measure = not groups or any(group in by_code() for group in groups)
    width = int(gaps["iso3"].nunique()) if countries is None else countries
    for pillar in Pillar:
        size = sum(m.national and m.pillar is pillar for m in by_code().values())
        cells = width * (size if by_measure else 1)
        missing = cells - pillars.count(str(pillar))
        if missing > 0:
            unknown = (str(pillar), str(CellState.NOT_ASSESSED))
            counts[unknown] = counts.get(unknown, 0) + missing
    return counts


def _records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _classes(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list({str(r["age_class"]): str(r["age_label"]) for r in _records(frame)}.items())


def _pillar_of(group: str) -> str:
    if group in by_code():
        return str(by_code()[group].pillar)
    if group in set(Pillar):
        return group
    raise ValueError(f"{group} is not in one pillar: give gaps by measure or by pillar")
