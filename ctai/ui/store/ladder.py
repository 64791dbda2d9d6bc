"""The screen's reads of the ladder: one need, the unmet ones, what waits, and what is proposed."""

import pandas as pd

from ctai.db import Session
from ctai.domain.answers import Proposal, Suggestion
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.queries import answers, calendar, records
from ctai.queries import ladder as reads
from ctai.queries import unmet as waits
from ctai.queries.ladder import NeedStanding
from ctai.queries.unmet import Waiting
from ctai.ui import store

__all__ = ["NeedStanding", "Proposal", "Suggestion", "Waiting"]


def _unmet(session: Session, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    return waits.unmet(session, viewer, scope, store.today())


unmet = store.remembered(_unmet)
proposed_answers = store.remembered(answers.proposed_answers)
entities_to_ask = store.remembered(answers.entities_to_ask)


def need(viewer: Viewer, need_id: int) -> NeedStanding | None:
    """Read a need with its ladder afresh."""
    with store.reading() as session:
        return reads.standing_of(session, viewer, need_id, store.today())


def waiting(viewer: Viewer) -> tuple[Waiting, ...]:
    """Read what waits for this viewer's answer."""
    with store.reading() as session:
        return waits.waiting(session, viewer, store.today())


def history(viewer: Viewer, need_id: int) -> pd.DataFrame:
    """Read a need's revisions, newest first."""
    with store.reading() as session:
        return records.history(session, viewer, RecordKind.NEED, need_id)


def calendar_days() -> list[tuple[str, bool, str]]:
    """Read the days that differ from the week's rule, oldest first."""
    with store.reading() as session:
        return calendar.named(session)
