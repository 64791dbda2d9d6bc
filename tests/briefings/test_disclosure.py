"""On the embedded records, no briefing holds a word of what its audience may not see."""

from datetime import UTC, datetime

import pytest

from ctai import db
from ctai.briefings.build import build
from ctai.briefings.pdf import pdf_bytes
from ctai.domain.briefing import Audience, Briefing
from ctai.domain.roles import SYSTEM, Visibility
from ctai.domain.scope import Scope
from tests.app.conftest import QUIET
from tests.briefings.pages import text_of

TODAY = datetime.now(UTC).date()
UN, RESTRICTED = Visibility.UN_SYSTEM, Visibility.RESTRICTED
ALL, NGA, BFA = Scope(), Scope(country=("NGA",)), Scope(country=("BFA",))
BOTH_UN = {("NGA", UN), ("BFA", UN)}
OPEN = {
    # The restricted records of Nigeria are UNODC's, those of Burkina Faso are IOM's.
    (Audience.EXECUTIVE, None, ALL): BOTH_UN,
    (Audience.EXECUTIVE, None, NGA): {("NGA", UN)},
    (Audience.EXECUTIVE, None, BFA): {("BFA", UN)},
    (Audience.ENTITY, "UNODC", ALL): {*BOTH_UN, ("NGA", RESTRICTED)},
    (Audience.ENTITY, "UNODC", BFA): {("BFA", UN)},
    (Audience.ENTITY, "IOM", ALL): {*BOTH_UN, ("BFA", RESTRICTED)},
    (Audience.STATE, None, NGA): set(),
    (Audience.STATE, None, BFA): set(),
    (Audience.DONOR, None, ALL): set(),
    (Audience.DONOR, "Denmark", BFA): set(),
    (Audience.PUBLIC, None, ALL): set(),
    (Audience.PUBLIC, "Denmark", NGA): set(),
}


@pytest.mark.parametrize(("audience", "entity", "scope"), OPEN, ids=str)
def test_a_briefing_holds_just_the_quiet_words_of_its_audience(
    shelf: str, audience: Audience, entity: str | None, scope: Scope
) -> None:
    asked = Briefing(audience, "en", TODAY, scope, entity=entity)
    document = build(db.shared_engine(shelf), SYSTEM, asked, TODAY)
    content, pages = document.canonical.decode(), text_of(pdf_bytes(document))
    for place, word in QUIET.items():
        told = place in OPEN[audience, entity, scope]
        assert (word in content) == told, (place, word)
        assert (word in pages) == told, (place, word)
