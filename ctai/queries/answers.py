"""Proposals: activities that may answer a need, and entities that could be asked about it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from ctai.domain.activities import OrganisationRole, Status
from ctai.domain.answers import (
    Candidate,
    Experience,
    Lacking,
    Proposal,
    Suggestion,
    proposals,
    to_ask,
)
from ctai.domain.roles import Action, Viewer
from ctai.domain.strategy import by_code
from ctai.models.activities import (
    Activity,
    ActivityCountry,
    ActivityEntity,
    ActivityMeasure,
    ActivityText,
)
from ctai.models.ladder import Enquiry, NeedActivity
from ctai.models.needs import Need
from ctai.models.reference import Entity
from ctai.queries.ladder_rows import histories
from ctai.queries.visible import activities_seen, needs_seen

_MANDATED_KINDS = ("member", "observer")
"""Kinds of entity that are proposed; others can be asked, by those who know their mandate."""


def proposed_answers(session: Session, viewer: Viewer, need_id: int) -> tuple[Proposal, ...]:
    """Propose activities that may answer a need and on which nobody has decided, best first.

    Empty where the viewer may not see the need, and for those outside the United Nations.
    """
    need = _lacking(session, viewer, need_id)
    if need is None or not viewer.may(Action.SEE_UN_SYSTEM):
        return ()
    decided = select(col(NeedActivity.activity_id)).where(col(NeedActivity.need_id) == need_id)
    here = select(col(ActivityCountry.activity_id)).where(
        col(ActivityCountry.iso3).in_(sorted(need.countries))
    )
    theme = by_code()[need.measure].theme
    near = [code for code, measure in by_code().items() if measure.theme is theme]
    serving = select(col(ActivityMeasure.activity_id)).where(col(ActivityMeasure.measure).in_(near))
    statement = activities_seen(
        select(Activity).where(
            col(Activity.id).in_(here),
            col(Activity.id).in_(serving),
            col(Activity.id).not_in(decided),
        ),
        viewer,
    )
    rows = {row.id: row for row in session.scalars(statement) if row.id is not None}
    return proposals(need, _candidates(session, rows))


def _lacking(session: Session, viewer: Viewer, need_id: int) -> Lacking | None:
    statement = select(Need).where(col(Need.id) == need_id)
    need = session.scalars(needs_seen(statement, viewer)).one_or_none()
    if need is None:
        return None
    countries = histories(session, viewer, [need_id])[need_id].countries
    return Lacking(need.title, frozenset(countries), need.measure, need.evidence_date)


def _candidates(session: Session, rows: dict[int, Activity]) -> list[Candidate]:
    titles, countries = defaultdict(list), defaultdict(list)
    measures, entities = defaultdict(list), defaultdict(list)
    for part in session.scalars(_of(ActivityText, rows)):
        titles[part.activity_id].append(part.title)
    for share in session.scalars(_of(ActivityCountry, rows)):
        countries[share.activity_id].append(share.iso3)
    linked = session.scalars(_of(ActivityMeasure, rows))
    for link in sorted(linked, key=lambda link: (not link.is_main, link.measure)):
        measures[link.activity_id].append(link.measure)
    for taking_part in session.scalars(_of(ActivityEntity, rows)):
        if taking_part.role != OrganisationRole.FUNDING:
            entities[taking_part.activity_id].append(taking_part.entity)
    pillars = _pillars(session)
    return [
        Candidate(
            activity_id=number,
            titles=tuple(titles[number]),
            countries=frozenset(countries[number]),
            measures=tuple(measures[number]),
            entities=tuple(sorted(entities[number])),
            pillars=frozenset().union(*(pillars.get(e, frozenset()) for e in entities[number])),
            status=Status(row.status),
            start=row.actual_start or row.planned_start,
            end=row.actual_end or row.planned_end,
        )
        for number, row in rows.items()
    ]


Part = TypeVar("Part", ActivityText, ActivityCountry, ActivityMeasure, ActivityEntity)


def _of(table: type[Part], rows: Iterable[int]) -> Select[Part]:
    return select(table).where(col(table.activity_id).in_(list(rows)))


def _pillars(session: Session) -> dict[str, frozenset[str]]:
    rows = select(col(Entity.acronym), col(Entity.pillars))
    return {
        acronym: frozenset(part for part in pillars.split(";") if part)
        for acronym, pillars in session.execute(rows)
    }


def entities_to_ask(session: Session, viewer: Viewer, need_id: int) -> tuple[Suggestion, ...]:
    """Propose entities, not asked yet, whose mandate or experience fits a need, best first.

    Counts of activities are of those that the viewer may see. Empty where the need is not open to
    the viewer, and for those outside the United Nations.
    """
    need = _lacking(session, viewer, need_id)
    if need is None or not viewer.may(Action.SEE_UN_SYSTEM):
        return ()
    asked = set(
        session.scalars(
            select(col(Enquiry.entity)).where(
                col(Enquiry.need_id) == need_id, col(Enquiry.rung) == 1
            )
        )
    )
    listed = session.scalars(
        select(col(Entity.acronym)).where(col(Entity.kind).in_(_MANDATED_KINDS))
    )
    everywhere = _experience(session, viewer, need.measure, None)
    here = _experience(session, viewer, need.measure, need.countries)
    pillars = _pillars(session)
    return to_ask(
        need.measure,
        [
            Experience(
                entity,
                pillars.get(entity, frozenset()),
                here.get(entity, 0),
                everywhere.get(entity, 0) - here.get(entity, 0),
            )
            for entity in listed
            if entity not in asked
        ],
    )


def _experience(
    session: Session, viewer: Viewer, measure: str, countries: frozenset[str] | None
) -> dict[str, int]:
    """Count an entity's activities on a measure, in some countries or in all."""
    serving = select(col(ActivityMeasure.activity_id)).where(
        col(ActivityMeasure.measure) == measure
    )
    statement = (
        select(col(ActivityEntity.entity), func.count(func.distinct(col(Activity.id))))
        .join(Activity, col(Activity.id) == col(ActivityEntity.activity_id))
        .where(
            col(Activity.id).in_(serving),
            col(ActivityEntity.role) != int(OrganisationRole.FUNDING),
        )
        .group_by(col(ActivityEntity.entity))
    )
    if countries is not None:
        here = select(col(ActivityCountry.activity_id)).where(
            col(ActivityCountry.iso3).in_(sorted(countries))
        )
        statement = statement.where(col(Activity.id).in_(here))
    return dict(session.execute(activities_seen(statement, viewer)).all())
