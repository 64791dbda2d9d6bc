"""Charts on the screen: figures with their labels, their alternative text and their table."""

import pandas as pd

from ctai.domain.dates import age_days
from ctai.domain.freshness import Wait, wait_class
from ctai.domain.needs import UNMET_STATES
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.domain.strategy import Level, Pillar, by_code, group_of, groups
from ctai.figures import bars, matrix
from ctai.figures import timeline as gantt
from ctai.i18n import mark
from ctai.ui import filters, kept, labels, picks, store, tables
from ctai.ui.language import current, t

LEVELS = {
    Level.MEASURE: mark("Measures"),
    Level.THEME: mark("Themes"),
    Level.PILLAR: mark("Pillars"),
}
_WAITS = {
    Wait.UNDER_ONE: mark("less than a year"),
    Wait.ONE_TO_THREE: mark("1 to 3 years"),
    Wait.THREE_TO_FIVE: mark("3 to 5 years"),
    Wait.FIVE_TO_TEN: mark("5 to 10 years"),
    Wait.OVER_TEN: mark("over 10 years"),
    Wait.UNKNOWN: mark("date not known"),
}


def level_title(code: str) -> str:
    """Name a level of the Strategy."""
    return t(LEVELS[Level(code)])


def by_partner(viewer: Viewer, codes: "pd.Series[str]") -> list[str]:
    """Order countries: partner States first, then by name."""
    present = set(codes)
    return [iso3 for iso3 in filters.country_codes(viewer) if iso3 in present]


def gap_matrix(
    viewer: Viewer, found: pd.DataFrame, scope: Scope, level: Level
) -> tuple[str, str] | None:
    """Show the gap matrix with its table; give the country and group picked in either."""
    lang = current()
    key = f"matrix_{level}_{lang}_{scope.slug}"
    inside = {group_of(code, level) for code in filters.active_measures(scope)}
    rows = [code for code in groups(level) if code in inside]
    columns = by_partner(viewer, found["iso3"]) or list(scope.country)
    shown = [(code, labels.group(code, level)) for code in rows]
    states = [(iso3, labels.country(iso3)) for iso3 in columns]
    selection = kept.chart(
        "gap_matrix",
        lambda: matrix.gap_matrix(found, shown, states, lang, dark=kept.is_dark()),
        found,
        shown,
        states,
        alt=matrix.summary(found, lang),
        key=key,
        on_select="rerun",
    )
    row = _gap_table(found, scope, level, f"{key}_table")
    cell = None if row is None else (str(found.iloc[row]["iso3"]), str(found.iloc[row]["group"]))
    return picks.latest(key, matrix.picked(selection), cell)


def _gap_table(found: pd.DataFrame, scope: Scope, level: Level, key: str) -> int | None:
    return tables.twin(
        t("The matrix as a table"),
        kept.worked_out("gap_table", lambda: _gap_words(found, level), found, level),
        {
            "country": t("Country"),
            "name": level_title(level),
            "sign": t("State"),
            "needs": t("Needs"),
            "open_needs": t("Unmet needs"),
            "activities": t("Undertakings"),
            "share": t("Share answered"),
            "points": t("Gap score"),
            "dated": t("Newest evidence"),
            "age": t("Age"),
        },
        file="gaps",
        filters={**scope.params, "level": level.value},
        key=key,
    )


def _gap_words(found: pd.DataFrame, level: Level) -> pd.DataFrame:
    return found.assign(
        country=[labels.country(iso3) for iso3 in found["iso3"]],
        name=[labels.group(code, level) for code in found["group"]],
        sign=[labels.state(code) for code in found["state"]],
        share=[labels.percent(value) for value in found["answered_share"]],
        points=found["score"].round(1),
        dated=[labels.when(iso) for iso in found["evidence_date"]],
        age=[labels.age(days) for days in found["evidence_age_days"]],
    )


def needs_by_age(needs: pd.DataFrame, scope: Scope) -> None:
    """Show how long unmet needs have waited, by pillar."""
    lang, today = current(), store.today()
    unmet = needs[needs["state"].isin(UNMET_STATES)]
    once = unmet.drop_duplicates("need_id")
    dates = [iso if isinstance(iso, str) else None for iso in once["evidence_date"]]
    counted = (
        pd.DataFrame(
            {
                "age_class": [wait_class(age_days(iso, today)).value for iso in dates],
                "pillar": [by_code()[code].pillar.value for code in once["measure"]],
            }
        )
        .value_counts()
        .rename("needs")
        .reset_index()
    )
    order = [wait.value for wait in Wait]
    counted = counted.sort_values("age_class", key=lambda column: column.map(order.index))
    counted["age_label"] = [t(_WAITS[Wait(code)]) for code in counted["age_class"]]
    kept.chart(
        "needs_by_age",
        lambda: bars.needs_by_age(counted, lang, dark=kept.is_dark()),
        counted,
        alt=bars.needs_by_age_summary(counted, lang),
    )
    table = counted.pivot_table(
        index="age_label", columns="pillar", values="needs", aggfunc="sum", sort=False
    )
    tables.twin(
        t("Waiting times as a table"),
        table.reindex(columns=list(Pillar)).reset_index(),
        {"age_label": t("Age"), **{pillar.value: labels.pillar(pillar) for pillar in Pillar}},
        file="needs",
        filters=scope.params,
    )


def states_by_pillar(found: pd.DataFrame, scope: Scope) -> None:
    """Show how many cells of each pillar have which state."""
    lang = current()
    kept.chart(
        "states_by_pillar",
        lambda: bars.states_by_pillar(found, lang, dark=kept.is_dark()),
        found,
        alt=bars.states_summary(found, lang),
    )
    counts = bars.state_counts(found)
    rows = [(labels.pillar(p), labels.state(state), n) for (p, state), n in counts.items() if n]
    tables.twin(
        t("States as a table"),
        pd.DataFrame(rows, columns=["name", "sign", "cells"]),
        {"name": t("Pillar"), "sign": t("State"), "cells": t("Cells")},
        file="gaps",
        filters=scope.params,
    )


def timeline(spans: pd.DataFrame, assessments: pd.DataFrame, scope: Scope) -> int | None:
    """Show when activities ran, with assessments marked; give the one picked there or below."""
    lang = current()
    key = f"timeline_{lang}_{scope.slug}"
    seen = assessments.drop_duplicates("assessment_id")
    selection = kept.chart(
        "timeline",
        lambda: gantt.timeline(spans, lang, store.today(), seen, dark=kept.is_dark()),
        spans,
        seen,
        alt=gantt.summary(spans, lang),
        key=key,
        on_select="rerun",
    )
    shown = spans.assign(
        state=[labels.status(code) for code in spans["status"]],
        starts=[labels.when(iso) for iso in spans["start"]],
        ends=[labels.when(iso) for iso in spans["end"]],
    )
    row = tables.twin(
        t("The timeline as a table"),
        shown,
        {
            "title": t("Activity"),
            "entities": t("Entities"),
            "state": t("Status"),
            "starts": t("Start"),
            "ends": t("End"),
        },
        file="activities",
        filters=scope.params,
        key=f"{key}_table",
    )
    below = None if row is None else int(spans.iloc[row]["activity_id"])
    return picks.latest(key, gantt.picked(selection), below)
