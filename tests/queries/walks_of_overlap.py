"""Walks of overlaps: facts and decisions of what a viewer sees, totals without what is twice."""

from datetime import UTC, datetime
from itertools import combinations

from ctai.domain.overlap import Judgement
from ctai.domain.roles import Action
from ctai.domain.scope import Scope
from ctai.models.exchange import OverlapDecision
from ctai.queries import heatmap, overlap
from tests.queries.conftest import ACTIVITIES
from tests.queries.walk import Look, walks

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _decide_all(look: Look) -> None:
    """Call every activity a duplicate of every other one."""
    for one, other in combinations(sorted(look.world.activities.values()), 2):
        row = OverlapDecision(
            activity_id=one,
            other_id=other,
            judgement=Judgement.DUPLICATE.value,
            decided_by="ada",
            decided_at=NOW,
        )
        look.session.add(row)
    look.session.flush()


@walks(overlap.facts)
def _facts(look: Look) -> None:
    found = overlap.facts(look.session, look.viewer, ("NGA", "BFA"))
    assert look.activity_letters(one.number for one in found) == look.sight.activities
    letter_of = {number: letter for letter, number in look.world.activities.items()}
    for one in found:
        fact = ACTIVITIES[letter_of[one.number]]
        assert one.titles == (f"Activity {letter_of[one.number]}",)
        assert one.countries == frozenset(fact.countries)
        assert {party.name for party in one.parties} == set(fact.entities)
        assert one.measures == {fact.measure}
    there = overlap.facts(look.session, look.viewer, ("BFA",))
    seen = "".join(x for x in look.sight.activities if "BFA" in ACTIVITIES[x].countries)
    assert look.activity_letters(one.number for one in there) == seen


@walks(overlap.decided)
def _decided(look: Look) -> None:
    assert overlap.decided(look.session, look.viewer) == []
    _decide_all(look)
    found = overlap.decided(look.session, look.viewer)
    if not look.viewer.may(Action.SEE_UN_SYSTEM):
        assert found == []
        return
    seen = sorted(look.world.activities[letter] for letter in look.sight.activities)
    assert {(one.one, one.other) for one in found} == set(combinations(seen, 2))


@walks(heatmap.totals)
def _totals(look: Look) -> None:
    counted = heatmap.totals(look.session, look.viewer, Scope(), NOW.date())
    assert counted.gross == counted.net == len(look.sight.activities)
    _decide_all(look)
    counted = heatmap.totals(look.session, look.viewer, Scope(), NOW.date())
    assert (counted.gross, counted.net) == (len(look.sight.activities), 1)
