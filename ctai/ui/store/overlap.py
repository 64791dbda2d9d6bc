"""The screen's reads of overlaps: what to look at, what was decided, whom else to ask."""

from collections.abc import Collection

from ctai.db import Session
from ctai.domain.activities import ActivityDraft
from ctai.domain.overlap import Candidate, facts_of
from ctai.domain.overlap_blocks import candidates, in_order, nearest
from ctai.domain.restricted import RestrictedOverlap
from ctai.domain.roles import Viewer
from ctai.queries import overlap, restricted
from ctai.ui import store

Decided = overlap.Decided


def _open(session: Session, viewer: Viewer, iso3: str) -> list[Candidate]:
    """Give a country's overlaps that nobody has decided on; those with another country as well,
    where the viewer answers for both."""
    decided = {(one.one, one.other) for one in overlap.decided(session, viewer)}
    stored = overlap.facts(session, viewer, {iso3, *viewer.countries})
    here = {facts.number for facts in stored if iso3 in facts.countries}
    found = (one for one in candidates(stored) if {one.one, one.other} & here)
    return sorted((one for one in found if (one.one, one.other) not in decided), key=in_order)


undecided = store.remembered(_open)
decided = store.remembered(overlap.decided)
restricted_overlaps = store.remembered(restricted.overlaps)


def beside(viewer: Viewer, draft: ActivityDraft) -> tuple[Candidate, ...]:
    """Look for stored activities that a new one may repeat or meet, as they are now."""
    with store.reading() as session:
        return nearest(facts_of(draft), overlap.facts(session, viewer, draft.iso3s))


def asked_about(viewer: Viewer, countries: Collection[str]) -> tuple[RestrictedOverlap, ...]:
    """Tell, inside the United Nations, whom to ask about restricted activities in countries."""
    return restricted_overlaps(viewer, tuple(sorted(countries)))
