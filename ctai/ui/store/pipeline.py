"""The screen's reads of the pipeline, and what an amount would do."""

from ctai.db import Session
from ctai.domain import what_if as what_if_rules
from ctai.domain.pipeline import Narrowing, counted
from ctai.domain.purse import Purse
from ctai.domain.roles import Viewer
from ctai.domain.what_if import Answer
from ctai.queries import pipeline
from ctai.ui import store

askings = store.remembered(pipeline.askings)


def _what_if(session: Session, viewer: Viewer, purse: Purse) -> Answer:
    found = pipeline.askings(session, viewer)
    return what_if_rules.answer(found, purse, store.today(), counted(found, Narrowing()))


what_if = store.remembered(_what_if)
