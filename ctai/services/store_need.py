"""Storing a need: with a number of its own, and no more open than what it rests on."""

import re

from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.activities import Known
from ctai.domain.evidence import is_more_open
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import NeedDraft, fields_of_need
from ctai.domain.raised_needs import floor_of_finding
from ctai.domain.roles import Action, Viewer, Visibility
from ctai.i18n import mark
from ctai.models.needs import Assessment, AssessmentEntity, Need, NeedCountry
from ctai.models.needs import Request as RequestRow
from ctai.models.reference import MemberState
from ctai.queries import assessments, requests
from ctai.services.activity_parts import write_sources
from ctai.services.evidence_checks import evidence_faults, number_of
from ctai.services.revisions import differences, log, now

NO_EVIDENCE = mark("What the need rests on is not there, or not open to you. Look at it again.")
MORE_OPEN = mark("A need can't be open to more people than what it rests on. Restrict it.")
NOT_ITS_COUNTRY = mark("{seen} is not a country of what the need rests on. Leave it out.")


def enter_need(
    session: Session, author: Viewer, draft: NeedDraft, known: Known, why: str = ""
) -> int:
    """Store a need and give its number; Refused with every reason.

    Without a code it gets the next of its country, such as N-NGA-101, and one in each country.
    """
    lock_evidence(session, draft)
    check_need(session, author, draft, known)
    codes = codes_for(session, draft)
    row = Need(
        code=draft.code or codes[0],
        title=draft.title,
        measure=draft.measure,
        basis=draft.basis.value,
        evidence_body=draft.evidence_body,
        disclosed=draft.disclosed.value,
        visibility=draft.visibility.value,
        evidence_kind=draft.evidence_kind.value,
        state=draft.state.value,
        state_as_of=draft.state_as_of,
        created_at=(moment := now()),
        changed_at=moment,
        assessment_id=draft.assessment_id,
        request_id=draft.request_id,
        finding_id=draft.finding_id,
        request_item_id=draft.request_item_id,
    )
    set_columns(row, draft)
    session.add(row)
    session.flush()
    number = number_of(row.id)
    for iso3, code in zip(draft.countries, codes, strict=True):
        session.add(NeedCountry(need_id=number, iso3=iso3, code=code))
    write_sources(session, RecordKind.NEED, number, draft.sources)
    session.flush()
    fields = {**fields_of_need(draft), "code": row.code}
    log(session, author, RecordKind.NEED, number, differences({}, fields), why)
    return number


def check_need(session: Session, author: Viewer, draft: NeedDraft, known: Known) -> None:
    """Refuse a new need with every reason at once, also what it may not rest on."""
    faults = evidence_faults(author, Action.ENTER, draft, known, owners_of(session, draft))
    faults += link_faults(session, author, draft)
    if faults:
        raise Refused(faults)


def set_columns(row: Need, draft: NeedDraft) -> None:
    """Write a draft into a row, but for its code, its state and what it rests on."""
    row.title, row.measure, row.basis = draft.title, draft.measure, draft.basis.value
    row.language = draft.language
    row.severity = draft.severity.value if draft.severity else None
    row.wanted_by, row.for_whom = draft.wanted_by, draft.for_whom
    row.estimated_cost, row.cost_currency = draft.estimated_cost, draft.cost_currency
    row.cost_rate_usd, row.cost_rate_date = draft.cost_rate_usd, draft.cost_rate_date
    row.evidence_body, row.evidence_title = draft.evidence_body, draft.evidence_title
    row.evidence_date, row.evidence_ref = draft.evidence_date, draft.evidence_ref
    row.disclosed, row.visibility = draft.disclosed.value, draft.visibility.value
    row.note = draft.note


def codes_for(session: Session, draft: NeedDraft) -> tuple[str, ...]:
    """Give a need's code in each of its countries, in their order."""
    if draft.code is None:
        return next_codes(session, draft.countries)
    return draft.country_codes or tuple(
        draft.code if index == 0 else f"{draft.code}-{iso3}"
        for index, iso3 in enumerate(draft.countries)
    )


def next_codes(session: Session, countries: tuple[str, ...]) -> tuple[str, ...]:
    """Give the next free code in each of some countries; others wait until this is stored."""
    # Not the plain lock: every row that names the country would have to wait as well.
    session.execute(
        select(col(MemberState.iso3))
        .where(col(MemberState.iso3).in_(countries))
        .order_by(col(MemberState.iso3))
        .with_for_update(key_share=True)
    )
    found = []
    for iso3 in countries:
        taken = session.scalars(
            select(col(NeedCountry.code)).where(col(NeedCountry.code).like(f"N-{iso3}-%"))
        )
        numbers = [re.fullmatch(rf"N-{iso3}-([0-9]+)", code) for code in taken]
        last = max((int(match[1]) for match in numbers if match), default=0)
        found.append(f"N-{iso3}-{last + 1:03d}")
    return tuple(found)


def lock_evidence(session: Session, draft: NeedDraft) -> None:
    """Hold what a need rests on as it is until the need is stored."""
    if draft.assessment_id is not None:
        one = select(col(Assessment.id)).where(col(Assessment.id) == draft.assessment_id)
        session.execute(one.with_for_update(key_share=True))
    if draft.request_id is not None:
        asked = select(col(RequestRow.id)).where(col(RequestRow.id) == draft.request_id)
        session.execute(asked.with_for_update(key_share=True))


def owners_of(session: Session, draft: NeedDraft) -> frozenset[str]:
    """Give the acronyms of the entities that lead, join or are asked in what a need rests on."""
    lead = select(col(Assessment.lead)).where(col(Assessment.id) == draft.assessment_id)
    joined = select(col(AssessmentEntity.entity)).where(
        col(AssessmentEntity.assessment_id) == draft.assessment_id
    )
    asked = select(col(RequestRow.addressed_to)).where(col(RequestRow.id) == draft.request_id)
    return frozenset(e for one in (lead, joined, asked) for e in session.scalars(one))


def link_faults(session: Session, author: Viewer, draft: NeedDraft) -> list[Fault]:
    """Refuse a need that rests on what is not there, or goes beyond it."""
    faults: list[Fault] = []
    if draft.assessment_id is not None or draft.finding_id is not None:
        visit = assessments.draft_of(session, author, draft.assessment_id or 0)
        found = [d for d in visit.discoveries if d.finding_id == draft.finding_id] if visit else []
        if visit is None or (draft.finding_id is not None and not found):
            faults.append(Fault(NO_EVIDENCE))
        else:
            floor = floor_of_finding(visit, found[0]) if found else visit.visibility
            faults += _beyond(draft, floor, visit.countries)
    if draft.request_id is not None or draft.request_item_id is not None:
        asked = requests.draft_of(session, author, draft.request_id or 0)
        items = {item.item_id for item in asked.items} if asked else set()
        if asked is None or (
            draft.request_item_id is not None and draft.request_item_id not in items
        ):
            faults.append(Fault(NO_EVIDENCE))
        else:
            faults += _beyond(draft, asked.visibility, (asked.country,))
    return faults


def _beyond(draft: NeedDraft, floor: Visibility, countries: tuple[str, ...]) -> list[Fault]:
    faults = [
        Fault(NOT_ITS_COUNTRY, "country", {"seen": shown(iso3)})
        for iso3 in draft.countries
        if iso3 not in countries
    ]
    if is_more_open(draft.visibility, floor):
        faults.append(Fault(MORE_OPEN, "visibility"))
    return faults
