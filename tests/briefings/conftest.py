"""An installation that briefings are of: both databases, a few records, and days gone by."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine
from sqlmodel import col

from ctai import db
from ctai.domain.roles import SYSTEM, Visibility
from ctai.models.records import DataMoment
from ctai.models.reference import PartnershipStep
from ctai.queries import codes
from ctai.services.store_activity import enter
from ctai.services.store_evidence import enter_need
from tests.app.conftest import filled, shelf
from tests.drafts import KNOWN, activity, add_code_lists, need

__all__ = ["filled", "shelf"]

LONG_AGO = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture
def store(engine: Engine) -> Engine:
    """A database with three courses and two needs of Nigeria, one each restricted; all of it was
    entered on 2024-03-01."""
    with db.transaction(engine) as session:
        add_code_lists(session)
        session.add(PartnershipStep(iso3="NGA", step="active", happened="2008"))
        for title, level in (
            ("Border course", Visibility.PUBLIC),
            ("Radio course", Visibility.PUBLIC),
            ("Quiet course", Visibility.RESTRICTED),
        ):
            enter(session, SYSTEM, activity(title, visibility=level), KNOWN)
        enter_need(session, SYSTEM, need("N-1"), KNOWN)
        enter_need(session, SYSTEM, need("N-2", visibility=Visibility.RESTRICTED), KNOWN)
    happened(engine, LONG_AGO)
    return engine


def happened(engine: Engine, at: datetime) -> None:
    """Have the newest number of the data version begun at a moment."""
    with db.transaction(engine) as session:
        newest = codes.data_version(session)
        moved = update(DataMoment).where(col(DataMoment.number) == newest).values(at=at)
        session.execute(moved)
