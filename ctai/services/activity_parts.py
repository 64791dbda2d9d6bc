"""The parts of a stored activity: its texts, links, money, sources, and what it counts."""

from sqlalchemy import delete, select
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft, SourceRef
from ctai.domain.coverage import cells
from ctai.domain.kinds import RecordKind
from ctai.domain.roles import SYSTEM, Visibility
from ctai.models.activities import (
    Activity,
    ActivityCell,
    ActivityCountry,
    ActivityEntity,
    ActivityIdentifier,
    ActivityMeasure,
    ActivityOrganisation,
    ActivityText,
    BudgetLine,
)
from ctai.models.records import Source
from ctai.queries import records


def write_parts(session: Session, activity_id: int, draft: ActivityDraft) -> None:
    for language, text in draft.texts.items():
        session.add(
            ActivityText(
                activity_id=activity_id,
                language=language,
                title=text.title,
                description=text.description,
            )
        )
    for country in draft.countries:
        session.add(
            ActivityCountry(activity_id=activity_id, iso3=country.iso3, share_pct=country.share_pct)
        )
    for link in draft.measures:
        session.add(
            ActivityMeasure(
                activity_id=activity_id,
                measure=link.code,
                is_main=link.is_main,
                basis=link.basis.value,
                rule=link.rule,
            )
        )
    for participant in draft.participants:
        session.add(
            ActivityEntity(
                activity_id=activity_id,
                entity=participant.entity,
                role=int(participant.role),
            )
        )
    session.add_all(
        ActivityOrganisation(
            activity_id=activity_id,
            position=position,
            name=organisation.name,
            role=int(organisation.role),
            ref=organisation.ref,
            kind=organisation.kind,
        )
        for position, organisation in enumerate(draft.organisations)
    )
    session.add_all(
        ActivityIdentifier(activity_id=activity_id, kind=one.kind, value=one.value)
        for one in draft.identifiers
    )
    for line in draft.budget:
        session.add(
            BudgetLine(
                activity_id=activity_id,
                kind=line.kind.value,
                amount=line.amount,
                currency=line.currency,
                spans_countries=line.spans_countries,
                value_date=line.value_date,
                donor=line.donor,
                note=line.note,
            )
        )
    write_sources(session, RecordKind.ACTIVITY, activity_id, draft.sources)
    session.flush()


def write_sources(
    session: Session, kind: RecordKind, record_id: int, sources: tuple[SourceRef, ...]
) -> None:
    """Store where a record was read."""
    session.add_all(
        Source(
            record_kind=kind.value,
            record_id=record_id,
            url=source.url,
            title=source.title,
            published=source.published,
            note=source.note,
            claim_field=source.claim_field,
            claim_value=source.claim_value,
        )
        for source in sources
    )


def clear_parts(session: Session, activity_id: int) -> None:
    for table in (
        ActivityText,
        ActivityCountry,
        ActivityMeasure,
        ActivityEntity,
        ActivityOrganisation,
        ActivityIdentifier,
        BudgetLine,
    ):
        session.execute(delete(table).where(col(table.activity_id) == activity_id))
    session.execute(
        delete(Source).where(
            col(Source.record_kind) == RecordKind.ACTIVITY.value,
            col(Source.record_id) == activity_id,
        )
    )


def count(
    session: Session,
    activity_id: int,
    draft: ActivityDraft,
    former_parent: int | None = None,
) -> None:
    """Work out what an undertaking counts; a programme with parts counts through them alone."""
    session.execute(delete(ActivityCell).where(col(ActivityCell.activity_id) == activity_id))
    has_parts = session.scalars(
        select(col(Activity.id)).where(col(Activity.parent_id) == activity_id).limit(1)
    ).first()
    if has_parts is None:
        session.add_all(cell_rows(activity_id, draft))
    if draft.parent_id is not None:
        session.execute(
            delete(ActivityCell).where(col(ActivityCell.activity_id) == draft.parent_id)
        )
    if former_parent is not None and former_parent != draft.parent_id:
        orphaned = records.draft_of(session, SYSTEM, former_parent)
        if orphaned is not None:
            count(session, former_parent, orphaned)
    session.flush()


def cell_rows(activity_id: int, draft: ActivityDraft) -> list[ActivityCell]:
    """Turn a draft into the rows of what it counts per country and measure."""
    return [
        ActivityCell(
            activity_id=activity_id,
            iso3=cell.iso3,
            measure=cell.measure,
            is_main=cell.is_main,
            status=draft.status.value,
            visibility=draft.visibility.value,
            weight=cell.weight,
            scale=cell.scale,
            fades_from=cell.fades_from,
            as_of=draft.status_as_of,
            start_year=cell.start_year,
        )
        for cell in cells(draft)
    ]


def parent_of(session: Session, activity_id: int | None) -> int | None:
    """Give the programme that an activity belongs to now."""
    return session.scalars(
        select(col(Activity.parent_id)).where(col(Activity.id) == activity_id)
    ).first()


def is_less_open(session: Session, draft: ActivityDraft, activity_id: int | None) -> bool:
    """Tell whether a draft would be less open than its programme, or its parts than itself."""
    ranks = list(Visibility)
    own = ranks.index(draft.visibility)
    above = select(col(Activity.visibility)).where(col(Activity.id) == draft.parent_id)
    below = select(col(Activity.visibility)).where(col(Activity.parent_id) == activity_id)
    parts = session.scalars(below) if activity_id is not None else ()
    return any(own > ranks.index(Visibility(code)) for code in session.scalars(above)) or any(
        own < ranks.index(Visibility(code)) for code in parts
    )
