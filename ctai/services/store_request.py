"""Storing a request: entered once, amended as long as no need loses what it rests on."""

from sqlalchemy import delete, select
from sqlmodel import Session, col

from ctai.domain.activities import Known
from ctai.domain.faults import Fault, Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.requests import RequestDraft, fields_of_request
from ctai.domain.roles import Action, Viewer
from ctai.models.needs import Need, RequestAnswer
from ctai.models.needs import Request as RequestRow
from ctai.models.needs import RequestItem as ItemRow
from ctai.queries import requests
from ctai.services.activity_parts import write_sources
from ctai.services.evidence_checks import (
    NOT_THERE,
    check_evidence,
    country_gone_faults,
    evidence_faults,
    floor_faults,
    number_of,
    removal_faults,
    rewrite_sources,
)
from ctai.services.revisions import differences, log, now
from ctai.services.store_activity import CHANGED_MEANWHILE, NOT_YOURS


def enter_request(
    session: Session, author: Viewer, draft: RequestDraft, known: Known, why: str = ""
) -> int:
    """Store a request and give its number; Refused with every reason."""
    check_evidence(author, draft, known)
    row = RequestRow(
        source_key=draft.source_key,
        iso3=draft.country,
        what=draft.what,
        addressed_to=draft.addressed_to,
        measure=draft.measure,
        status=draft.status.value,
        created_at=(moment := now()),
        changed_at=moment,
    )
    _set_columns(row, draft)
    session.add(row)
    session.flush()
    number = number_of(row.id)
    _write_items(session, number, draft)
    _write_answer(session, number, draft)
    write_sources(session, RecordKind.REQUEST, number, draft.sources)
    session.flush()
    log(session, author, RecordKind.REQUEST, number, differences({}, fields_of_request(draft)), why)
    return number


def amend_request(
    session: Session,
    author: Viewer,
    number: int,
    draft: RequestDraft,
    version: int | None,
    known: Known,
    why: str = "",
) -> None:
    """Change a request into a draft; Refused with every reason.

    Areas are told apart by their `item_id`; those without one are new. `version` is the one that
    the author was looking at: nothing newer is overwritten.
    """
    locked = select(RequestRow).where(col(RequestRow.id) == number).with_for_update()
    row = session.scalars(locked).one_or_none()
    before = requests.draft_of(session, author, number)
    if row is None or before is None:
        raise Refused([Fault(NOT_THERE)])
    own = frozenset({before.country}), frozenset({before.addressed_to})
    if not author.may_touch(Action.AMEND, *own):
        raise Refused([Fault(NOT_YOURS)])
    faults = evidence_faults(author, Action.AMEND, draft, known)
    faults += _resting_faults(session, number, before, draft)
    if version is not None and version != row.version:
        faults.append(Fault(CHANGED_MEANWHILE))
    if faults:
        raise Refused(faults)
    changes = differences(fields_of_request(before), fields_of_request(draft))
    if not changes:
        return
    _set_columns(row, draft)
    row.version += 1
    row.changed_at = now()
    session.flush()
    _write_items(session, number, draft)
    if draft.answered_on != before.answered_on:
        _write_answer(session, number, draft)
    rewrite_sources(session, RecordKind.REQUEST, number, draft.sources)
    session.flush()
    log(session, author, RecordKind.REQUEST, number, changes, why)


def _set_columns(row: RequestRow, draft: RequestDraft) -> None:
    row.iso3, row.measure, row.addressed_to = draft.country, draft.measure, draft.addressed_to
    row.what, row.authority, row.contact_office = draft.what, draft.authority, draft.contact_office
    row.language = draft.language
    row.requested_on, row.status = draft.requested_on, draft.status.value
    row.reasons, row.national_strategy = draft.reasons, draft.national_strategy
    row.visibility, row.note = draft.visibility.value, draft.note


def _resting_faults(
    session: Session, number: int, before: RequestDraft, draft: RequestDraft
) -> list[Fault]:
    kept = {item.item_id for item in draft.items}
    gone = {
        item.item_id: item.what
        for item in before.items
        if item.item_id is not None and item.item_id not in kept
    }
    resting = session.execute(
        select(col(Need.id), col(Need.code), col(Need.visibility))
        .where(col(Need.request_id) == number)
        .order_by(col(Need.code))
    ).all()
    needs = [(number_of(need), code, level) for need, code, level in resting]
    return [
        *removal_faults(session, gone, RecordKind.REQUEST),
        *floor_faults(needs, dict.fromkeys((need for need, _, _ in needs), draft.visibility)),
        *country_gone_faults(session, {n: code for n, code, _ in needs}, (draft.country,)),
    ]


def _write_items(session: Session, number: int, draft: RequestDraft) -> None:
    """Store a request's areas; those that are there already keep their numbers."""
    rows = session.scalars(select(ItemRow).where(col(ItemRow.request_id) == number))
    stored = {row.id: row for row in rows}
    for position, item in enumerate(draft.items):
        row = stored.pop(item.item_id, None) if item.item_id is not None else None
        if row is None:
            row = ItemRow(request_id=number, position=position, measure="", what="")
            session.add(row)
        row.position, row.measure, row.what = position, item.measure, item.what
    for row in stored.values():
        session.delete(row)


def _write_answer(session: Session, number: int, draft: RequestDraft) -> None:
    session.execute(delete(RequestAnswer).where(col(RequestAnswer.request_id) == number))
    if draft.answered_on:
        session.add(
            RequestAnswer(
                request_id=number, entity=draft.addressed_to, answered_on=draft.answered_on
            )
        )
