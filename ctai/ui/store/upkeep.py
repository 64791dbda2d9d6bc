"""The screen's reads of reporting, of what waits for somebody, and of what to confirm first."""

from dataclasses import replace

import pandas as pd

from ctai.db import Session
from ctai.domain.confirmations import Confirmation
from ctai.domain.notices import Notice
from ctai.domain.reporting import last_quarters
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.queries import confirmations, notices, reporting
from ctai.ui import store


def _quarters(session: Session, viewer: Viewer, scope: Scope) -> pd.DataFrame:
    today = store.today()
    return reporting.matrix(session, viewer, scope, last_quarters(today), today)


def _most_telling(session: Session, viewer: Viewer, scope: Scope) -> tuple[Confirmation, ...]:
    return confirmations.most_telling(session, viewer, scope, store.today())


def _waiting(session: Session, viewer: Viewer, username: str) -> tuple[Notice, ...]:
    return notices.waiting(session, replace(viewer, username=username), store.today())


quarters = store.remembered(_quarters)
most_telling = store.remembered(_most_telling)
focal_points = store.remembered(reporting.focal_points)
_kept_waiting = store.remembered(_waiting)


def waiting(viewer: Viewer) -> tuple[Notice, ...]:
    """List what waits for somebody, by due date.

    Kept until anything changes, since the menu asks on every run; each visitor has their own, as
    the name is part of what is asked.
    """
    return _kept_waiting(viewer, viewer.username)
