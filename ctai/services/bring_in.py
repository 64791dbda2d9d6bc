"""Bringing a file's records in: good rows are stored together, bad ones are listed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import ActivityDraft, Known
from ctai.domain.arrivals import Arrival, ArrivingFile, Draft, Row, key_of
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft
from ctai.domain.proposals import ProposalState, Proposed, kind_of
from ctai.domain.roles import Action, Viewer
from ctai.domain.settling import says_otherwise, settle, values_of, with_values
from ctai.i18n import mark
from ctai.models import draft_json
from ctai.models.activities import Activity
from ctai.models.needs import Assessment, Need, NeedCountry
from ctai.models.needs import Request as RequestRow
from ctai.models.trust import Proposal
from ctai.queries import accepted, arrived, codes
from ctai.services import propose, provenance
from ctai.services.enter_activities import enter_activities
from ctai.services.store_activity import amend, check, enter
from ctai.services.store_evidence import (
    check_evidence,
    enter_assessment,
    enter_need,
    enter_request,
)

NOT_ALLOWED = mark("Your role does not bring in files. Ask a desk officer or an administrator.")
CODE_TAKEN = mark("The code “{seen}” stands for another need already. Give this one its own.")
TWICE = mark(
    "This record stands in the file twice, here and at {seen}. Keep one of the two, or give each "
    "its own identifier."
)
NOT_THERE = mark("There is no record {seen} that is open to you.")
CHANGED_SINCE = mark(
    "Record {seen} was changed here since the template was given out. Get a new one, and fill this "
    "value in again."
)

AT_ONCE = 1000
"""New activities that are stored together."""


@dataclass(frozen=True)
class _Stored:
    """A record that is there already; None for a code that only waits for review, or is not its
    record's first."""

    kind: RecordKind
    number: int


@dataclass(frozen=True)
class _Child:
    """A new activity whose programme is named by a key, in this file or in the store."""

    number: int
    parent_key: str
    place: str


@dataclass
class _Run:
    """What one file is brought in with; `there` gives each key's record, `seen` its place."""

    session: Session
    author: Viewer
    file: provenance.Opened | None
    known: Known
    there: dict[str, _Stored | None]
    is_reviewed: bool
    new: list[tuple[Row, ActivityDraft]] = field(default_factory=list)
    children: list[_Child] = field(default_factory=list)
    arrival: Arrival = field(default_factory=Arrival)
    seen: dict[str, str] = field(default_factory=dict)


def bring_in(
    session: Session, author: Viewer, rows: Iterable[Row], file: ArrivingFile | None = None
) -> Arrival:
    """Store the good rows of a file in the caller's transaction; Refused without the right to.

    Of a record that is there already, what the file has changed since it last came is changed,
    unless a person has set that value: then the file's is offered. Without a `file` such a record
    stays as it is. What a focal point brings in waits for review, row by row.
    """
    if not author.may(Action.IMPORT):
        raise Refused([Fault(NOT_ALLOWED)])
    opened = None if file is None else provenance.Opened(session, author, file)
    is_reviewed = propose.waits(session, author)
    run = _Run(session, author, opened, codes.known(session), _there(session), is_reviewed)
    for row in rows:
        _take(run, row)
        if len(run.new) >= AT_ONCE:
            _enter_new(run)
    _enter_new(run)
    for child in run.children:
        _join(run, child)
    return run.arrival


def _take(run: _Run, row: Row) -> None:
    """Store, change, pass over or refuse one row, and count it."""
    key = None if row.draft is None else key_of(row.draft)
    run.arrival.remarks += [fault.at(row.place) for fault in row.remarks]
    if row.draft is None and not row.faults:
        return  # a remark on the file as a whole
    is_there = key is not None and key in run.there and key not in run.seen
    try:
        faults = [*row.faults, *_twice(run, key, row.place)]
        if row.draft is None or faults:
            raise Refused([*faults, *_other_faults(run, row, is_there=is_there)])
        if row.number is not None:
            _amend(run, row, row.draft, row.number)
        elif is_there and key is not None:
            _settle(run, row, row.draft, run.there[key])
        else:
            _store(run, row, row.draft)
    except Refused as refusal:
        run.arrival.refused += 1
        run.arrival.faults += [fault.at(row.place) for fault in refusal.faults]
    if key is not None:
        run.seen.setdefault(key, row.place)


def _twice(run: _Run, key: str | None, place: str) -> list[Fault]:
    """Refuse a record whose key stood in the file before: neither is taken for the other."""
    if key is None or key not in run.seen:
        return []
    return [Fault(TWICE, "source_key", {"seen": run.seen[key]})]


def _other_faults(run: _Run, row: Row, *, is_there: bool) -> list[Fault]:
    """Give what else is wrong with a row that is refused, so that every reason is told at once."""
    if row.draft is None or is_there or row.number is not None:
        return []
    try:
        _look(run, row.draft)
    except Refused as refusal:
        return list(refusal.faults)
    return []


def _store(run: _Run, row: Row, draft: Draft) -> None:
    _look(run, draft)
    if run.is_reviewed:
        propose.submit(run.session, run.author, draft)
        run.arrival.waiting += 1
    elif isinstance(draft, ActivityDraft) and run.file is not None:
        run.new.append((row, draft))
        run.arrival.new += 1
    else:
        number = _enter(run, draft)
        run.arrival.new += 1
        run.there[key_of(draft) or ""] = _Stored(kind_of(draft), number)
        if run.file is not None:
            run.file.note(kind_of(draft), number, row, draft)
    for code in _codes(draft):
        run.there.setdefault(code, None)


def _enter_new(run: _Run) -> None:
    """Store the new activities that were looked at, together."""
    if run.file is None or not run.new:
        return
    drafts = [draft for _, draft in run.new]
    origins = [run.file.origin(row) for row, _ in run.new]
    numbers = enter_activities(run.session, run.author, drafts, origins)
    run.file.note_new(RecordKind.ACTIVITY, numbers, run.new)
    for number, (row, draft) in zip(numbers, run.new, strict=True):
        run.there[draft.source_key or ""] = _Stored(RecordKind.ACTIVITY, number)
        if draft.parent_key:
            run.children.append(_Child(number, draft.parent_key, row.place))
    run.new.clear()


def _join(run: _Run, child: _Child) -> None:
    """Make an activity part of its programme, if that is on record; else it stands alone."""
    stored = run.there.get(child.parent_key)
    if stored is None or stored.kind is not RecordKind.ACTIVITY:
        return
    now = accepted.current(run.session, run.author, RecordKind.ACTIVITY, child.number)
    if now is None or not isinstance(now.draft, ActivityDraft):
        return
    draft = replace(now.draft, parent_id=stored.number)
    try:
        with run.session.begin_nested():
            amend(run.session, run.author, child.number, draft, known=run.known)
    except Refused as refusal:
        run.arrival.remarks += [fault.at(child.place) for fault in refusal.faults]


def _settle(run: _Run, row: Row, incoming: Draft, stored: _Stored | None) -> None:
    """Change of a known record what the file may change, and offer the rest."""
    session, author = run.session, run.author
    now = None if stored is None else accepted.current(session, author, stored.kind, stored.number)
    if run.file is None or stored is None or now is None or kind_of(incoming) is not stored.kind:
        run.arrival.known += 1
        return
    last = arrived.last(session, author, stored.kind, stored.number)
    settled = settle(last, now.draft, incoming, row.says)
    if settled.draft != now.draft:
        done = propose.submit(session, author, settled.draft, stored.number, now.version)
        if done.waits:
            run.arrival.waiting += 1
        else:
            run.arrival.changed += 1
    else:
        run.arrival.known += 1
    run.arrival.offered += len(settled.offered)
    if last is None or says_otherwise(last, incoming, row.says):
        run.file.note(stored.kind, stored.number, row, incoming, now.draft, settled.offered)


def _amend(run: _Run, row: Row, incoming: Draft, number: int) -> None:
    """Change of a record what a template that was filled in says otherwise than it was given."""
    session, author = run.session, run.author
    now = accepted.current(session, author, kind_of(incoming), number)
    if now is None:
        raise Refused([Fault(NOT_THERE, "activity_id", {"seen": str(number)})])
    ours, theirs = values_of(now.draft), values_of(incoming)
    given = {} if row.given is None else values_of(row.given)
    said = {name: theirs[name] for name in row.says or () if theirs[name] != ours.get(name)}
    clashes = [name for name in said if ours.get(name) != given.get(name)]
    if clashes:
        raise Refused([Fault(CHANGED_SINCE, name, {"seen": str(number)}) for name in clashes])
    if not said:
        run.arrival.known += 1
        return
    why = "" if run.file is None else run.file.origin(row)
    draft = with_values(now.draft, said)
    done = propose.submit(session, author, draft, number, now.version, why=why)
    run.arrival.waiting += done.waits
    run.arrival.changed += not done.waits


def _codes(draft: Draft) -> tuple[str, ...]:
    return draft.country_codes if isinstance(draft, NeedDraft) else ()


def _look(run: _Run, draft: Draft) -> None:
    """Refuse a draft with every reason, without storing anything."""
    taken = [code for code in _codes(draft) if code in run.there]
    if taken:
        raise Refused([Fault(CODE_TAKEN, "need_id", {"seen": shown(", ".join(taken))})])
    if isinstance(draft, ActivityDraft):
        check(run.session, run.author, Action.ENTER, draft, run.known)
    else:
        check_evidence(run.author, draft, run.known)


def _enter(run: _Run, draft: Draft) -> int:
    session, author, known = run.session, run.author, run.known
    match draft:
        case ActivityDraft():
            return enter(session, author, draft, known).activity_id
        case AssessmentDraft():
            return enter_assessment(session, author, draft, known)
        case RequestDraft():
            return enter_request(session, author, draft, known)
        case NeedDraft():
            return enter_need(session, author, draft, known)


def _there(session: Session) -> dict[str, _Stored | None]:
    """Give the record of each key that is taken; None where it waits, or numbers a country's part
    of a need."""
    keyed = (
        (RecordKind.ACTIVITY, col(Activity.source_key), col(Activity.id)),
        (RecordKind.ASSESSMENT, col(Assessment.source_key), col(Assessment.id)),
        (RecordKind.REQUEST, col(RequestRow.source_key), col(RequestRow.id)),
        (RecordKind.NEED, col(Need.code), col(Need.id)),
    )
    found: dict[str, _Stored | None] = dict.fromkeys(_waiting(session))
    found |= dict.fromkeys(session.scalars(select(col(NeedCountry.code))))
    for kind, key, number in keyed:
        rows = session.execute(select(key, number).where(key.is_not(None)))
        found |= {str(code): _Stored(kind, row_id) for code, row_id in rows}
    return found


def _waiting(session: Session) -> set[str]:
    """Give the keys of the new records that wait: a file brought in twice waits once."""
    rows = session.execute(
        select(col(Proposal.record_kind), col(Proposal.draft)).where(
            col(Proposal.state) == ProposalState.PENDING.value,
            col(Proposal.action) == Proposed.ENTER.value,
        )
    )
    drafts = [draft_json.read(RecordKind(kind), text) for kind, text in rows]
    return {key for draft in drafts for key in (key_of(draft), *_codes(draft)) if key}
