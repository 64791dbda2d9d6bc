"""Walks of the pipeline: requests, their needs, countries and moves, each as far as one may see."""

from dataclasses import dataclass

from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind
from ctai.domain.roles import Role, Visibility
from ctai.queries import pipeline
from tests.pipeline_drafts import ENDORSED, SUBMITTED, WRITTEN, flow, store_request
from tests.queries.conftest import BFA, BOTH, NGA, PUBLIC, RESTRICTED, UN
from tests.queries.walk import Look, letters_of, walks

DRAFT, ASKED, YES = FundingState.DRAFT, FundingState.SUBMITTED, FundingState.ENDORSED


@dataclass(frozen=True)
class Case:
    """A funding request of the walk; `needs` are letters of the world's needs."""

    visibility: Visibility
    state: FundingState
    countries: tuple[str, ...]
    entity: str
    needs: str = ""


CASES = {
    "p": Case(PUBLIC, YES, NGA, "UNODC", "ACD"),
    "q": Case(PUBLIC, ASKED, BFA, "CTED", "B"),
    "r": Case(UN, YES, BFA, "UNODC"),
    "s": Case(RESTRICTED, YES, NGA, "CTED"),
    "u": Case(RESTRICTED, YES, BFA, "UNODC"),
    "v": Case(PUBLIC, DRAFT, NGA, "UNODC"),
    "w": Case(PUBLIC, DRAFT, BFA, "CTED"),
    "x": Case(PUBLIC, YES, BOTH, "CTED", "EG"),
}
SEEN = {
    Role.VIEWER: "pqrx",
    Role.DESK_OFFICER: "pqrsvx",
    Role.FOCAL_POINT: "pqruvx",
    Role.COUNTERPART: "px",
    Role.DONOR: "px",
    Role.ADMINISTRATOR: "pqrsuvwx",
}
COURSE = [(None, DRAFT, WRITTEN), (DRAFT, ASKED, SUBMITTED), (ASKED, YES, ENDORSED)]


@walks(pipeline.askings)
def _askings(look: Look) -> None:
    numbers = {
        letter: store_request(
            look.session,
            f"F-{letter}",
            [look.world.needs[need] for need in case.needs],
            case.countries,
            entity=case.entity,
            state=case.state,
            visibility=case.visibility,
            flows=[flow(BudgetKind.PLEDGE, 2**place)],
            came=COURSE[: [DRAFT, ASKED, YES].index(case.state) + 1],
        )
        for place, (letter, case) in enumerate(CASES.items())
    }
    found = pipeline.askings(look.session, look.viewer)
    letters = SEEN[look.viewer.role]
    assert [one.request_id for one in found] == [numbers[letter] for letter in letters]
    is_un = look.viewer.role not in (Role.COUNTERPART, Role.DONOR)
    for letter, one in zip(letters, found, strict=True):
        case = CASES[letter]
        seen = letters_of(look.world.needs, [need.need_id for need in one.needs])
        assert set(seen) == set(case.needs) & set(look.sight.needs)
        reached = look.reached(case.countries)
        assert {iso3 for iso3 in one.countries if iso3} == reached
        assert len(one.countries) == len(case.countries)
        for need in one.needs:
            assert {iso3 for iso3 in need.countries if iso3} <= look.reached(["NGA", "BFA"])
        assert (one.moves[0].state is DRAFT) == is_un
        assert one.moves[-1].state is case.state
        assert [f.amount for f in one.flows] == [2 ** list(CASES).index(letter)]
