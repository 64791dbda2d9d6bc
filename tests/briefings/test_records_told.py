"""The mapping tells what States asked for and entities assessed, and what is not on record."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from ctai import db
from ctai.briefings.build import build
from ctai.briefings.document import Document, Section
from ctai.domain.activities import SourceRef, Status
from ctai.domain.briefing import Audience, Briefing
from ctai.domain.roles import SYSTEM, Visibility
from ctai.domain.scope import Scope
from ctai.services.store_evidence import enter_assessment, enter_request
from tests.briefings.wording import entry, rows, section, sentences
from tests.drafts import KNOWN, assessment, request

TODAY = datetime.now(UTC).date()
NGA = Briefing(Audience.EXECUTIVE, "en", TODAY, Scope(country=("NGA",)))
PUBLIC = replace(NGA, audience=Audience.PUBLIC)


def document_of(engine: Engine, what: Briefing = NGA) -> Document:
    return build(engine, SYSTEM, what, TODAY)


def test_nothing_on_record_is_told_as_that_and_not_as_no_need(store: Engine) -> None:
    said = sentences(section(document_of(store), Section.MAPPING))
    assert said[-2:] == [
        "No request of a State is on record here that this reader may see. "
        "That is not the same as no need.",
        "No assessment is on record here that this reader may see. "
        "That is not the same as none was made.",
    ]


def test_requests_are_told_with_date_addressee_and_answer(store: Engine) -> None:
    with db.transaction(store) as session:
        for draft in (
            replace(request("Radios"), requested_on="2023", answered_on="2024-02"),
            request("Courts", addressed_to="CTED"),
            replace(request("Ships"), requested_on=None, status=Status.COMPLETED),
            request("Boats", country="BFA"),
            request("Quiet", visibility=Visibility.UN_SYSTEM),
        ):
            enter_request(session, SYSTEM, draft, KNOWN)
    document = document_of(store)
    told = section(document, Section.MAPPING)
    assert rows(told, "Requests, oldest first") == [
        ["May 2022", "Nigeria", "Courts", "CTED", "No answer is recorded"],
        ["May 2022", "Nigeria", "Quiet", "UNODC", "No answer is recorded"],
        ["2023", "Nigeria", "Radios", "UNODC", "Answered: February 2024"],
        ["date not known", "Nigeria", "Ships", "UNODC", "Answered; when is not recorded"],
    ]
    assert "4 requests of States are on record; answered: 2." in sentences(told)
    assert entry(document, "requests answered") == ("2", ("R-1", "R-3"))
    outside = document_of(store, PUBLIC)
    assert entry(outside, "requests") == ("3", ("R-1", "R-2", "R-3"))
    assert "Quiet" not in outside.canonical.decode().replace("Quiet course", "")


def test_what_a_state_asked_for_and_nobody_answered_is_requested_by_its_pillar(
    store: Engine,
) -> None:
    before = entry(document_of(store), "activities")
    with db.transaction(store) as session:
        for draft in (
            replace(request("Radios"), answered_on="2024-02"),
            request("Courts", measure="III.7"),
            request("Boats", country="BFA"),
        ):
            enter_request(session, SYSTEM, draft, KNOWN)
    document = document_of(store)
    assert entry(document, "activities status=requested") == ("1", ("R-2",))
    assert entry(document, "activities status=requested pillar=III") == ("1", ("R-2",))
    assert entry(document, "activities") == (str(int(before[0]) + 1), (*before[1], "R-2"))


def test_assessments_are_told_once_each_newest_first_with_their_sources(store: Engine) -> None:
    with db.transaction(store) as session:
        for draft in (
            assessment("Old visit", ("NGA", "BFA"), ("I.1", "II.13")),
            replace(assessment("New visit"), parts=(), sources=()),
            replace(assessment("Planned visit"), status=Status.PLANNED),
            assessment("Quiet visit", visibility=Visibility.RESTRICTED),
        ):
            enter_assessment(session, SYSTEM, draft, KNOWN)
    document = document_of(store)
    told = section(document, Section.MAPPING)
    assert [row[1:] for row in rows(told, "Assessments, newest first")] == [
        ["Old visit", "Nigeria", "CTED", "Completed"],
        ["Planned visit", "Nigeria", "CTED", "Planned"],
        ["New visit", "Nigeria", "CTED", "Completed"],
    ]
    assert rows(told, "Assessments, newest first")[0][0] == "May 2022 to June 2022"
    assert "3 assessments are on record; completed: 2." in sentences(told)
    assert entry(document, "assessments status=completed")[1] == ("V-1", "V-2")
    assert rows(section(document, Section.ANNEX), "Assessments and their sources") == [
        ["V-1", "Old visit", "https://example.org/v"],
        ["V-2", "New visit", "not known"],
        ["V-3", "Planned visit", "https://example.org/v"],
    ]


def test_a_pillar_tells_the_requests_and_assessments_on_it(store: Engine) -> None:
    with db.transaction(store) as session:
        source = (SourceRef("https://example.org/x"), SourceRef("https://example.org/y"))
        borders = replace(request("Borders"), sources=source)
        for draft in (borders, request("Courts", measure="III.7")):
            enter_request(session, SYSTEM, draft, KNOWN)
    document = document_of(store, replace(NGA, scope=Scope(pillar=("II",))))
    listed = rows(section(document, Section.ANNEX), "Requests and their sources")
    assert listed == [["R-1", "Borders", "https://example.org/x https://example.org/y"]]
