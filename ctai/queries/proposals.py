"""Proposals: what waits for review and since when, one of them whole, and what became of others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import func, select
from sqlmodel import Session, col

from ctai.domain.arrivals import Draft
from ctai.domain.kinds import RecordKind
from ctai.domain.proposals import FieldChange, ProposalState, Proposed, difference
from ctai.domain.roles import Action, Viewer
from ctai.models import draft_json
from ctai.models.trust import Proposal, ProposalCountry, TrustedEntity
from ctai.queries import accepted
from ctai.queries.visible import proposals_seen

LIST_COLUMNS = [
    "proposal_id",
    "made_at",
    "state",
    "action",
    "kind",
    "record_id",
    "title",
    "entity",
    "author",
    "why",
    "decided_by",
    "decided_at",
    "comment",
    "countries",
]
"""Countries are a text of codes, joined with "; "; decided_by and decided_at are None until then,
record_id until a new record is accepted."""
TRUST_COLUMNS = ["entity", "trusted_by", "since", "why"]


@dataclass(frozen=True)
class Whole:
    """One proposal with all that a decision needs.

    `base` is the record as its author saw it, None for a new one; `now` is the record as it is
    today while the proposal waits. `changes` holds what they differ in, field by field.
    """

    proposal_id: int
    version: int
    kind: RecordKind
    action: Proposed
    state: ProposalState
    record_id: int | None
    title: str
    countries: tuple[str, ...]
    entity: str | None
    author: str
    made_at: datetime
    why: str
    decided_by: str | None
    decided_at: datetime | None
    comment: str
    draft: Draft
    base: Draft | None
    now: accepted.Current | None
    changes: tuple[FieldChange, ...]

    @property
    def is_pending(self) -> bool:
        """Tell whether nobody has decided yet."""
        return self.state is ProposalState.PENDING

    def may_come_again(self, username: str) -> bool:
        """Tell whether somebody may amend this and send it again: their own, not yet accepted."""
        open_states = (ProposalState.PENDING, ProposalState.RETURNED)
        return self.author == username and self.state in open_states

    @property
    def is_overtaken(self) -> bool:
        """Tell whether the record has changed since its author looked at it."""
        return any(change.is_overtaken for change in self.changes)


def waiting(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Give what waits for review with `LIST_COLUMNS`, oldest first."""
    statement = (
        select(Proposal)
        .where(col(Proposal.state) == ProposalState.PENDING.value)
        .order_by(col(Proposal.made_at), col(Proposal.id))
    )
    return _frame(session, session.scalars(proposals_seen(statement, viewer)))


def decided(session: Session, viewer: Viewer, limit: int) -> pd.DataFrame:
    """Give what became of others with `LIST_COLUMNS`, last decided first."""
    statement = (
        select(Proposal)
        .where(col(Proposal.state) != ProposalState.PENDING.value)
        .order_by(col(Proposal.decided_at).desc(), col(Proposal.id).desc())
        .limit(limit)
    )
    return _frame(session, session.scalars(proposals_seen(statement, viewer)))


def count_waiting(session: Session, viewer: Viewer) -> int:
    """Count what waits for review."""
    statement = select(func.count(col(Proposal.id))).where(
        col(Proposal.state) == ProposalState.PENDING.value
    )
    return session.scalars(proposals_seen(statement, viewer)).one()


def pending_of(
    session: Session, viewer: Viewer, kind: RecordKind, record_id: int
) -> tuple[int, ...]:
    """Give the numbers of the changes to a record that wait, oldest first."""
    statement = (
        select(col(Proposal.id))
        .where(
            col(Proposal.record_kind) == kind.value,
            col(Proposal.record_id) == record_id,
            col(Proposal.state) == ProposalState.PENDING.value,
        )
        .order_by(col(Proposal.id))
    )
    found = session.scalars(proposals_seen(statement, viewer))
    return tuple(number for number in found if number is not None)


def whole(session: Session, viewer: Viewer, proposal_id: int) -> Whole | None:
    """Give one proposal with its differences; None where there is none that the viewer may see."""
    statement = select(Proposal).where(col(Proposal.id) == proposal_id)
    row = session.scalars(proposals_seen(statement, viewer)).first()
    if row is None:
        return None
    kind, state = RecordKind(row.record_kind), ProposalState(row.state)
    draft = draft_json.read(kind, row.draft)
    base = None if row.base is None else draft_json.read(kind, row.base)
    now = None
    if state is ProposalState.PENDING and row.record_id is not None:
        now = accepted.current(session, viewer, kind, row.record_id)
    return Whole(
        proposal_id=proposal_id,
        version=row.version,
        kind=kind,
        action=Proposed(row.action),
        state=state,
        record_id=row.record_id,
        title=row.title,
        countries=tuple(_countries(session, [proposal_id])[proposal_id]),
        entity=row.entity,
        author=row.author,
        made_at=row.made_at,
        why=row.why,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        comment=row.comment,
        draft=draft,
        base=base,
        now=now,
        changes=difference(
            {} if base is None else accepted.fields_of(base),
            accepted.fields_of(draft),
            None if now is None else accepted.fields_of(now.draft),
        ),
    )


def trusted(session: Session, viewer: Viewer) -> frozenset[str]:
    """Give the entities whose changes count at once: all of them to who manages them, else the
    viewer's own if it is one."""
    statement = select(col(TrustedEntity.entity))
    if not viewer.may(Action.MANAGE_RULES):
        statement = statement.where(col(TrustedEntity.entity) == viewer.entity)
    return frozenset(session.scalars(statement))


def trust(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Give the trusted entities with `TRUST_COLUMNS`, for who manages them; else no row."""
    columns = [col(getattr(TrustedEntity, name)) for name in TRUST_COLUMNS]
    rows = session.execute(select(*columns).order_by(col(TrustedEntity.entity)))
    found = [tuple(row) for row in rows] if viewer.may(Action.MANAGE_RULES) else []
    return pd.DataFrame(found, columns=TRUST_COLUMNS)


def _frame(session: Session, rows: Iterable[Proposal]) -> pd.DataFrame:
    found = [row for row in rows if row.id is not None]
    countries = _countries(session, [row.id for row in found if row.id is not None])
    return pd.DataFrame(
        [
            (
                row.id,
                row.made_at,
                row.state,
                row.action,
                row.record_kind,
                row.record_id,
                row.title,
                row.entity,
                row.author,
                row.why,
                row.decided_by,
                row.decided_at,
                row.comment,
                "; ".join(countries[row.id or 0]),
            )
            for row in found
        ],
        columns=LIST_COLUMNS,
    )


def _countries(session: Session, numbers: Iterable[int]) -> defaultdict[int, list[str]]:
    rows = session.execute(
        select(col(ProposalCountry.proposal_id), col(ProposalCountry.iso3))
        .where(col(ProposalCountry.proposal_id).in_(list(numbers)))
        .order_by(col(ProposalCountry.iso3))
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, iso3 in rows:
        found[number].append(iso3)
    return found
