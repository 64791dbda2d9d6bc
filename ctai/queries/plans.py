"""Action plans: their versions, and their items with needs, milestones and progress."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Select, and_, func, select
from sqlmodel import Session, col

from ctai.domain.needs import NeedState, Severity
from ctai.domain.plans import (
    ItemDraft,
    ItemState,
    MilestoneDraft,
    PlanDraft,
    PlanKnown,
    PlannedNeed,
    PlanState,
)
from ctai.domain.progress import Item, Milestone, NeedTold, Version, Word
from ctai.domain.roles import Viewer, Visibility
from ctai.models.needs import Need, NeedCountry
from ctai.models.plans import Plan, PlanItem, PlanMilestone, PlanProgress
from ctai.queries import codes
from ctai.queries.visible import needs_seen, plans_seen

_ORDER = [PlanState.AGREED, PlanState.DRAFT, PlanState.SUPERSEDED]


def countries(session: Session, viewer: Viewer) -> frozenset[str]:
    """Give the countries of which the viewer sees a plan."""
    return frozenset(session.scalars(plans_seen(select(col(Plan.iso3)), viewer)))


def versions(session: Session, viewer: Viewer, iso3: str) -> tuple[Version, ...]:
    """List a country's versions: the agreed one, then a draft, then older ones, newest first."""
    found = session.scalars(plans_seen(select(Plan).where(col(Plan.iso3) == iso3), viewer))
    told = [_version(row) for row in found]
    return tuple(sorted(told, key=lambda one: (_ORDER.index(one.state), -one.number)))


def version(session: Session, viewer: Viewer, plan_id: int) -> Version | None:
    """Give a version; None where there is none that the viewer may see."""
    one = plans_seen(select(Plan).where(col(Plan.id) == plan_id), viewer)
    row = session.scalars(one).one_or_none()
    return None if row is None else _version(row)


def _version(row: Plan) -> Version:
    assert row.id is not None, "a stored row has its number"  # noqa: S101
    return Version(
        row.id,
        row.iso3,
        row.number,
        row.title,
        PlanState(row.state),
        row.agreed_on,
        row.agreed_with,
        Visibility(row.visibility),
        row.note,
        row.version,
    )


def items(session: Session, viewer: Viewer, plan_id: int) -> tuple[Item, ...]:
    """List a plan's items in their order; those on needs that the viewer may not see stay out."""
    rows = session.execute(_items_seen(viewer, plan_id)).all()
    numbers = [row.id for row, _, _ in rows]
    steps, words = _milestones(session, viewer, numbers), _words(session, viewer, numbers)
    of_milestone = {word.milestone_id: _word(word) for word in words if word.milestone_id}
    of_item = {word.item_id: _word(word) for word in words if word.milestone_id is None}
    return tuple(
        Item(
            _item_draft(row, steps[row.id]),
            _need(need, code),
            tuple(
                Milestone(number, step.what, step.due, of_milestone.get(number))
                for step in steps[row.id]
                if (number := step.id) is not None
            ),
            of_item.get(row.id),
        )
        for row, need, code in rows
    )


def _items_seen(viewer: Viewer, plan_id: int) -> Select[PlanItem, Need, str | None]:
    """Select items with their needs, and the needs' numbers in the plan's country."""
    here = and_(col(NeedCountry.need_id) == col(Need.id), col(NeedCountry.iso3) == col(Plan.iso3))
    statement = (
        select(PlanItem, Need, col(NeedCountry.code))
        .join(Plan, col(Plan.id) == col(PlanItem.plan_id))
        .join(Need, col(Need.id) == col(PlanItem.need_id))
        .outerjoin(NeedCountry, here)
        .where(col(Plan.id) == plan_id)
        .order_by(col(PlanItem.position))
    )
    return needs_seen(plans_seen(statement, viewer), viewer)


def _milestones(
    session: Session, _viewer: Viewer, numbers: Iterable[int | None]
) -> defaultdict[int | None, list[PlanMilestone]]:
    found: defaultdict[int | None, list[PlanMilestone]] = defaultdict(list)
    rows = (
        select(PlanMilestone)
        .where(col(PlanMilestone.item_id).in_(list(numbers)))
        .order_by(col(PlanMilestone.item_id), col(PlanMilestone.position))
    )
    for row in session.scalars(rows):
        found[row.item_id].append(row)
    return found


def _words(session: Session, _viewer: Viewer, numbers: Iterable[int | None]) -> list[PlanProgress]:
    """Read the newest word on each item, and on each of its milestones."""
    newest = (
        select(func.max(col(PlanProgress.id)))
        .where(col(PlanProgress.item_id).in_(list(numbers)))
        .group_by(col(PlanProgress.item_id), col(PlanProgress.milestone_id))
    )
    return list(session.scalars(select(PlanProgress).where(col(PlanProgress.id).in_(newest))))


def _word(row: PlanProgress) -> Word:
    return Word(ItemState(row.state), row.seen_on, row.note, row.told_by, row.id)


def _need(row: Need, code: str | None) -> NeedTold:
    assert row.id is not None, "a stored row has its number"  # noqa: S101
    return NeedTold(
        row.id,
        code or row.code,
        row.title,
        row.measure,
        Severity(row.severity) if row.severity else None,
        row.evidence_date,
        NeedState(row.state),
        Visibility(row.visibility),
    )


def _item_draft(row: PlanItem, steps: list[PlanMilestone]) -> ItemDraft:
    return ItemDraft(
        need_id=row.need_id,
        action=row.action,
        entity=row.entity,
        starts=row.starts,
        ends=row.ends,
        cost=row.cost,
        currency=row.currency,
        rate_usd=row.rate_usd,
        rate_date=row.rate_date,
        milestones=tuple(MilestoneDraft(step.what, step.due) for step in steps),
        funding_request_id=row.funding_request_id,
        number=row.id,
    )


def draft_of(session: Session, viewer: Viewer, plan_id: int) -> PlanDraft | None:
    """Give a version as a draft, of the items that the viewer sees; None where it is not open."""
    told = version(session, viewer, plan_id)
    if told is None:
        return None
    inside = tuple(item.draft for item in items(session, viewer, plan_id))
    return PlanDraft(told.iso3, told.title, inside, told.visibility, told.note)


def known(session: Session, viewer: Viewer, need_ids: Iterable[int]) -> PlanKnown:
    """Give what a plan may name: code lists, and those of some needs that the viewer sees."""
    statement = needs_seen(select(Need).where(col(Need.id).in_(list(need_ids))), viewer)
    found = {row.id: row for row in session.scalars(statement) if row.id is not None}
    named: defaultdict[int, set[str]] = defaultdict(set)
    links = select(col(NeedCountry.need_id), col(NeedCountry.iso3))
    for need_id, iso3 in session.execute(links.where(col(NeedCountry.need_id).in_(found))):
        named[need_id].add(iso3)
    listed = codes.known(session)
    needs = {n: PlannedNeed(frozenset(named[n]), NeedState(row.state)) for n, row in found.items()}
    return PlanKnown(listed.countries, listed.entities, needs)


def choices(session: Session, viewer: Viewer, iso3: str) -> tuple[NeedTold, ...]:
    """List a country's needs that an item may answer: all but those withdrawn, by code."""
    statement = (
        select(Need, col(NeedCountry.code))
        .join(NeedCountry, col(NeedCountry.need_id) == col(Need.id))
        .where(col(NeedCountry.iso3) == iso3, col(Need.state) != NeedState.WITHDRAWN.value)
        .order_by(col(NeedCountry.code))
    )
    if viewer.reach is not None:
        statement = statement.where(col(NeedCountry.iso3).in_(viewer.reach))
    found = session.execute(needs_seen(statement, viewer))
    return tuple(_need(row, code) for row, code in found)
