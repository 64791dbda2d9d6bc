"""What a reader is shown of the case, now or as of a number, and how it stands at a glance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import Session

from ctai.domain import gaps, pipeline_sums
from ctai.domain.history import Wanted
from ctai.domain.ladder import Rung
from ctai.domain.progress import summary
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.domain.strategy import Level
from ctai.queries import (
    activities,
    assessments,
    evidence,
    funding,
    history,
    ladder,
    pipeline,
    plans,
    requests,
    resources,
    unmet,
)
from tests.whole_way.case import DESK, OTHER_DONOR, Case

HERE = Scope(country=("BFA",), measure=("II.13", "III.8"))
"""The two cells of the matrix into which the needs of the case fall."""
NEWEST = 40
"""Changes that are looked at: more than a step makes, but for the plan of all needs."""

Shown = dict[str, Any]


def shown(session: Session, viewer: Viewer, numbers: Mapping[str, int], day: date) -> Shown:
    """Tell what a reader sees of the case: its lists, and those records that have a number yet."""
    of_needs = [numbers[name] for name in ("need", "other") if name in numbers]
    cells = evidence.evidence(session, viewer, HERE, day)
    return {
        "request": requests.draft_of(session, viewer, numbers["request"]),
        "assessment": assessments.draft_of(session, viewer, numbers["assessment"]),
        "asked": unmet.waiting(session, viewer, day),
        "ladder": [ladder.standing_of(session, viewer, number, day) for number in of_needs],
        "cells": [_rows(frame) for frame in (cells.needs, cells.coverage, cells.assessments)],
        "activities": _rows(activities.listed(session, viewer, HERE, day, "en", 50, 0)),
        "history": _rows(history.changes(session, viewer, Wanted(), NEWEST, 0)),
        **_money(session, viewer, numbers, day),
    }


def _rows(frame: pd.DataFrame) -> list[str]:
    return sorted(frame.to_csv(index=False).splitlines())


def _money(session: Session, viewer: Viewer, numbers: Mapping[str, int], day: date) -> Shown:
    asked = pipeline.askings(session, viewer)
    of_plans = [
        resources.of_plan(session, viewer, numbers[name])
        for name in ("plan", "second")
        if name in numbers
    ]
    request = numbers.get("funding")
    return {
        "pipeline": asked,
        "sums": [pipeline_sums.by_face(asked, face) for face in pipeline_sums.Face],
        "funding": None if request is None else funding.view(session, viewer, request),
        "plans": plans.versions(session, viewer, "BFA"),
        "resources": of_plans,
        "progress": [summary(of_one.items, day) for of_one in of_plans],
    }


def at_a_glance(session: Session, case: Case, then: Mapping[str, Shown]) -> dict[str, str]:
    """Tell how the case stands for its desk, who sees its need, and whose answer is awaited.

    `need` is its state and its rungs', `told` what people decided of it, `cell` that of the
    matrix, `money` the secured, the spent and the asked, `plans` the completed of all items.
    """
    desk = then[DESK.username]
    sees = [name for name, read in then.items() if any(read["ladder"][:1])]
    number = case.numbers.get("need", 0)
    if ladder.standing_of(session, OTHER_DONOR, number, case.day) is not None:
        sees.append(OTHER_DONOR.username)
    return {
        **(_need(desk["ladder"][0]) if desk["ladder"] else {}),
        "cell": _cell(session, case),
        "money": _asked(desk),
        "plans": _plans(desk),
        "sees": " ".join(sees),
        "awaited": " ".join(name for name, read in then.items() if read["asked"]),
    }


def _need(found: ladder.NeedStanding) -> dict[str, str]:
    assert found.standing is not None
    rungs = [found.standing.of(rung).state.value for rung in Rung]
    told = f"tests {len(found.history.tests)} links {len(found.links)} checks {len(found.checks)}"
    return {"need": " ".join([found.need.state, *rungs]), "told": told}


def _cell(session: Session, case: Case) -> str:
    only = Scope(country=("BFA",), measure=("III.8",))
    cells = gaps.gaps(evidence.evidence(session, DESK, only, case.day), Level.MEASURE, case.day)
    (cell,) = cells.to_dict("records")
    return f"{cell['open_needs']} of {cell['needs']} open, {cell['activities']} activities"


def _asked(read: Shown) -> str:
    sums = pipeline_sums.total(read["pipeline"])
    money = f"{sums.money.committed:.0f} {sums.money.spent:.0f} {sums.ask_usd or 0:.0f}"
    return " ".join(f"{one.state} {money}" for one in read["pipeline"])


def _plans(read: Shown) -> str:
    told = zip(reversed(read["plans"]), read["progress"], strict=True)  # the newest comes first
    return ", ".join(f"{one.state} {sums.completed}/{sums.items}" for one, sums in told)
