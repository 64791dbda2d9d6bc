"""What an assessment found or a State asks for becomes a need, numbered once and never too open."""

import threading
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session, col

from ctai import db
from ctai.domain.evidence import EvidenceKind
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import NeedDraft, NeedState
from ctai.domain.roles import SYSTEM, Action, Role, Visibility
from ctai.models.needs import Need, NeedCountry
from ctai.models.records import Revision
from ctai.queries import assessments, codes, need_drafts, requests
from ctai.services.amend_need import amend_need
from ctai.services.raise_need import draft_from
from ctai.services.store_activity import CHANGED_MEANWHILE
from ctai.services.store_assessment import amend_assessment
from ctai.services.store_need import enter_need
from tests.drafts import DESK, FOCAL_POINT, KNOWN, PEOPLE, add_code_lists, need
from tests.requests_drafts import (
    asked,
    details,
    finding_ids,
    item_ids,
    of_finding,
    put_request,
    put_visit,
    raise_from_finding,
    raise_from_request,
    visit,
    visit_of,
)

PUBLIC, UN, RESTRICTED = Visibility.PUBLIC, Visibility.UN_SYSTEM, Visibility.RESTRICTED


@pytest.fixture
def store(session: Session) -> Session:
    """A session on a store with the code lists."""
    add_code_lists(session)
    return session


def rows(session: Session) -> tuple[int, ...]:
    """Count what a write of a need could leave behind."""
    tables = (Need, NeedCountry, Revision)
    counts = [session.scalars(select(func.count()).select_from(t)).one() for t in tables]
    return (*counts, codes.data_version(session))


def need_of(session: Session, number: int) -> NeedDraft:
    """Read a need that is there."""
    found = need_drafts.draft_of(session, SYSTEM, number)
    assert found is not None
    return found


def test_an_area_becomes_a_need_with_its_evidence(store: Session) -> None:
    number = put_request(store, asked())
    first, second = item_ids(store, number)
    raised = raise_from_request(store, SYSTEM, number, second, details("Training"))
    found = need_of(store, raised)
    assert (found.code, found.title, found.measure) == ("N-NGA-001", "Training", "III.5")
    assert (found.evidence_kind, found.evidence_ref) == (EvidenceKind.REQUEST, "no. 2")
    assert (found.estimated_cost, found.cost_currency) == (Decimal("250000.50"), "EUR")
    assert (found.cost_rate_usd, found.cost_rate_date) == (Decimal("1.08"), "2024-06-28")
    assert (found.for_whom, found.wanted_by) == ("Border police", "2026")
    assert found.sources == asked().sources
    listed = requests.needs_of(store, SYSTEM, number)
    assert listed[["part_id", "need_id"]].to_numpy().tolist() == [[second, raised]]
    assert first not in set(listed["part_id"])
    log = store.scalars(
        select(Revision).where(
            col(Revision.record_kind) == RecordKind.NEED.value, col(Revision.record_id) == raised
        )
    )
    told = {row.field: row.new for row in log}
    assert (told["code"], told["estimated_cost"]) == ("N-NGA-001", "250000.50 EUR")


def test_a_request_without_areas_becomes_a_need_as_a_whole(store: Session) -> None:
    number = put_request(store, replace(asked(), items=(), authority=""))
    found = need_of(store, raise_from_request(store, SYSTEM, number, None, details()))
    assert (found.evidence_body, found.measure) == ("Government of NGA", "II.13")
    divided = put_request(store, asked())
    with pytest.raises(Refused):
        raise_from_request(store, SYSTEM, divided, 9_999, details())


def test_a_finding_becomes_a_need_in_each_of_its_countries(store: Session) -> None:
    put_need = enter_need(store, SYSTEM, need("N-BFA-007", ("BFA",)), KNOWN)
    number = put_visit(store, visit(("NGA", "BFA")))
    finding, *_ = finding_ids(store, number)
    raised = raise_from_finding(store, SYSTEM, number, finding, details())
    found = need_of(store, raised)
    assert dict(zip(found.countries, found.country_codes, strict=True)) == {
        "NGA": "N-NGA-001",
        "BFA": "N-BFA-008",
    }
    assert raised != put_need
    assert assessments.needs_of(store, SYSTEM, number)["part_id"].tolist() == [finding]
    one = raise_from_finding(store, SYSTEM, number, finding, details(countries=("BFA",)))
    assert need_of(store, one).countries == ("BFA",)


@pytest.mark.parametrize(("place", "level"), [(0, PUBLIC), (1, UN), (2, RESTRICTED)])
def test_a_need_is_as_restricted_as_its_finding(
    store: Session, place: int, level: Visibility
) -> None:
    number = put_visit(store, visit())
    finding = finding_ids(store, number)[place]
    raised = raise_from_finding(store, SYSTEM, number, finding, details())
    assert need_of(store, raised).visibility is level


def test_a_need_that_goes_beyond_its_evidence_is_refused_whoever_wrote_it(store: Session) -> None:
    number = put_visit(store, visit(visibility=UN))
    finding, *_ = finding_ids(store, number)
    draft = draft_from(store, SYSTEM, of_finding(number, finding), details())
    before = rows(store)
    wrong = {
        "visibility": replace(draft, visibility=PUBLIC),
        "country": replace(draft, countries=("BFA",)),
        "": replace(draft, finding_id=9_999),
    }
    for column, forged in wrong.items():
        with pytest.raises(Refused) as refused:
            enter_need(store, SYSTEM, forged, KNOWN)
        assert [fault.column for fault in refused.value.faults] == [column]
    assert rows(store) == before


def test_every_reason_is_given_at_once_and_nothing_is_stored(store: Session) -> None:
    number = put_request(store, asked("BFA"))
    before = rows(store)
    wrong = details("", cost_currency=None, wanted_by="soon")
    with pytest.raises(Refused) as refused:
        raise_from_request(store, DESK, number, item_ids(store, number)[0], wrong)
    columns = [fault.column for fault in refused.value.faults]
    assert columns == ["title", "wanted_by", "cost_currency", "country"]
    assert rows(store) == before


@pytest.mark.parametrize("role", Role)
def test_each_role_raises_what_the_table_grants(store: Session, role: Role) -> None:
    author = PEOPLE[role]
    own = put_request(store, asked()), put_visit(store, visit())
    others = (
        put_request(store, asked("BFA", addressed_to="CTED")),
        put_visit(store, visit(("BFA",), joining=())),
    )
    for is_own, (one, other) in ((True, own), (False, others)):
        item, finding = item_ids(store, one)[0], finding_ids(store, other)[0]
        if author.may(Action.ENTER) and (is_own or role is Role.ADMINISTRATOR):
            assert raise_from_request(store, author, one, item, details())
            assert raise_from_finding(store, author, other, finding, details())
            continue
        before = rows(store)
        with pytest.raises(Refused):
            raise_from_request(store, author, one, item, details())
        with pytest.raises(Refused):
            raise_from_finding(store, author, other, finding, details())
        assert rows(store) == before


def test_two_needs_at_once_get_two_numbers(engine: Engine) -> None:
    with db.transaction(engine) as session:
        add_code_lists(session)
        number = put_request(session, asked())
        items = item_ids(session, number)
    start = threading.Barrier(2)
    faults: list[BaseException] = []

    def put(item: int) -> None:
        start.wait()
        try:
            with db.transaction(engine) as session:
                raise_from_request(session, SYSTEM, number, item, details())
        except Refused as refusal:
            faults.append(refusal)

    both = [threading.Thread(target=put, args=(item,)) for item in items]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert not faults
    with db.reading(engine) as session:
        codes_there = sorted(session.scalars(select(col(Need.code))))
    assert codes_there == ["N-NGA-001", "N-NGA-002"]


def test_a_need_and_the_removal_of_its_finding_never_both_succeed(engine: Engine) -> None:
    with db.transaction(engine) as session:
        add_code_lists(session)
        number = put_visit(session, visit())
        finding, *_ = finding_ids(session, number)
    start = threading.Barrier(2)
    told: list[str] = []

    def put() -> None:
        start.wait()
        try:
            with db.transaction(engine) as session:
                raise_from_finding(session, SYSTEM, number, finding, details())
            told.append("raised")
        except Refused:
            told.append("refused")

    def remove() -> None:
        start.wait()
        try:
            with db.transaction(engine) as session:
                empty = replace(visit(), discoveries=())
                amend_assessment(session, SYSTEM, number, empty, None, KNOWN)
            told.append("removed")
        except Refused:
            told.append("refused")

    both = [threading.Thread(target=put), threading.Thread(target=remove)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(told) in (["raised", "refused"], ["refused", "removed"])
    with db.reading(engine) as session:
        there = len(visit_of(session, number).discoveries)
        needs = session.scalars(select(func.count()).select_from(Need)).one()
    assert (there, needs) in ((3, 1), (0, 0))


def test_a_need_is_amended_in_its_details(store: Session) -> None:
    number = enter_need(store, SYSTEM, need("N-NGA-001", ("NGA",)), KNOWN)
    before = need_of(store, number)
    wanted = replace(
        before,
        title="Other",
        for_whom="Judges",
        countries=("BFA", "NGA"),
        estimated_cost=Decimal("12.50"),
        cost_currency="USD",
    )
    amend_need(store, SYSTEM, number, wanted, 1, KNOWN)
    found = need_of(store, number)
    assert (found.title, found.for_whom) == ("Other", "Judges")
    assert found.estimated_cost == Decimal("12.50")
    assert dict(zip(found.countries, found.country_codes, strict=True)) == {
        "NGA": "N-NGA-001",
        "BFA": "N-BFA-001",
    }
    assert need_drafts.version_of(store, SYSTEM, number) == 2
    with pytest.raises(Refused) as refused:
        amend_need(store, SYSTEM, number, replace(found, title="Again"), 1, KNOWN)
    assert refused.value.faults[0].message == CHANGED_MEANWHILE


def test_an_amendment_moves_no_state_and_keeps_within_the_evidence(store: Session) -> None:
    request_id = put_request(store, asked(visibility=UN))
    item = item_ids(store, request_id)[0]
    number = raise_from_request(store, SYSTEM, request_id, item, details())
    found = need_of(store, number)
    before = rows(store)
    for column, wanted in (
        ("state", replace(found, state=NeedState.ADDRESSED)),
        ("visibility", replace(found, visibility=PUBLIC)),
        ("country", replace(found, countries=("BFA",))),
        ("title", replace(found, title=" ")),
    ):
        with pytest.raises(Refused) as refused:
            amend_need(store, SYSTEM, number, wanted, 1, KNOWN)
        assert [fault.column for fault in refused.value.faults] == [column]
    amend_need(store, SYSTEM, number, found, 1, KNOWN)
    assert rows(store) == before


@pytest.mark.parametrize("role", Role)
def test_each_role_amends_the_needs_that_the_table_grants(store: Session, role: Role) -> None:
    author = PEOPLE[role]
    own = raise_from_request(
        store, SYSTEM, put_request(store, asked()), item_ids(store, 1)[0], details()
    )
    other = enter_need(store, SYSTEM, need("N-BFA-050", ("BFA",)), KNOWN)
    for is_own, number in ((True, own), (False, other)):
        wanted = replace(need_of(store, number), note="Seen again")
        if author.may(Action.AMEND) and (is_own or role is Role.ADMINISTRATOR):
            amend_need(store, author, number, wanted, 1, KNOWN)
            assert need_of(store, number).note == "Seen again"
            continue
        before = rows(store)
        with pytest.raises(Refused):
            amend_need(store, author, number, wanted, 1, KNOWN)
        assert rows(store) == before


def test_an_entity_that_is_asked_raises_the_need(store: Session) -> None:
    number = put_request(store, asked("BFA", addressed_to="UNODC"))
    assert raise_from_request(store, FOCAL_POINT, number, item_ids(store, number)[0], details())
