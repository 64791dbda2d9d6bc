"""Requests and assessments change whole or not at all, and needs keep what they rest on."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from ctai import db
from ctai.domain.activities import SourceRef
from ctai.domain.assessments import AssessmentFinding, FollowUp
from ctai.domain.evidence import Disclosure
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.requests import RequestItem
from ctai.domain.roles import SYSTEM, Action, Role, Viewer, Visibility
from ctai.models.needs import (
    AssessmentFinding as FindingRow,
)
from ctai.models.needs import AssessmentMeasure, AssessmentPart, RequestAnswer
from ctai.models.needs import FollowUp as FollowUpRow
from ctai.models.needs import RequestItem as ItemRow
from ctai.models.records import Revision, Source
from ctai.queries import assessments, codes, requests
from ctai.services.store_activity import CHANGED_MEANWHILE, NOT_YOURS
from ctai.services.store_assessment import amend_assessment
from ctai.services.store_request import amend_request
from tests.drafts import DESK, KNOWN, PEOPLE, add_code_lists
from tests.requests_drafts import (
    asked,
    details,
    finding_ids,
    item_ids,
    put_request,
    put_visit,
    raise_from_finding,
    raise_from_request,
    request_of,
    visit,
    visit_of,
)


@pytest.fixture
def store(session: Session) -> Session:
    """A session on a store with the code lists."""
    add_code_lists(session)
    return session


def rows(session: Session) -> tuple[int, ...]:
    """Count what an amendment could leave behind."""
    tables = (ItemRow, RequestAnswer, FindingRow, AssessmentMeasure, FollowUpRow, Source, Revision)
    counts = [session.scalars(select(func.count()).select_from(t)).one() for t in tables]
    return (*counts, codes.data_version(session))


def changed(session: Session, kind: RecordKind, number: int) -> dict[str, str | None]:
    """Give what the log says of the newest version, by field."""
    found = session.scalars(
        select(Revision)
        .where(col(Revision.record_kind) == kind.value, col(Revision.record_id) == number)
        .order_by(col(Revision.id))
    )
    return {row.field: row.new for row in found}


def test_a_request_is_read_again_as_it_was_given(store: Session) -> None:
    number = put_request(store, replace(asked(), answered_on="2023-05"))
    found = request_of(store, number)
    kept = tuple(replace(item, item_id=None) for item in found.items)
    assert replace(found, items=kept) == replace(asked(), answered_on="2023-05")
    assert requests.version_of(store, SYSTEM, number) == 1


def test_an_assessment_is_read_again_as_it_was_given(store: Session) -> None:
    number = put_visit(store, visit())
    found = visit_of(store, number)
    kept = tuple(replace(one, finding_id=None) for one in found.discoveries)
    given = visit()
    assert replace(found, discoveries=kept) == replace(given, measures=given.looked_at)
    assert assessments.version_of(store, SYSTEM, number) == 1


def test_areas_keep_their_numbers_when_others_come_and_go(store: Session) -> None:
    number = put_request(store, asked())
    first, second = request_of(store, number).items
    wanted = (RequestItem("I.1", "New"), replace(second, what="More training"))
    amend_request(store, SYSTEM, number, replace(asked(), items=wanted), 1, KNOWN)
    found = request_of(store, number).items
    assert [item.what for item in found] == ["New", "More training"]
    assert found[1].item_id == second.item_id
    assert found[0].item_id not in (first.item_id, second.item_id)
    assert requests.version_of(store, SYSTEM, number) == 2
    assert changed(store, RecordKind.REQUEST, number)["items"] == "I.1: New; III.5: More training"


def test_an_amended_request_changes_in_every_field(store: Session) -> None:
    number = put_request(store, replace(asked(), answered_on="2023"))
    wanted = replace(
        request_of(store, number),
        what="Other help",
        authority="",
        contact_office="Desk",
        requested_on="2021",
        reasons="",
        national_strategy="",
        answered_on=None,
        visibility=Visibility.RESTRICTED,
        sources=(SourceRef("https://example.org/other"),),
        note="Seen again",
    )
    amend_request(store, SYSTEM, number, wanted, 1, KNOWN)
    assert request_of(store, number) == wanted


def test_an_amended_assessment_changes_in_every_part(store: Session) -> None:
    number = put_visit(store, visit())
    first, second, third = visit_of(store, number).discoveries
    wanted = replace(
        visit_of(store, number),
        title="Second visit",
        joining=("IOM",),
        countries=("BFA", "NGA"),
        parts=(),
        discoveries=(third, replace(first, text="One reader now"), AssessmentFinding("I.1", "x")),
        follow_ups=(FollowUp("Report", "2023", "2023-04"),),
        sources=(),
    )
    amend_assessment(store, SYSTEM, number, wanted, 1, KNOWN)
    found = visit_of(store, number)
    assert [d.finding_id for d in found.discoveries][:2] == [third.finding_id, first.finding_id]
    assert second.finding_id not in [d.finding_id for d in found.discoveries]
    last = found.discoveries[2]
    assert replace(found, discoveries=(*found.discoveries[:2], replace(last, finding_id=None))) == (
        replace(wanted, measures=found.measures)
    )
    assert {link.measure for link in found.measures} == {"I.1", "II.13", "III.5", "IV.3"}
    assert store.scalars(select(func.count()).select_from(AssessmentPart)).one() == 0


def test_what_is_amended_into_itself_leaves_no_trace(store: Session) -> None:
    one, other = put_request(store, asked()), put_visit(store, visit())
    before = rows(store)
    amend_request(store, SYSTEM, one, request_of(store, one), 1, KNOWN)
    amend_assessment(store, SYSTEM, other, visit_of(store, other), 1, KNOWN)
    assert rows(store) == before


def test_a_row_on_which_a_need_rests_stays(store: Session) -> None:
    one, other = put_request(store, asked()), put_visit(store, visit())
    item, _ = item_ids(store, one)
    finding, *_ = finding_ids(store, other)
    raise_from_request(store, SYSTEM, one, item, details())
    raise_from_finding(store, SYSTEM, other, finding, details())
    before = rows(store)
    wanted = replace(request_of(store, one), items=(), what="")
    with pytest.raises(Refused) as refused:
        amend_request(store, SYSTEM, one, wanted, 1, KNOWN)
    assert [fault.column for fault in refused.value.faults] == ["title", "items"]
    assert refused.value.faults[1].places == {"seen": "Passport readers", "wanted": "N-NGA-001"}
    with pytest.raises(Refused) as refused:
        amend_assessment(store, SYSTEM, other, replace(visit(), discoveries=()), 1, KNOWN)
    assert [fault.column for fault in refused.value.faults] == ["items"]
    assert rows(store) == before


def test_evidence_never_becomes_less_open_than_its_need_or_loses_its_country(
    store: Session,
) -> None:
    one, other = put_request(store, asked()), put_visit(store, visit(("NGA", "BFA")))
    finding, *_ = finding_ids(store, other)
    raise_from_request(store, SYSTEM, one, item_ids(store, one)[0], details())
    raise_from_finding(store, SYSTEM, other, finding, details())
    wanted = replace(request_of(store, one), visibility=Visibility.UN_SYSTEM, country="BFA")
    with pytest.raises(Refused) as refused:
        amend_request(store, SYSTEM, one, wanted, 1, KNOWN)
    assert [fault.column for fault in refused.value.faults] == ["visibility", "country"]
    found = visit_of(store, other)
    first = replace(found.discoveries[0], disclosed=Disclosure.PARTLY)
    wanted_visit = replace(found, countries=("NGA",), discoveries=(first, *found.discoveries[1:]))
    with pytest.raises(Refused) as refused:
        amend_assessment(store, SYSTEM, other, wanted_visit, 1, KNOWN)
    assert [fault.column for fault in refused.value.faults] == ["visibility", "country"]


def test_what_is_not_there_or_not_open_is_refused_alike(store: Session) -> None:
    hidden = put_request(store, asked("BFA", addressed_to="CTED", visibility=Visibility.RESTRICTED))
    told = []
    for number in (hidden, 9_999):
        with pytest.raises(Refused) as refused:
            amend_request(store, DESK, number, asked(), None, KNOWN)
        told.append(refused.value.faults)
    assert told[0] == told[1]
    with pytest.raises(Refused):
        amend_assessment(store, DESK, 9_999, visit(), None, KNOWN)


@pytest.mark.parametrize("role", Role)
def test_each_role_amends_what_the_table_grants(store: Session, role: Role) -> None:
    author = PEOPLE[role]
    own = put_request(store, asked()), put_visit(store, visit())
    others = (
        put_request(store, asked("BFA", addressed_to="CTED")),
        put_visit(store, visit(("BFA",), joining=())),
    )
    for is_own, (one, other) in ((True, own), (False, others)):
        may = author.may(Action.AMEND) and (is_own or role is Role.ADMINISTRATOR)
        wanted = replace(request_of(store, one), note=role.value)
        wanted_visit = replace(visit_of(store, other), note=role.value)
        if may:
            amend_request(store, author, one, wanted, 1, KNOWN)
            amend_assessment(store, author, other, wanted_visit, 1, KNOWN)
            assert request_of(store, one).note == visit_of(store, other).note == role.value
            continue
        before = rows(store)
        with pytest.raises(Refused):
            amend_request(store, author, one, wanted, 1, KNOWN)
        with pytest.raises(Refused):
            amend_assessment(store, author, other, wanted_visit, 1, KNOWN)
        assert rows(store) == before


def test_nobody_gives_their_own_record_away(store: Session) -> None:
    number = put_request(store, asked())
    with pytest.raises(Refused) as refused:
        amend_request(store, DESK, number, replace(asked(), country="BFA"), 1, KNOWN)
    assert [fault.column for fault in refused.value.faults] == ["country"]
    fred = Viewer("fran", Role.FOCAL_POINT, entity="IOM")
    with pytest.raises(Refused) as refused:
        amend_request(store, fred, number, replace(asked(), addressed_to="IOM"), 1, KNOWN)
    assert refused.value.faults[0].message == NOT_YOURS


Amend = Callable[[Session, int, str], None]


def _request(session: Session, number: int, note: str) -> None:
    amend_request(session, SYSTEM, number, replace(asked(), note=note), 1, KNOWN)


def _visit(session: Session, number: int, note: str) -> None:
    amend_assessment(session, SYSTEM, number, replace(visit(), note=note), 1, KNOWN)


@pytest.mark.parametrize("amend", [_request, _visit])
def test_of_two_amendments_at_once_one_is_refused(engine: Engine, amend: Amend) -> None:
    with db.transaction(engine) as session:
        add_code_lists(session)
        is_request = amend is _request
        number = put_request(session, asked()) if is_request else put_visit(session, visit())
    start = threading.Barrier(2)
    told: list[str] = []

    def change(note: str) -> None:
        start.wait()
        try:
            with db.transaction(engine) as session:
                amend(session, number, note)
                told.append("stored")
        except Refused as refusal:
            told.append(refusal.faults[0].message)

    both = [threading.Thread(target=change, args=(note,)) for note in ("one", "two")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(told) == sorted(["stored", CHANGED_MEANWHILE])
    with db.reading(engine) as session:
        versions = requests.version_of, assessments.version_of
        assert versions[0 if is_request else 1](session, SYSTEM, number) == 2
