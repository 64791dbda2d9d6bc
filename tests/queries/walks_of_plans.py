"""Walks of the reads of action plans and of the money for them."""

from dataclasses import dataclass, replace
from decimal import Decimal

from ctai.domain.ladder import Answer
from ctai.domain.plans import ItemDraft
from ctai.domain.resources import Share
from ctai.domain.roles import SYSTEM, Action, Role, Visibility
from ctai.queries import plan_beginnings, plans, resources
from ctai.services.build_plan import build
from ctai.services.save_plan import save
from tests.plans_drafts import agree, answer, draft_of, flow, item, request, version_of
from tests.queries.conftest import NEEDS
from tests.queries.walk import Look, letters_of, walks

OPEN_TO = {
    # state and level of a plan of Nigeria: the roles that see it
    ("draft", Visibility.UN_SYSTEM): set(Role) - {Role.COUNTERPART, Role.DONOR},
    ("agreed", Visibility.PUBLIC): set(Role),
    ("agreed", Visibility.UN_SYSTEM): set(Role) - {Role.DONOR},
    ("agreed", Visibility.RESTRICTED): {
        Role.DESK_OFFICER,
        Role.ADMINISTRATOR,
        Role.FOCAL_POINT,  # UNODC takes part
    },
}


@dataclass(frozen=True)
class Stored:
    """A plan that a walk has stored, and whether its viewer ought to see it."""

    plan_id: int
    is_open: bool


def stored(look: Look, state: str, level: Visibility, iso3: str = "NGA") -> Stored:
    """Store a plan with an item for each need of a country; the walk rolls it back."""
    plan_id = build(look.session, SYSTEM, iso3, "Plan").plan_id
    inside = [number for letter, number in look.world.needs.items() if _of(letter, iso3)]
    row_items = tuple(item(number, f"Do {number}") for number in inside)
    _save(look, plan_id, row_items)
    if state == "agreed":
        agree(look.session, plan_id, SYSTEM, visibility=level)
    is_open = look.viewer.role in OPEN_TO[state, level]
    if iso3 != "NGA" and look.viewer.role is Role.COUNTERPART:
        is_open = False
    return Stored(plan_id, is_open)


def _of(letter: str, iso3: str) -> bool:
    return iso3 in NEEDS[letter].countries


def _save(look: Look, plan_id: int, inside: tuple[ItemDraft, ...]) -> None:
    draft = replace(draft_of(look.session, plan_id), items=inside)
    save(look.session, SYSTEM, plan_id, draft, version_of(look.session, plan_id))


def need_letters(look: Look, numbers: list[int]) -> str:
    return letters_of(look.world.needs, numbers)


def seen_needs(look: Look, iso3: str = "NGA") -> str:
    return "".join(letter for letter in look.sight.needs if _of(letter, iso3))


@walks(plans.versions)
def _versions(look: Look) -> None:
    for (state, level), roles in OPEN_TO.items():
        with look.session.begin_nested() as point:
            plan = stored(look, state, level)
            found = plans.versions(look.session, look.viewer, "NGA")
            told = [one.plan_id for one in found]
            assert told == ([plan.plan_id] if look.viewer.role in roles else [])
            assert plans.versions(look.session, look.viewer, "BFA") == ()
            point.rollback()


@walks(plans.version)
def _version(look: Look) -> None:
    for state, level in OPEN_TO:
        with look.session.begin_nested() as point:
            plan = stored(look, state, level)
            found = plans.version(look.session, look.viewer, plan.plan_id)
            assert (found is not None) == plan.is_open
            point.rollback()


@walks(plans.countries)
def _countries(look: Look) -> None:
    plan = stored(look, "agreed", Visibility.UN_SYSTEM)
    found = plans.countries(look.session, look.viewer)
    assert found == ({"NGA"} if plan.is_open else set())


@walks(plans.items)
def _items(look: Look) -> None:
    for state, level in OPEN_TO:
        with look.session.begin_nested() as point:
            plan = stored(look, state, level)
            found = plans.items(look.session, look.viewer, plan.plan_id)
            letters = need_letters(look, [one.need.number for one in found])
            assert letters == (seen_needs(look) if plan.is_open else "")
            point.rollback()


@walks(plans.draft_of)
def _draft_of(look: Look) -> None:
    for state, level in OPEN_TO:
        with look.session.begin_nested() as point:
            plan = stored(look, state, level)
            found = plans.draft_of(look.session, look.viewer, plan.plan_id)
            numbers = [] if found is None else [one.need_id or 0 for one in found.items]
            assert need_letters(look, numbers) == (seen_needs(look) if plan.is_open else "")
            point.rollback()


@walks(plans.known)
def _known(look: Look) -> None:
    found = plans.known(look.session, look.viewer, look.world.needs.values())
    assert need_letters(look, list(found.needs)) == look.sight.needs


@walks(plans.choices)
def _choices(look: Look) -> None:
    for iso3 in ("NGA", "BFA"):
        found = plans.choices(look.session, look.viewer, iso3)
        wanted = seen_needs(look, iso3) if look.reached([iso3]) else ""
        assert need_letters(look, [one.number for one in found]) == wanted


@walks(plan_beginnings.proposed)
def _proposed(look: Look) -> None:
    for number in look.world.needs.values():
        answer(look.session, number, "IOM", Answer.CAN)
    found = plan_beginnings.proposed(look.session, look.viewer, "NGA")
    assert need_letters(look, [one.need_id or 0 for one in found]) == seen_needs(look)
    told = {one.entity for one in found}
    assert told == ({"IOM"} if look.viewer.may(Action.SEE_UN_SYSTEM) else {None})


@walks(resources.pots)
def _pots(look: Look) -> None:
    needs = (look.world.needs["A"],)
    levels = {
        request(look.session, f"F-{level}", needs, visibility=level): level for level in Visibility
    }
    for number in levels:
        flow(look.session, number, "100.00")
    found, without_rate = resources.pots(look.session, look.viewer, needs)
    own = look.viewer.role in (Role.DESK_OFFICER, Role.ADMINISTRATOR)
    wanted = {Visibility.PUBLIC}
    if look.viewer.may(Action.SEE_UN_SYSTEM):
        wanted.add(Visibility.UN_SYSTEM)
    if own:
        wanted.add(Visibility.RESTRICTED)
    assert {levels[pot.request_id] for pot in found} == wanted
    assert len(found) == 2 * len(wanted)
    assert without_rate == 0


@walks(resources.of_plan)
def _of_plan(look: Look) -> None:
    for state, level in OPEN_TO:
        with look.session.begin_nested() as point:
            plan = stored(look, state, level)
            found = resources.of_plan(look.session, look.viewer, plan.plan_id)
            inside = len(seen_needs(look)) if plan.is_open else 0
            assert len(found.items) == inside
            total = found.reckoning.total()
            assert total == (Decimal(1000) * inside if inside else None)
            point.rollback()


@walks(resources.for_donors)
def _for_donors(look: Look) -> None:
    """Whoever asks gets what any donor may have, and nothing of a plan that is not theirs."""
    for state, level in OPEN_TO:
        with look.session.begin_nested() as point:
            plan = stored(look, state, level)
            number = request(look.session, "F-9", (look.world.needs["A"],))
            flow(look.session, number, "100.00")
            found = resources.for_donors(look.session, look.viewer, plan.plan_id)
            if level is not Visibility.PUBLIC:
                assert found is None
            else:
                assert found is not None
                numbers = [one.need.number for one in found.items]
                assert need_letters(look, numbers) == "AG"
                assert found.reckoning.total(Share.FUNDED) == Decimal(100)
            point.rollback()
    foreign = stored(look, "agreed", Visibility.PUBLIC, "BFA")
    theirs = resources.for_donors(look.session, look.viewer, foreign.plan_id)
    assert (theirs is None) == (look.viewer.role is Role.COUNTERPART)
