"""The screen's writes of action plans."""

from ctai.domain.plans import PlanDraft
from ctai.domain.progress import Word
from ctai.domain.roles import Viewer, Visibility
from ctai.services import agree_plan, build_plan, copy_plan, record_progress, save_plan
from ctai.ui import writes


def build(viewer: Viewer, iso3: str, title: str) -> tuple[int, int]:
    """Put unmet needs into the country's draft; give its number, and how many items are new."""
    with writes.writing() as session:
        built = build_plan.build(session, viewer, iso3, title)
        return built.plan_id, built.added


def save(viewer: Viewer, plan_id: int, draft: PlanDraft, version: int) -> None:
    """Store a draft; raise Refused with reasons."""
    with writes.writing() as session:
        save_plan.save(session, viewer, plan_id, draft, version)


def agree(
    viewer: Viewer,
    plan_id: int,
    version: int,
    agreed_on: str,
    agreed_with: str,
    visibility: Visibility,
) -> None:
    """Record that a draft was agreed; raise Refused with reasons."""
    with writes.writing() as session:
        agree_plan.agree(
            session, viewer, plan_id, version, agreed_on or None, agreed_with, visibility
        )


def copy(viewer: Viewer, plan_id: int) -> int:
    """Make a new draft from the agreed version and give its number; raise Refused with reasons."""
    with writes.writing() as session:
        return copy_plan.copy(session, viewer, plan_id)


def record(
    viewer: Viewer, item_id: int, milestone_id: int | None, seen_word: int | None, word: Word
) -> None:
    """Record progress on an item or a milestone; raise Refused with reasons."""
    with writes.writing() as session:
        step = record_progress.Step(item_id, milestone_id, seen_word)
        record_progress.record(session, viewer, step, word)
