"""The screen's writes about values that files offer."""

from ctai.domain.arrivals import OfferState
from ctai.domain.roles import Viewer
from ctai.services import decide_offer
from ctai.ui import writes


def decide(viewer: Viewer, number: int, to: OfferState) -> None:
    """Take an offered value or leave ours; raise Refused with reasons."""
    with writes.writing() as session:
        decide_offer.decide_offer(session, viewer, number, to)
