"""The screen's reads of accounts."""

import pandas as pd

from ctai.domain.roles import Viewer
from ctai.queries import users
from ctai.ui import store


def accounts(viewer: Viewer) -> pd.DataFrame:
    """List the accounts, for an administrator."""
    with store.reading() as session:
        return users.listed(session, viewer)
