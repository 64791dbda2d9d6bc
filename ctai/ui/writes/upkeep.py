"""The screen's write of what was said of an entity's quarter."""

from ctai.domain.reporting import QuarterAnswer, Statement
from ctai.domain.roles import Viewer
from ctai.services import state_reporting
from ctai.ui import writes


def say(viewer: Viewer, said: Statement, seen: QuarterAnswer | None) -> None:
    """Say what an entity's quarter was; raise Refused with reasons."""
    with writes.writing() as session:
        state_reporting.state_reporting(session, viewer, said, seen)
