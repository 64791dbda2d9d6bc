"""Older databases: what they hold is still there after an upgrade, with its children."""

from contextlib import closing

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from ctai import db
from ctai.models.needs import Assessment, Need, NeedCountry, Request
from ctai.models.records import Revision, Source

ROWS = (
    "INSERT INTO member_state VALUES "
    "('BFA','BF','854','011','member','Burkina Faso','Burkina Faso','','','','')",
    "INSERT INTO entity VALUES ('CTED','member','CTED','','','','','','','','','')",
    "INSERT INTO measure VALUES ('II.13','II','borders',TRUE,21)",
    "INSERT INTO assessment (id,title,lead,status,findings,disclosed,visibility,note,created_at) "
    "VALUES (1,'Visit','CTED','completed','','unknown','public','','2026-05-04 10:00:00')",
    "INSERT INTO request (id,iso3,what,authority,addressed_to,measure,status,visibility,note,"
    "created_at) VALUES (1,'BFA','Help','','CTED','II.13','requested','public','',"
    "'2026-05-04 10:00:00')",
    "INSERT INTO need (id,code,title,measure,basis,evidence_kind,evidence_body,evidence_title,"
    "evidence_ref,state,disclosed,visibility,note,version,created_at) VALUES "
    "(1,'N-1','Training','II.13','inferred','assessment','CTED','','','open','yes','public','',1,"
    "'2026-05-04 10:00:00')",
    "INSERT INTO need_country VALUES (1,'BFA','N-1')",
    "INSERT INTO source (record_kind,record_id,url,title,note,claim_field,claim_value) VALUES "
    "('need',1,'https://example.org','','','','')",
    "INSERT INTO revision (at,actor,record_kind,record_id,field,new,why) VALUES "
    "('2026-05-04 10:00:00','system','need',1,'title','Training','')",
)


@pytest.fixture
def older(database_url: str) -> str:
    """A database of the first version, with a row in each table that later versions change."""
    config = Config()
    config.set_main_option("script_location", str(db.MIGRATIONS))
    config.attributes["url"] = database_url
    command.downgrade(config, "0001")
    engine = db.make_engine(database_url)
    with engine.begin() as connection:
        for statement in ROWS:
            connection.exec_driver_sql(statement)
    engine.dispose()
    return database_url


def test_an_upgrade_keeps_every_row_and_its_children(older: str) -> None:
    db.upgrade(older)
    engine = db.make_engine(older)
    with Session(engine) as session:
        need = session.get_one(Need, 1)
        assert (need.title, need.for_whom, need.estimated_cost) == ("Training", "", None)
        assert need.changed_at == need.created_at
        assert session.get_one(NeedCountry, (1, "BFA")).code == "N-1"
        assert session.get_one(Assessment, 1).version == 1
        assert session.get_one(Request, 1).contact_office == ""
        assert session.scalars(sa.select(col(Source.url))).all() == ["https://example.org"]
        assert session.scalars(sa.select(col(Revision.new))).all() == ["Training"]
    engine.dispose()
    db.check(older)


def test_revisions_are_still_append_only_after_an_upgrade(older: str) -> None:
    db.upgrade(older)
    engine = db.make_engine(older)
    for statement in ("UPDATE revision SET actor = 'x'", "DELETE FROM revision"):
        with closing(engine.connect()) as connection, pytest.raises(DBAPIError):
            connection.exec_driver_sql(statement)
    engine.dispose()
