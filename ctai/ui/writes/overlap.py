"""The screen's writes of overlaps: a decision on two activities, and taking it back."""

from ctai.domain.overlap import Judgement
from ctai.domain.roles import Viewer
from ctai.services import decide_overlap
from ctai.ui import writes


def decide(viewer: Viewer, one: int, other: int, judgement: Judgement) -> None:
    """Say what two activities are to each other; raise Refused with reasons."""
    with writes.writing() as session:
        decide_overlap.decide(session, viewer, one, other, judgement)


def take_back(viewer: Viewer, one: int, other: int) -> None:
    """Take a decision back, so that the pair is proposed again; raise Refused with reasons."""
    with writes.writing() as session:
        decide_overlap.take_back(session, viewer, one, other)
