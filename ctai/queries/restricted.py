"""Restricted activities that overlap with what a reader sees: how many, and whom to ask."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.coverage import COUNTED
from ctai.domain.needs import UNMET_STATES
from ctai.domain.restricted import HiddenCell, RestrictedOverlap, restricted_overlaps
from ctai.domain.roles import Viewer
from ctai.models.activities import ActivityCell, ActivityEntity
from ctai.models.needs import Need, NeedCountry
from ctai.models.reference import Entity
from ctai.queries.visible import cells_seen, hidden_cells_told, needs_seen

_COUNTED = sorted(status.value for status in COUNTED)
_UNMET = [state.value for state in UNMET_STATES]


def overlaps(
    session: Session, viewer: Viewer, countries: Sequence[str]
) -> tuple[RestrictedOverlap, ...]:
    """Count, by country and entity, the restricted activities that a viewer is told of.

    Only by country, never by pillar or measure: two briefings of one country differ in nothing
    from which one could learn what a restricted activity is about.
    """
    cell = (col(ActivityCell.activity_id), col(ActivityCell.iso3), col(ActivityCell.measure))
    told = hidden_cells_told(select(*cell), viewer).where(
        col(ActivityCell.iso3).in_(countries), col(ActivityCell.status).in_(_COUNTED)
    )
    rows = session.execute(told).all()
    if not rows:
        return ()
    whom = _whom_to_ask(session, {row.activity_id for row in rows})
    hidden = [HiddenCell(number, iso3, m, whom.get(number)) for number, iso3, m in rows]
    return restricted_overlaps(hidden, _seen(session, viewer, countries))


def _seen(session: Session, viewer: Viewer, countries: Sequence[str]) -> set[tuple[str, str]]:
    """Give the countries and measures of the activities and unmet needs that a viewer sees."""
    cells = select(col(ActivityCell.iso3), col(ActivityCell.measure)).distinct()
    cells = cells.where(col(ActivityCell.iso3).in_(countries))
    needs = (
        select(col(NeedCountry.iso3), col(Need.measure))
        .join(Need, col(Need.id) == col(NeedCountry.need_id))
        .where(col(NeedCountry.iso3).in_(countries), col(Need.state).in_(_UNMET))
        .distinct()
    )
    rows = (
        *session.execute(cells_seen(cells, viewer)),
        *session.execute(needs_seen(needs, viewer)),
    )
    return {(iso3, measure) for iso3, measure in rows}


def _whom_to_ask(session: Session, numbers: Iterable[int]) -> dict[int, str]:
    """Name one entity for each activity: a member of the Task Force, that implements it before
    others; none outside is named."""
    statement = (
        select(col(ActivityEntity.activity_id), col(ActivityEntity.entity))
        .join(Entity, col(Entity.acronym) == col(ActivityEntity.entity))
        .where(
            col(ActivityEntity.activity_id).in_(list(numbers)),
            col(Entity.kind).in_(("member", "observer")),
        )
        .order_by(col(ActivityEntity.role), col(ActivityEntity.entity).desc())
    )
    return {row.activity_id: row.entity for row in session.execute(statement)}
