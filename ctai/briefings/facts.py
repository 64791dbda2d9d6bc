"""The facts of a briefing: all that is read for it, through the eyes of its audience."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from ctai.briefings import visiting
from ctai.briefings.visiting import Visit
from ctai.db import Session
from ctai.domain import gaps, progress
from ctai.domain.activities import Status
from ctai.domain.briefing import Briefing, Seen, reader_of
from ctai.domain.freshness import RUNNING, is_stale
from ctai.domain.needs import UNMET_STATES, NeedState
from ctai.domain.pipeline import Asking, Narrowing, narrowed
from ctai.domain.plans import PlanState
from ctai.domain.restricted import RestrictedOverlap
from ctai.domain.roles import Viewer
from ctai.domain.strategy import Level
from ctai.queries import activities, evidence, needs, partners, pipeline, plans, restricted, unmet


@dataclass(frozen=True)
class Plan:
    """The agreed plan of a country, as far as the audience may see it."""

    version: progress.Version
    items: tuple[progress.Item, ...]


@dataclass(frozen=True)
class Facts:
    """What is on record for a scope on a day.

    `activities` has `queries.activities.LIST_COLUMNS`, `needs` those of `queries.needs`, `unmet`
    that of `queries.unmet`, `cells` that of `domain.gaps`, by measure; `steps` has
    `queries.partners.STEP_COLUMNS`. `requests` and `assessments` have those of `queries.needs`,
    an assessment in one row, with its `countries` joined by "; " in place of `iso3`.
    `restricted` is what there is beside that the reader may know of, and no more than that.
    """

    day: date
    activities: pd.DataFrame
    needs: pd.DataFrame
    unmet: pd.DataFrame
    cells: pd.DataFrame
    steps: pd.DataFrame
    requests: pd.DataFrame
    assessments: pd.DataFrame
    askings: tuple[Asking, ...]
    plans: tuple[Plan, ...]
    visit: Visit | None = None
    restricted: tuple[RestrictedOverlap, ...] = ()


def read(session: Session, asked: Briefing, day: date) -> Facts:
    """Read all facts for a briefing as they stand in the session, as of a day.

    Without a country the scope is the partner States. Refused where the reader may not see the
    visit that is asked about.
    """
    reader, scope = reader_of(asked), asked.scope
    steps = partners.steps(session, reader)
    partner_codes = scope.country or tuple(dict.fromkeys(steps["iso3"]))
    scope = replace(scope, country=partner_codes)
    listed = list(activities.streamed(session, reader, scope, day, asked.lang))
    needed = _whole(needs.needs(session, reader, scope).drop_duplicates("need_id"))
    return Facts(
        day=day,
        activities=_whole(pd.DataFrame(listed, columns=activities.LIST_COLUMNS)),
        needs=needed,
        unmet=_whole(unmet.unmet(session, reader, scope, day)),
        cells=gaps.gaps(evidence.evidence(session, reader, scope, day), Level.MEASURE, day),
        steps=_whole(steps[steps["iso3"].isin(partner_codes)]),
        requests=_whole(needs.requests(session, reader, scope)),
        assessments=_whole(_once(needs.assessments(session, reader, scope))),
        askings=narrowed(pipeline.askings(session, reader), Narrowing(scope.country, scope.pillar)),
        plans=tuple(_plans(session, reader, partner_codes)),
        visit=visiting.read(session, asked, needed, day),
        restricted=restricted.overlaps(session, reader, partner_codes),
    )


def _once(found: pd.DataFrame) -> pd.DataFrame:
    """Put the rows of an assessment, one a country and measure, into one."""
    joined = found.groupby("assessment_id")["iso3"].agg(lambda codes: "; ".join(sorted({*codes})))
    once = found.drop_duplicates("assessment_id")
    return once.assign(countries=once["assessment_id"].map(joined)).drop(columns=["iso3"])


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Write what is not known as None everywhere."""
    return frame.astype(object).where(frame.notna(), None)


def _plans(session: Session, reader: Viewer, codes: tuple[str, ...]) -> list[Plan]:
    return [
        Plan(version, plans.items(session, reader, version.plan_id))
        for iso3 in sorted(set(codes) & plans.countries(session, reader))
        for version in plans.versions(session, reader, iso3)
        if version.state is PlanState.AGREED
    ]


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of a frame of the facts, each with its columns as attributes."""
    return iter(frame.itertuples())


def activity_code(number: object) -> str:
    """Name an activity in a ledger: A and its number."""
    return f"A-{number}"


def assessment_code(number: object) -> str:
    """Name an assessment in a ledger: V, as in visit, and its number."""
    return f"V-{number}"


def request_code(number: object) -> str:
    """Name a request in a ledger: R and its number."""
    return f"R-{number}"


def is_unconfirmed(activity: Any, day: date) -> bool:
    """Tell whether an activity may have moved on: it runs, and nobody has confirmed it in time."""
    return Status(activity.status) in RUNNING and is_stale(activity.status_as_of, day)


def seen(facts: Facts) -> dict[str, Seen]:
    """Tell how each activity, need and funding request stands, by code."""
    found: dict[str, Seen] = {}
    for row in rows(facts.activities):
        status = Status(row.status)
        stale = is_unconfirmed(row, facts.day)
        code = activity_code(row.activity_id)
        found[code] = Seen(
            *(code, str(row.title), status.value, status not in RUNNING, stale, row.end or None),
            language=row.language or "",
        )
    for row in rows(facts.needs):
        state = NeedState(row.state)
        found[row.code] = Seen(
            *(row.code, row.title, state.value, state not in UNMET_STATES, False, row.wanted_by),
            language=row.language or "",
        )
    for asking in facts.askings:
        found[asking.code] = Seen(asking.code, asking.title, asking.state.value, False)
    return found
