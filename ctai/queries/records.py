"""One activity, whole: as a draft that can be amended, as fields to compare, with its history."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple
from typing import TypeVar

import pandas as pd
from sqlalchemy import inspect as sa_inspect
from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import (
    ActivityDraft,
    Basis,
    BudgetLine,
    CountryShare,
    Identifier,
    MeasureLink,
    Organisation,
    OrganisationRole,
    Participation,
    Status,
    Text,
)
from ctai.domain.kinds import RecordKind
from ctai.domain.money import BudgetKind
from ctai.domain.roles import Action, Viewer, Visibility
from ctai.models.activities import (
    Activity,
    ActivityCountry,
    ActivityEntity,
    ActivityIdentifier,
    ActivityMeasure,
    ActivityOrganisation,
    ActivityText,
)
from ctai.models.activities import BudgetLine as BudgetRow
from ctai.models.records import Revision
from ctai.queries.sources import seen, sources_of
from ctai.queries.visible import activities_seen, revisions_of_needs_seen


def draft_of(session: Session, viewer: Viewer, activity_id: int) -> ActivityDraft | None:
    """Give an activity as a draft; None where there is none that the viewer may see."""
    return drafts_of(session, viewer, [activity_id]).get(activity_id)


def drafts_of(
    session: Session, viewer: Viewer, activity_ids: Iterable[int]
) -> dict[int, ActivityDraft]:
    """Give several activities as drafts by number, in nine statements however many they are."""
    statement = activities_seen(
        select(Activity).where(col(Activity.id).in_(list(activity_ids))), viewer
    )
    rows = {row.id: row for row in session.scalars(statement) if row.id is not None}
    texts, countries = (
        _parts(session, ActivityText, rows),
        _parts(session, ActivityCountry, rows),
    )
    measures = _parts(session, ActivityMeasure, rows)
    entities = _parts(session, ActivityEntity, rows)
    organisations = _parts(session, ActivityOrganisation, rows)
    identifiers = _parts(session, ActivityIdentifier, rows)
    budget = _parts(session, BudgetRow, rows)
    sources = sources_of(session, viewer, RecordKind.ACTIVITY, rows)
    return {
        number: ActivityDraft(
            texts={text.language: Text(text.title, text.description) for text in texts[number]},
            countries=tuple(CountryShare(c.iso3, c.share_pct) for c in countries[number]),
            participants=tuple(
                Participation(e.entity, OrganisationRole(e.role)) for e in entities[number]
            ),
            measures=tuple(
                MeasureLink(m.measure, m.is_main, Basis(m.basis), m.rule) for m in measures[number]
            ),
            organisations=tuple(
                Organisation(o.name, OrganisationRole(o.role), o.ref, o.kind)
                for o in organisations[number]
            ),
            identifiers=tuple(Identifier(i.kind, i.value) for i in identifiers[number]),
            budget=tuple(map(_line, budget[number])),
            sources=sources[number],
            status=Status(row.status),
            status_as_of=row.status_as_of,
            planned_start=row.planned_start,
            planned_end=row.planned_end,
            actual_start=row.actual_start,
            actual_end=row.actual_end,
            place=row.place,
            visibility=Visibility(row.visibility),
            parent_id=row.parent_id,
            source_key=row.source_key,
            note=row.note,
            source_status=row.source_status,
        )
        for number, row in rows.items()
    }


def _line(row: BudgetRow) -> BudgetLine:
    return BudgetLine(
        BudgetKind(row.kind),
        row.amount,
        row.currency,
        row.spans_countries,
        row.value_date,
        row.donor,
        row.note,
    )


Part = TypeVar(
    "Part",
    ActivityText,
    ActivityCountry,
    ActivityMeasure,
    ActivityEntity,
    ActivityOrganisation,
    ActivityIdentifier,
    BudgetRow,
)


def _parts(
    session: Session, table: type[Part], numbers: Iterable[int]
) -> defaultdict[int, list[Part]]:
    """Read the parts of several activities at once, in the order in which they were stored."""
    found: defaultdict[int, list[Part]] = defaultdict(list)
    keys = [col(column) for column in sa_inspect(table).primary_key]
    rows = select(table).where(col(table.activity_id).in_(list(numbers))).order_by(*keys)
    for row in session.scalars(rows):
        found[row.activity_id].append(row)
    return found


def fields_of(draft: ActivityDraft) -> dict[str, str]:
    """Write an activity as plain texts by field, to compare two versions and to log the change."""
    texts = {f"title_{code}": text.title for code, text in draft.texts.items()}
    descriptions = {f"description_{c}": t.description for c, t in draft.texts.items()}
    return {
        **texts,
        **descriptions,
        "countries": _listed(
            c.iso3 if c.share_pct is None else f"{c.iso3} {c.share_pct:g} %"
            for c in draft.countries
        ),
        "entities": _listed(f"{p.entity} ({p.role.name.lower()})" for p in draft.participants),
        "measures": _listed(
            f"{m.code} ({'main, ' if m.is_main else ''}{m.basis})" for m in draft.measures
        ),
        "organisations": _listed(
            f"{o.name} ({o.role.name.lower()}){f' {o.ref}' if o.ref else ''}"
            for o in draft.organisations
        ),
        "identifiers": _listed(f"{one.kind} {one.value}" for one in draft.identifiers),
        "status": draft.status.value,
        "source_status": draft.source_status,
        "status_as_of": draft.status_as_of or "",
        "planned_start": draft.planned_start or "",
        "planned_end": draft.planned_end or "",
        "actual_start": draft.actual_start or "",
        "actual_end": draft.actual_end or "",
        "place": draft.place,
        "visibility": draft.visibility.value,
        "parent_id": "" if draft.parent_id is None else str(draft.parent_id),
        "budget": _listed(
            f"{b.kind} {b.amount:.2f} {b.currency}{' (several countries)' * b.spans_countries}"
            f"{f' from {b.donor}' if b.donor else ''}"
            f"{f' on {b.value_date}' if b.value_date else ''}{f' · {b.note}' if b.note else ''}"
            for b in draft.budget
        ),
        "sources": _listed(" · ".join(filter(None, astuple(source))) for source in draft.sources),
        "note": draft.note,
    }


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(sorted(parts))


def possible_parents(
    session: Session, viewer: Viewer, parent_id: int, activity_id: int | None
) -> frozenset[int]:
    """Give the parent asked for if the viewer sees it and it is not below its own part."""
    open_to_viewer = session.scalars(
        activities_seen(select(col(Activity.id)).where(col(Activity.id) == parent_id), viewer)
    ).first()
    ancestor: int | None = parent_id
    while ancestor is not None and ancestor != activity_id:
        ancestor = session.scalars(
            select(col(Activity.parent_id)).where(col(Activity.id) == ancestor)
        ).first()
    is_loop = ancestor is not None
    return frozenset() if open_to_viewer is None or is_loop else frozenset({parent_id})


HISTORY_COLUMNS = ["at", "actor", "field", "old", "new", "why"]


def history(session: Session, viewer: Viewer, kind: RecordKind, record_id: int) -> pd.DataFrame:
    """Give a record's revisions, newest first, with `HISTORY_COLUMNS`.

    Empty for a record that the viewer may not see, and for a role that sees no history.
    """
    if not viewer.may(Action.SEE_HISTORY) or not seen(session, viewer, kind, [record_id]):
        return pd.DataFrame(columns=HISTORY_COLUMNS)
    columns = [col(getattr(Revision, name)) for name in HISTORY_COLUMNS]
    of_record = select(*columns).where(
        col(Revision.record_kind) == kind.value,
        col(Revision.record_id) == record_id,
    )
    told = revisions_of_needs_seen(of_record, viewer).order_by(col(Revision.id).desc())
    rows = session.execute(told)
    return pd.DataFrame([tuple(row) for row in rows], columns=HISTORY_COLUMNS)
