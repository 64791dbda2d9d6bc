"""The screen's reads of the history of all records."""

import pandas as pd

from ctai.db import Session
from ctai.domain.history import Wanted
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.queries import activities, history
from ctai.ui import store


def _changes(
    session: Session, viewer: Viewer, wanted: Wanted, limit: int, offset: int, lang: str
) -> pd.DataFrame:
    """List changes with the titles of activities, where there are any to name."""
    found = history.changes(session, viewer, wanted, limit, offset)
    of_activities = found["record_kind"] == RecordKind.ACTIVITY.value
    numbers = sorted({int(number) for number in found.loc[of_activities, "record_id"]})
    named = activities.by_number(session, viewer, numbers, lang)
    titles = dict(zip(named["activity_id"], named["title"], strict=True))
    told = [
        titles.get(number) if is_activity else None
        for number, is_activity in zip(found["record_id"], of_activities, strict=True)
    ]
    return found.assign(title=pd.Series(told, index=found.index, dtype=object))


changes = store.remembered(_changes)
field_codes = store.remembered(history.field_codes)
