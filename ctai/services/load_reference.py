"""Loading the reference data: Member States, partnerships, entities and the Strategy's measures."""

import csv
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.kinds import RecordKind
from ctai.domain.roles import Action, Viewer
from ctai.domain.strategy import measures
from ctai.models.reference import Entity, Measure, Membership, MemberState, PartnershipStep
from ctai.services.revisions import Change, log

NAMES = ("name_en", "name_fr", "name_es", "name_ar", "name_zh", "name_ru")


def load_reference(session: Session, author: Viewer, folder: Path) -> int:
    """Add what the code lists of a folder hold and the database does not; give how many rows.

    Nothing that is there is changed, so that a second start loses nothing.
    """
    if not author.may(Action.MANAGE_USERS):
        raise PermissionError("only an administrator loads reference data")
    added = (
        _add_states(session, folder)
        + _add_measures(session)
        + _add_entities(session, folder)
        + _add_steps(session, folder)
    )
    if added:
        change = Change("rows", None, str(added))
        log(session, author, RecordKind.REFERENCE, 0, [change], "reference data loaded")
    return added


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Read a CSV file of ours, row by row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _add_states(session: Session, folder: Path) -> int:
    there = set(session.scalars(select(col(MemberState.iso3))))
    new = [
        MemberState(**{name: row[name] for name in row if name != "note"})
        for row in rows_of(folder / "member_states.csv")
        if row["iso3"] not in there
    ]
    session.add_all(new)
    session.flush()
    return len(new)


def _add_measures(session: Session) -> int:
    there = set(session.scalars(select(col(Measure.code))))
    new = [
        Measure(
            code=measure.code,
            pillar=measure.pillar.value,
            theme=measure.theme.value,
            national=measure.national,
            position=measure.position,
        )
        for measure in measures()
        if measure.code not in there
    ]
    session.add_all(new)
    session.flush()
    return len(new)


def _add_entities(session: Session, folder: Path) -> int:
    there = set(session.scalars(select(col(Entity.acronym))))
    kept = (*NAMES, "acronym", "kind", "pillars", "iati_org_ref", "source_url", "note")
    new = [row for row in rows_of(folder / "entities.csv") if row["acronym"] not in there]
    session.add_all(Entity(**{name: row[name] for name in kept}) for row in new)
    session.flush()
    session.add_all(
        Membership(
            entity=row["acronym"],
            standing=row["kind"],
            since=row["member_from"] or None,
            until=row["member_until"] or None,
        )
        for row in new
        if row["kind"] in ("member", "observer")
    )
    session.flush()
    return len(new)


def _add_steps(session: Session, folder: Path) -> int:
    there = {
        (step.iso3, step.step, step.happened, step.source_url)
        for step in session.scalars(select(PartnershipStep))
    }
    new = [
        PartnershipStep(
            iso3=row["iso3"],
            step=row["step"],
            happened=row["happened"] or None,
            note=row["note"],
            source_url=row["source_url"],
        )
        for row in rows_of(folder / "partnerships.csv")
        if (row["iso3"], row["step"], row["happened"] or None, row["source_url"]) not in there
    ]
    session.add_all(new)
    session.flush()
    return len(new)
