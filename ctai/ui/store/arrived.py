"""The screen's reads of what came from files: afresh, for a decision is made on what is shown."""

import pandas as pd

from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Viewer
from ctai.queries import arrived
from ctai.ui import store


def offers(viewer: Viewer) -> pd.DataFrame:
    """List the values that wait for a decision of the viewer."""
    with store.reading() as session:
        return arrived.offers(session, viewer)


def files(viewer: Viewer) -> pd.DataFrame:
    """List the newest files that came in."""
    with store.reading() as session:
        return arrived.files(session, viewer)


def origins(viewer: Viewer, kind: RecordKind, number: int) -> pd.DataFrame:
    """Tell which files gave a record."""
    with store.reading() as session:
        return arrived.origins(session, viewer, kind, number)
