"""Needs, assessments and requests: stored whole with a history, or refused with every reason."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, col

from ctai.domain.activities import SourceRef
from ctai.domain.faults import Refused
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import (
    AssessmentDraft,
    FollowUp,
    NeedDraft,
    RequestDraft,
    Severity,
)
from ctai.domain.roles import SYSTEM, Action, Role, Viewer
from ctai.domain.scope import Scope
from ctai.models.needs import Assessment, Need, NeedCountry, Request
from ctai.models.needs import FollowUp as FollowUpRow
from ctai.models.records import Revision, Source
from ctai.queries import codes, needs
from ctai.services.store_evidence import enter_assessment, enter_need, enter_request
from tests.drafts import (
    DESK,
    FOCAL_POINT,
    KNOWN,
    PEOPLE,
    add_code_lists,
    assessment,
    need,
    request,
)

Draft = NeedDraft | AssessmentDraft | RequestDraft


@pytest.fixture
def store(session: Session) -> Session:
    """A session on a store with the code lists."""
    add_code_lists(session)
    return session


def put(session: Session, author: Viewer, draft: Draft) -> int:
    """Store a draft of any kind."""
    match draft:
        case NeedDraft():
            return enter_need(session, author, draft, KNOWN)
        case AssessmentDraft():
            return enter_assessment(session, author, draft, KNOWN)
        case RequestDraft():
            return enter_request(session, author, draft, KNOWN)


def rows(session: Session) -> tuple[int, ...]:
    """Count what a write could leave behind."""
    tables = (Need, NeedCountry, Assessment, Request, Source, Revision)
    counts = [session.scalars(select(func.count()).select_from(t)).one() for t in tables]
    return (*counts, codes.data_version(session))


def logged(session: Session, kind: RecordKind, number: int) -> dict[str, str | None]:
    """Give what the log says of a record that was entered: new value by field."""
    found = session.scalars(
        select(Revision).where(
            col(Revision.record_kind) == kind.value, col(Revision.record_id) == number
        )
    ).all()
    assert all(row.old is None and row.actor == "system" for row in found)
    assert len({row.field for row in found}) == len(found)
    return {row.field: row.new for row in found}


def test_a_need_is_read_again_with_its_evidence(store: Session) -> None:
    draft = replace(need(), severity=Severity.HIGH, wanted_by="2025", evidence_ref="§ 12")
    number = put(store, SYSTEM, draft)
    row = needs.needs(store, SYSTEM, Scope()).iloc[0]
    assert (row["need_id"], row["code"], row["iso3"]) == (number, "N-1", "NGA")
    assert (row["severity"], row["wanted_by"]) == ("high", "2025")
    assert (row["evidence_body"], row["evidence_ref"]) == ("CTED", "§ 12")
    assert row["source_urls"] == "https://example.org/n"
    log = logged(store, RecordKind.NEED, number)
    assert log["evidence"] == "CTED · Visit · § 12"
    assert (log["code"], log["severity"], log["state"]) == ("N-1", "high", "open")
    assert "state_as_of" not in log
    assert codes.data_version(store) == 2


def test_a_regional_need_has_a_code_in_each_country(store: Session) -> None:
    put(store, SYSTEM, need("N-1", ("NGA", "BFA")))
    put(store, SYSTEM, replace(need("N-2", ("NGA", "BFA")), country_codes=("N-2a", "N-2b")))
    frame = needs.needs(store, SYSTEM, Scope())
    assert dict(zip(frame["code"], frame["iso3"], strict=True)) == {
        "N-1": "NGA",
        "N-1-BFA": "BFA",
        "N-2a": "NGA",
        "N-2b": "BFA",
    }
    assert frame["need_id"].nunique() == 2


def test_an_assessment_is_read_again_with_its_parts(store: Session) -> None:
    draft = replace(
        assessment(countries=("NGA", "BFA"), measures=("II.13", "II.14"), joining=("IOM",)),
        follow_ups=(FollowUp("Report", "2023"), FollowUp("Comments", None, "2023-05")),
    )
    number = put(store, SYSTEM, draft)
    frame = needs.assessments(store, SYSTEM, Scope())
    assert len(frame) == 4
    assert set(frame["assessment_id"]) == {number}
    assert set(frame["iso3"]) == {"NGA", "BFA"}
    assert set(frame["measure"]) == {"II.13", "II.14"}
    assert set(zip(frame["start"], frame["end"], strict=True)) == {("2022-05", "2022-06")}
    due = store.scalars(select(FollowUpRow).order_by(col(FollowUpRow.id))).all()
    assert [(d.what, d.due, d.done_on) for d in due] == [
        ("Report", "2023", None),
        ("Comments", None, "2023-05"),
    ]
    log = logged(store, RecordKind.ASSESSMENT, number)
    assert (log["lead"], log["joining"], log["dates"]) == ("CTED", "IOM", "2022-05/2022-06")


def test_a_request_is_read_again_with_its_answer(store: Session) -> None:
    open_one = put(store, SYSTEM, request("Open"))
    answered = put(store, SYSTEM, replace(request("Answered"), answered_on="2023"))
    frame = needs.requests(store, SYSTEM, Scope())
    told = dict(zip(frame["request_id"], frame["answered_on"], strict=True))
    assert told[answered] == "2023"
    assert told[open_one] is None or told[open_one] != told[open_one]
    assert logged(store, RecordKind.REQUEST, answered)["answered_on"] == "2023"


@pytest.mark.parametrize(
    ("draft", "columns"),
    [
        (replace(need(""), title="", measure="X"), ["need_id", "title", "measure", "country"]),
        (replace(assessment(), title="", lead="X"), ["title", "entity", "country"]),
        (replace(request(), what="", requested_on="?"), ["title", "requested_on", "country"]),
    ],
)
def test_every_reason_is_given_at_once_and_nothing_is_stored(
    store: Session, draft: Draft, columns: list[str]
) -> None:
    before = rows(store)
    elsewhere = Viewer("eve", Role.DESK_OFFICER, frozenset({"BFA"}))
    with pytest.raises(Refused) as refused:
        put(store, elsewhere, draft)
    assert [fault.column for fault in refused.value.faults] == columns
    assert rows(store) == before


def test_only_those_with_the_right_enter_evidence(store: Session) -> None:
    for role, author in PEOPLE.items():
        for draft in (need(f"N-{role}", body="UNODC"), assessment(lead="UNODC"), request()):
            before = rows(store)
            if author.may(Action.ENTER):
                assert put(store, author, draft)
            else:
                with pytest.raises(Refused):
                    put(store, author, draft)
                assert rows(store) == before


REACH: list[tuple[Viewer, Draft, bool]] = [
    (DESK, need("N-1", ("BFA",)), False),
    (DESK, need("N-2", ("BFA", "NGA")), True),
    (DESK, assessment(countries=("BFA",)), False),
    (DESK, request(country="BFA"), False),
    (FOCAL_POINT, need("N-3", body="CTED"), False),
    (FOCAL_POINT, need("N-4", body="UNODC"), True),
    (FOCAL_POINT, assessment(lead="CTED"), False),
    (FOCAL_POINT, assessment(lead="CTED", joining=("UNODC",)), True),
    (FOCAL_POINT, request(addressed_to="CTED"), False),
    (FOCAL_POINT, request(addressed_to="UNODC"), True),
]


def test_a_desk_enters_its_countries_and_a_focal_point_its_entity(store: Session) -> None:
    for author, draft, allowed in REACH:
        before = rows(store)
        if allowed:
            assert put(store, author, draft)
        else:
            with pytest.raises(Refused):
                put(store, author, draft)
            assert rows(store) == before


def test_sources_of_one_kind_are_not_taken_for_those_of_another(store: Session) -> None:
    visit = put(store, SYSTEM, assessment())
    one = put(store, SYSTEM, replace(need(), sources=(SourceRef("https://example.org/own"),)))
    assert visit == one
    assert needs.needs(store, SYSTEM, Scope()).iloc[0]["source_urls"] == "https://example.org/own"
