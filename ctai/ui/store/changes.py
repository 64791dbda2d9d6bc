"""The screen's reads of the history of all records."""

import pandas as pd

from ctai.db import Session
from ctai.domain.history import Wanted
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.queries import activities, history, record_titles
from ctai.ui import store


def _changes(
    session: Session, viewer: Viewer, wanted: Wanted, limit: int, offset: int, lang: str
) -> pd.DataFrame:
    """List changes with the titles of their records, where these have one."""
    found = history.changes(session, viewer, wanted, limit, offset)
    records = list(zip(found["record_kind"], found["record_id"], strict=True))
    titles = {
        kind: _titles(session, viewer, kind, [n for k, n in records if k == kind], lang)
        for kind in dict.fromkeys(found["record_kind"])
    }
    told = [titles[kind].get(number) for kind, number in records]
    return found.assign(title=pd.Series(told, index=found.index, dtype=object))


def _titles(
    session: Session, viewer: Viewer, kind: str, numbers: list[int], lang: str
) -> dict[int, str]:
    if kind != RecordKind.ACTIVITY:
        return record_titles.titles(session, viewer, RecordKind(kind), numbers)
    named = activities.by_number(session, viewer, sorted(set(numbers)), lang)
    return dict(zip(named["activity_id"], named["title"], strict=True))


changes = store.remembered(_changes)
field_codes = store.remembered(history.field_codes)
