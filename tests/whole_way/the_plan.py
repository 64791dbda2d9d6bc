"""The plan on the way: built from all open needs, filled, agreed, superseded; how far it comes."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from ctai.domain.plans import ItemState, MilestoneDraft, PlanDraft
from ctai.domain.progress import Word
from ctai.domain.roles import Visibility
from ctai.queries import plans
from ctai.services import agree_plan, build_plan, copy_plan, record_progress, save_plan
from tests.funding_drafts import NEXT_YEAR
from tests.plans_drafts import draft_of, version_of
from tests.whole_way.case import DESK, ELSEWHERE, Case

AUTHORITY = "Ministère de la Justice"


def a_plan_is_built(case: Case) -> None:
    """Every unmet need of the country becomes an item, none of them ready to be agreed."""
    title = "Plan national d’assistance technique"
    case.refuses("not yours", lambda s: build_plan.build(s, ELSEWHERE, "BFA", title))
    built = case.writes(lambda s: build_plan.build(s, DESK, "BFA", title))
    case.numbers["plan"] = built.plan_id
    for reason in ("The entity is missing", "The dates are missing"):
        case.refuses(reason, lambda s: _agree(s, built.plan_id, case.day))


def the_plan_is_filled(case: Case) -> None:
    """Two items stay, with who is to do what by when."""

    def write(session: Session) -> None:
        plan_id = case["plan"]
        ready = _filled(draft_of(session, plan_id), (case["need"], case["other"]))
        save_plan.save(session, DESK, plan_id, ready, version_of(session, plan_id))

    case.writes(write)
    to_come = date(NEXT_YEAR, 12, 31)
    case.refuses("a date to come", lambda s: _agree(s, case["plan"], to_come))


def _filled(draft: PlanDraft, needs: tuple[int, ...]) -> PlanDraft:
    entities = dict(zip(needs, ("UNODC", "IOM"), strict=True))
    kept = tuple(
        replace(
            item,
            entity=entities[item.need_id],
            starts=f"{NEXT_YEAR}-01",
            ends=f"{NEXT_YEAR}-12",
            milestones=(MilestoneDraft("First course held", f"{NEXT_YEAR}-03"),),
        )
        for item in draft.items
        if item.need_id in entities
    )
    return replace(draft, items=kept)


def _agree(session: Session, plan_id: int, day: date) -> None:
    seen = version_of(session, plan_id)
    agree_plan.agree(session, DESK, plan_id, seen, day.isoformat(), AUTHORITY, Visibility.PUBLIC)


def the_plan_is_agreed(case: Case) -> None:
    """It is agreed with the ministry, and changed no more."""
    case.writes(lambda s: _agree(s, case["plan"], case.day))

    def overwrite(session: Session) -> None:
        draft = replace(draft_of(session, case["plan"]), title="Another")
        save_plan.save(session, DESK, case["plan"], draft, version_of(session, case["plan"]))

    case.refuses("no draft any more", overwrite)


def tells(case: Case, state: ItemState) -> None:
    """Say of the plan in force how far the need's item is."""

    def write(session: Session) -> None:
        in_force = plans.items(session, DESK, case.numbers.get("second", case["plan"]))
        (item,) = [one for one in in_force if one.need.number == case["need"]]
        seen = item.newest.number if item.newest else None
        word = Word(state, case.day.isoformat(), "As the focal point says")
        record_progress.record(session, DESK, record_progress.Step(item.number, None, seen), word)

    case.writes(write)


def a_newer_plan_supersedes(case: Case) -> None:
    """A draft made from the agreed version takes its place, and what was said goes on in it."""
    case.numbers["second"] = case.writes(lambda s: copy_plan.copy(s, DESK, case["plan"]))
    case.refuses("is a draft already", lambda s: copy_plan.copy(s, DESK, case["plan"]))
    case.writes(lambda s: _agree(s, case["second"], case.day))
    tells(case, ItemState.COMPLETED)
