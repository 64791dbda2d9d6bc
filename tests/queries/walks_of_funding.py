"""Walks of the reads of funding requests and of the needs under them."""

from datetime import UTC, datetime
from decimal import Decimal

from ctai.domain.funding import FundingState
from ctai.domain.ladder import FundingTest
from ctai.domain.money import BudgetKind
from ctai.domain.roles import Action, Role
from ctai.models.funding import (
    FundingCountry,
    FundingFlow,
    FundingMove,
    FundingNeed,
    FundingRequest,
    FundingReview,
)
from ctai.queries import funding, funding_needs
from tests.funding_drafts import answer_tests
from tests.queries.conftest import NEEDS
from tests.queries.walk import Look, letters_of, walks

ENDORSED, DRAFT = FundingState.ENDORSED, FundingState.DRAFT
REQUESTS = {letter: (letter, ENDORSED, "CTED") for letter in NEEDS} | {
    "K": ("C", DRAFT, "UNODC"),
    "L": ("B", DRAFT, "CTED"),
    "M": ("E", ENDORSED, "UNODC"),
}
"""By letter: the need, by whose level and countries the request goes; its state; its entity."""
SIGHT = {
    Role.VIEWER: "ABCG",
    Role.DESK_OFFICER: "ABCDFGK",
    Role.FOCAL_POINT: "ABCGKM",
    Role.COUNTERPART: "AG",
    Role.DONOR: "ABG",
    Role.ADMINISTRATOR: "ABCDEFGKLM",
}
SECRET = "Between us"


def _stored(look: Look) -> dict[str, int]:
    """Store the requests for this look, which is undone after it."""
    moment = datetime.now(UTC)
    numbers: dict[str, int] = {}
    for letter, (need, state, entity) in REQUESTS.items():
        row = FundingRequest(
            code=f"F-{letter}",
            title=f"Request {letter}",
            entity=entity,
            note=SECRET,
            total=Decimal(10),
            state=state.value,
            state_since=moment,
            visibility=NEEDS[need].visibility.value,
            author="olga",
            created_at=moment,
            changed_at=moment,
        )
        look.session.add(row)
        look.session.flush()
        assert row.id is not None
        numbers[letter] = row.id
        look.session.add(FundingNeed(request_id=row.id, need_id=look.world.needs[need]))
        look.session.add_all(
            FundingCountry(request_id=row.id, iso3=iso3) for iso3 in NEEDS[need].countries
        )
        steps = (DRAFT, FundingState.SUBMITTED, FundingState.UNDER_REVIEW, state)
        look.session.add_all(
            FundingMove(
                request_id=row.id,
                sequence=place,
                to_state=step.value,
                actor="olga",
                moved_at=moment,
                comment=SECRET,
            )
            for place, step in enumerate(steps, start=1)
        )
        look.session.add(
            FundingReview(
                request_id=row.id,
                round=1,
                question="lasting",
                answer="partly",
                comment=SECRET,
                reviewer="dora",
                reviewed_at=moment,
            )
        )
        look.session.add(
            FundingFlow(
                request_id=row.id,
                kind=BudgetKind.PLEDGE.value,
                donor="Denmark",
                amount=Decimal(5),
                currency="USD",
                happened="2024-06",
                reference=SECRET,
                recorded_by="dora",
                recorded_at=moment,
            )
        )
    look.session.flush()
    return numbers


def _expected_needs(look: Look, letters: str) -> set[str]:
    return {f"N-{letter}" for letter in letters if letter in look.sight.needs}


@walks(funding.view)
def _view(look: Look) -> None:
    numbers = _stored(look)
    views = {x: funding.view(look.session, look.viewer, number) for x, number in numbers.items()}
    assert "".join(x for x, found in views.items() if found) == SIGHT[look.viewer.role]
    inside = look.viewer.may(Action.SEE_UN_SYSTEM)
    for letter, found in views.items():
        if found is None:
            continue
        need = REQUESTS[letter][0]
        assert (SECRET in repr(found)) == inside
        assert ("olga" in repr(found)) == inside
        assert ("dora" in repr(found)) == inside
        assert set(found.countries) == look.reached(NEEDS[need].countries)
        assert {one.code for one in found.needs if one.is_open} == _expected_needs(look, need)
        assert [move.after for move in found.moves][-1:] == [REQUESTS[letter][1]]
        assert len(found.moves) == (4 if inside else 1)
        assert found.flows[0].flow.amount == 5
    assert funding.view(look.session, look.viewer, 999_999) is None


@walks(funding.version_of)
def _version_of(look: Look) -> None:
    for letter, number in _stored(look).items():
        version = funding.version_of(look.session, look.viewer, number)
        assert version == (1 if letter in SIGHT[look.viewer.role] else None)


@walks(funding_needs.pickable)
def _pickable(look: Look) -> None:
    """A desk picks among its countries' needs, nobody without the right to file picks any."""
    letters = {
        Role.DESK_OFFICER: "ACDFG",
        Role.FOCAL_POINT: "ABCG",
        Role.ADMINISTRATOR: "ABCDEFG",
    }.get(look.viewer.role, "")
    found = funding_needs.pickable(look.session, look.viewer)
    assert letters_of(look.world.needs, [need.need_id for need in found]) == letters
    assert [need.title for need in found] == [f"Need N-{letter}" for letter in letters]


@walks(funding_needs.needs_of)
def _needs_of(look: Look) -> None:
    inside = look.viewer.may(Action.SEE_UN_SYSTEM)
    for letter, number in _stored(look).items():
        need = REQUESTS[letter][0]
        found = funding_needs.needs_of(look.session, look.viewer, number)
        if letter not in SIGHT[look.viewer.role]:
            assert found == ()
            continue
        assert {one.code for one in found if one.is_open} == _expected_needs(look, need)
        hidden = [one for one in found if not one.is_open]
        assert all(inside and one.title == "" and "N-" not in one.code for one in hidden)
        assert len(found) == (1 if inside or need in look.sight.needs else 0)


@walks(funding_needs.needs_known)
def _needs_known(look: Look) -> None:
    found = funding_needs.needs_known(look.session, look.viewer, look.world.needs.values())
    assert letters_of(look.world.needs, found) == look.sight.needs
    numbers = _stored(look)
    with_own = funding_needs.needs_known(look.session, look.viewer, [], numbers["M"])
    is_seen = "M" in SIGHT[look.viewer.role]
    assert letters_of(look.world.needs, with_own) == ("E" if is_seen else "")


@walks(funding_needs.tests_of)
def _tests_of(look: Look) -> None:
    answer_tests(look.session, look.world.needs["A"])
    answer_tests(look.session, look.world.needs["E"], passed=False)
    found = funding_needs.tests_of(look.session, look.viewer, look.world.needs.values())
    letters = look.sight.needs if look.viewer.may(Action.SEE_UN_SYSTEM) else ""
    assert [one.need_code for one in found] == [f"N-{x}" for x in letters for _ in FundingTest]
    answers = {"A": True, "E": False}
    assert all(one.passed is answers.get(one.need_code[-1]) for one in found)
