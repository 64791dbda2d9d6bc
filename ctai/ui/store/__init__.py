"""The screen's reads, remembered until the data change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar, cast

import pandas as pd
import streamlit as st

from ctai import db
from ctai.db import Engine, Session
from ctai.domain import gaps as gap_rules
from ctai.domain.activities import ActivityDraft
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.overlap_totals import Totals
from ctai.domain.roles import Action, Viewer
from ctai.domain.scope import Face, Scope
from ctai.domain.strategy import Level
from ctai.queries import (
    activities,
    codes,
    evidence,
    follow_ups,
    heatmap,
    needs,
    overview,
    partners,
    records,
)
from ctai.services import store_activity
from ctai.settings import settings
from ctai.ui.store import moments
from ctai.ui.store.moments import asked_day as asked_day
from ctai.ui.store.moments import today as today

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

REMEMBERED = 128
"""Answers kept per read: some dozen readers with a handful of filters each; a few MB in all."""

MOST_TERMS = 500
"""Terms named behind a cell, largest first; its file lists all."""


def _engine() -> Engine:
    return db.shared_engine(settings().database_url)


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session for a read that is made afresh, of the day looked at."""
    then = moments.looked_at()
    with db.reading(_engine(), None if then is None else then.number) as session:
        yield session


_seen: ContextVar[list[int] | None] = ContextVar("data_version", default=None)


def data_version() -> int:
    """Tell the data version: within a run of a page the one that it began with."""
    seen = _seen.get()
    if seen:
        return seen[0]
    with db.reading(_engine()) as session:
        version = codes.data_version(session)
    if seen is not None:
        seen.append(version)
    return version


@contextmanager
def steady() -> Iterator[None]:
    """Show one state of the data throughout a run of a page, and ask for its version once."""
    before = _seen.set([])
    try:
        with moments.steady():
            yield
    finally:
        _seen.reset(before)


def look_again() -> None:
    """Forget the version that a run began with: it has written something itself."""
    seen = _seen.get()
    if seen:
        seen.clear()


def remembered(
    read: Callable[Concatenate[Session, Viewer, Asked], Answer],
) -> Callable[Concatenate[Viewer, Asked], Answer]:
    """Keep a read's answers until the data change.

    The key is how far the viewer reaches, not who they are; what is asked; the day; the data
    version, which every write raises in its own transaction, in whichever process; and whether it
    is a day gone by: what was open then may be closed by now.
    """

    # Version and day only tell answers apart: Streamlit leaves names with an underscore out.
    def answer(
        reach: Viewer,
        version: int,
        then: int | None,
        day: date,
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> Answer:
        with reading() as session:
            return read(session, reach, *args, **kwargs)

    # Streamlit names a cache by its function: one each, or the reads would share their answers.
    answer.__qualname__ = f"{read.__module__}.{read.__qualname__}"
    kept = st.cache_data(max_entries=REMEMBERED, show_spinner=False)(answer)

    def ask(viewer: Viewer, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        then = moments.looked_at()
        number = None if then is None else then.number
        return kept(replace(viewer, username=""), data_version(), number, today(), *args, **kwargs)

    return cast(Callable[Concatenate[Viewer, Asked], Answer], ask)


def _gaps(session: Session, viewer: Viewer, scope: Scope, level: Level) -> pd.DataFrame:
    return gap_rules.gaps(evidence.evidence(session, viewer, scope, today()), level, today())


def _activities(
    session: Session, viewer: Viewer, scope: Scope, limit: int, offset: int, lang: str
) -> pd.DataFrame:
    return activities.listed(session, viewer, scope, today(), lang, limit, offset)


def _activity_count(session: Session, viewer: Viewer, scope: Scope) -> int:
    return activities.count(session, viewer, scope, today())


def _activities_named(
    session: Session, viewer: Viewer, numbers: tuple[int, ...], lang: str
) -> pd.DataFrame:
    return activities.by_number(session, viewer, numbers, lang)


def _terms(session: Session, viewer: Viewer, scope: Scope, lang: str) -> pd.DataFrame:
    found = evidence.terms(session, viewer, scope, today())
    found = found.head(MOST_TERMS)
    named = activities.by_number(session, viewer, set(found["activity_id"]), lang)
    columns = ["activity_id", "title", "language", "entities", "source_urls"]
    return found.merge(named[columns], on="activity_id", how="left")


def _undertakings(session: Session, viewer: Viewer, face: Face, scope: Scope) -> pd.DataFrame:
    return heatmap.undertakings(session, viewer, face, scope, today())


def _cell_activities(
    session: Session,
    viewer: Viewer,
    face: Face,
    cell: tuple[str | None, str],
    scope: Scope,
    limit: int,
    lang: str,
) -> pd.DataFrame:
    numbers = heatmap.numbers_in(session, viewer, face, cell, scope, today(), limit)
    return activities.by_number(session, viewer, numbers, lang)


def _undertaking_totals(session: Session, viewer: Viewer, scope: Scope) -> Totals:
    return heatmap.totals(session, viewer, scope, today())


def _money(session: Session, viewer: Viewer, face: Face, scope: Scope) -> pd.DataFrame:
    return heatmap.money(session, viewer, face, scope, today())


def _timeline(session: Session, viewer: Viewer, scope: Scope, lang: str) -> pd.DataFrame:
    spans = partners.timeline(session, viewer, scope, today())
    named = activities.by_number(session, viewer, spans["activity_id"], lang)
    return spans.merge(named[["activity_id", "title", "entities"]], on="activity_id", how="left")


def _stale_count(session: Session, viewer: Viewer, scope: Scope) -> int:
    return overview.stale_count(session, viewer, scope, today())


def _statuses(session: Session, viewer: Viewer, scope: Scope) -> dict[str, int]:
    return overview.statuses(session, viewer, scope, today())


def _changed(session: Session, viewer: Viewer, days: int, limit: int, lang: str) -> pd.DataFrame:
    since = moments.now() - timedelta(days=days)
    found = overview.changed_activities(session, viewer, since, limit)
    named = activities.by_number(session, viewer, found["activity_id"], lang)
    return found.merge(
        named[["activity_id", "title", "countries", "entities", "status"]],
        on="activity_id",
        how="left",
    )


def _changed_counts(session: Session, viewer: Viewer, days: int) -> tuple[int, int, int]:
    return overview.changed_counts(session, viewer, moments.now() - timedelta(days=days))


def _assessments(session: Session, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    """List assessments with `OVERDUE_COLUMNS` beside: 0 and None where no follow-up is late."""
    late = follow_ups.overdue(session, viewer, scope, today())
    found = needs.assessments(session, viewer, scope).merge(late, on="assessment_id", how="left")
    return found.assign(overdue=found["overdue"].fillna(0).astype(int))


def _entities(session: Session, _viewer: Viewer) -> dict[str, str]:
    return codes.entities(session)


def _regions(session: Session, _viewer: Viewer) -> dict[str, str]:
    return codes.regions(session)


gaps = remembered(_gaps)
listed = remembered(_activities)
activity_count = remembered(_activity_count)
activities_named = remembered(_activities_named)
terms = remembered(_terms)
undertakings = remembered(_undertakings)
cell_activities = remembered(_cell_activities)
undertaking_totals = remembered(_undertaking_totals)
money = remembered(_money)
needs_of = remembered(needs.needs)
assessments_of = remembered(_assessments)
requests_of = remembered(needs.requests)
steps = remembered(partners.steps)
standing = remembered(partners.standing)
mapping = remembered(partners.mapping)
timeline = remembered(_timeline)
stale_count = remembered(_stale_count)
statuses = remembered(_statuses)
changed = remembered(_changed)
changed_counts = remembered(_changed_counts)
entities = remembered(_entities)
regions = remembered(_regions)


def draft(viewer: Viewer, activity_id: int) -> ActivityDraft | None:
    """Read one activity afresh, to show it whole or to amend it."""
    with reading() as session:
        return records.draft_of(session, viewer, activity_id)


def version(viewer: Viewer, activity_id: int) -> int | None:
    """Read the version of an activity that a form starts from."""
    with reading() as session:
        return activities.version_of(session, viewer, activity_id)


def history(viewer: Viewer, activity_id: int) -> pd.DataFrame:
    """Read an activity's revisions, newest first."""
    with reading() as session:
        return records.history(session, viewer, RecordKind.ACTIVITY, activity_id)


def confirmed(viewer: Viewer, activity_id: int) -> tuple[datetime | None, str | None]:
    """Read when and by whom an activity was last confirmed."""
    with reading() as session:
        return activities.confirmed(session, viewer, activity_id)


def last_entered(viewer: Viewer) -> int | None:
    """Read the number of the activity that somebody entered last."""
    with reading() as session:
        return activities.last_entered(session, viewer)


def faults(viewer: Viewer, written: ActivityDraft, activity_id: int | None) -> list[Fault]:
    """List every reason not to store what was written, before it is tried."""
    action = Action.ENTER if activity_id is None else Action.AMEND
    with reading() as session:
        try:
            store_activity.check(session, viewer, action, written, None, activity_id)
        except Refused as refusal:
            return list(refusal.faults)
    return []
