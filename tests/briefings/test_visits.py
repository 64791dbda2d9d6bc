"""A briefing on one visit tells who, when, where and what comes of it, to those who may know."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import col

from ctai import db
from ctai.briefings import issued
from ctai.briefings.build import build
from ctai.briefings.document import Document, Section
from ctai.briefings.views import Kind, views
from ctai.domain.activities import Status
from ctai.domain.assessments import (
    AssessmentDraft,
    AssessmentFinding,
    AssessmentPart,
    FollowUp,
    LookedAt,
)
from ctai.domain.briefing import Audience, Briefing, Format, no_visit
from ctai.domain.evidence import Disclosure, Finding, Severity
from ctai.domain.faults import Refused
from ctai.domain.needs import NeedState
from ctai.domain.roles import SYSTEM, Role, Viewer, Visibility
from ctai.domain.scope import Scope
from ctai.models.ladder import Consent
from ctai.models.needs import Assessment, Need
from ctai.queries import assessments, briefings
from ctai.services.store_activity import enter
from ctai.services.store_assessment import amend_assessment, enter_assessment
from ctai.services.store_evidence import enter_need
from tests.briefings.conftest import LONG_AGO, happened
from tests.briefings.wording import entry, rows, section, sentences
from tests.drafts import KNOWN, PEOPLE, activity, need

TODAY = datetime.now(UTC).date()
NGA, BFA = Scope(country=("NGA",)), Scope(country=("BFA",))
DORA, VERA, CORA = (PEOPLE[role] for role in (Role.DESK_OFFICER, Role.VIEWER, Role.COUNTERPART))
DAN = PEOPLE[Role.DONOR]
WORKSHOP = AssessmentDraft(
    title="Border visit",
    lead="CTED",
    joining=("UNODC", "IOM"),
    countries=("NGA",),
    measures=(LookedAt("II.13", Finding.NEED), LookedAt("III.7")),
    parts=(
        AssessmentPart("2021-10", "2021-10-27", "online"),
        AssessmentPart("2022", None, "Abuja"),
    ),
    status=Status.COMPLETED,
    findings="Wolverhampton",
    disclosed=Disclosure.PARTLY,
    discoveries=(
        AssessmentFinding("II.13", "Too few scanners", Severity.HIGH, Disclosure.YES),
        AssessmentFinding("III.7", "Vladikavkaz", None, Disclosure.UNKNOWN),
        AssessmentFinding("III.7", "", None, Disclosure.WITHHELD),
    ),
    follow_ups=(
        FollowUp("Report", "2022-12", "2023-01"),
        FollowUp("Comments of the State", "2023-03-31"),
        FollowUp("Plan", "2099"),
        FollowUp("Second look", None),
    ),
)


@dataclass(frozen=True)
class Visited:
    """A store with a visit of each level, and one yet to come in two countries, by number."""

    engine: Engine
    public: int
    un: int
    restricted: int
    planned: int


@pytest.fixture
def visited(store: Engine) -> Visited:
    ahead = replace(
        WORKSHOP,
        title="Visit ahead",
        countries=("NGA", "BFA"),
        status=Status.PLANNED,
        parts=(),
        discoveries=(),
        follow_ups=(),
    )
    with db.transaction(store) as session:
        numbers = [
            enter_assessment(session, SYSTEM, replace(draft, visibility=level), KNOWN)
            for draft, level in (
                (WORKSHOP, Visibility.PUBLIC),
                (WORKSHOP, Visibility.UN_SYSTEM),
                (WORKSHOP, Visibility.RESTRICTED),
                (ahead, Visibility.PUBLIC),
            )
        ]
        resting = replace(need("N-3"), state=NeedState.ADDRESSED, state_as_of="2024-01-15")
        for draft in (need("N-4"), resting, need("N-5", visibility=Visibility.RESTRICTED)):
            enter_need(session, SYSTEM, draft, KNOWN)
        rests = col(Need.code).in_(["N-3", "N-4", "N-5"])
        session.execute(update(Need).where(rests).values(assessment_id=numbers[0]))
        enter(session, SYSTEM, activity("Court course", measures=("III.7",)), KNOWN)
    return Visited(store, *numbers)


def asked(
    visit: int, audience: Audience = Audience.EXECUTIVE, scope: Scope | None = None
) -> Briefing:
    return Briefing(audience, "en", TODAY, scope or Scope(), visit=visit)


def document_of(visited: Visited, what: Briefing) -> Document:
    return build(visited.engine, SYSTEM, what, TODAY)


def test_a_visit_tells_who_when_and_where_as_precisely_as_is_known(visited: Visited) -> None:
    document = document_of(visited, asked(visited.public))
    told = section(document, Section.VISIT)
    assert document.title == "Integrated assistance: Border visit"
    assert ("Countries", "Nigeria") in document.cover
    said = sentences(told)
    assert said[0] == "A visit made: Border visit. It was led by CTED. Date: October 2021 to 2022."
    assert "Joining: IOM, UNODC." in said
    assert rows(told, "Parts of the visit") == [
        ["October 2021", "27 October 2021", "online"],
        ["2022", "date not known", "Abuja"],
    ]


def test_it_tells_what_was_looked_at_with_what_is_recorded_there(visited: Visited) -> None:
    document = document_of(visited, asked(visited.public))
    looked_at = rows(section(document, Section.VISIT), "Measures looked at")
    assert [[row[0].split()[0], *row[1:]] for row in looked_at] == [
        ["II.13", "A need was found", "2", "2"],
        ["III.7", "What was found is not recorded", "0", "1"],
    ]
    code = f"V-{visited.public}"
    assert entry(document, f"needs unmet visit {code} measure=II.13") == ("2", ("N-1", "N-4"))
    assert entry(document, f"activities visit {code} measure=III.7")[0] == "1"
    listed = rows(section(document, Section.VISIT), "Newest activities on what it looks at")
    assert [row[1] for row in listed] == ["Court course", "Radio course", "Border course"]


@pytest.mark.parametrize(
    ("audience", "entity", "reads"),
    [
        (Audience.EXECUTIVE, None, True),
        (Audience.ENTITY, "UNODC", True),
        (Audience.STATE, None, False),
        (Audience.DONOR, None, False),
        (Audience.PUBLIC, None, False),
    ],
)
def test_a_finding_is_read_only_by_whom_it_is_open_to_and_a_withheld_one_by_nobody(
    visited: Visited, audience: Audience, entity: str | None, reads: bool
) -> None:
    what = replace(asked(visited.public, audience), entity=entity)
    document = document_of(visited, what)
    told = [row[1] for row in rows(section(document, Section.VISIT), "Findings")]
    unread = "This finding exists; its text is not public."
    withheld = "This finding is withheld; that it exists is all that is recorded."
    assert told == ["Too few scanners", "Vladikavkaz" if reads else unread, withheld]
    content = document.canonical.decode()
    assert ("Wolverhampton" in content) == reads
    assert ("Vladikavkaz" in content) == reads
    assert entry(document, f"findings V-{visited.public}")[0] == "3"


def test_follow_ups_are_done_overdue_or_due_and_one_without_a_date_is_not_late(
    visited: Visited,
) -> None:
    document = document_of(visited, asked(visited.public))
    told = section(document, Section.VISIT)
    counted = "4 follow-ups are recorded; done: 1, overdue: 1, still due: 2."
    assert counted in sentences(told)
    assert rows(told, "What is due after the visit") == [
        ["Report", "Done: January 2023"],
        ["Comments of the State", "Overdue since 31 March 2023"],
        ["Plan", "Due by 2099"],
        ["Second look", "Due; by when is not recorded"],
    ]
    code = f"V-{visited.public}"
    assert entry(document, f"follow-ups {code} state=overdue") == ("1", (f"{code}-follow-up-2",))
    assert counted in sentences(list(document.first_page))


def test_needs_that_rest_on_it_stand_where_they_stand_and_only_those_that_one_sees(
    visited: Visited,
) -> None:
    def told(audience: Audience) -> tuple[list[str], list[list[str]]]:
        found = section(document_of(visited, asked(visited.public, audience)), Section.VISIT)
        return sentences(found), rows(found, "Needs that rest on the visit")

    said, listed = told(Audience.EXECUTIVE)
    assert "2 needs rest on it; unmet: 1." in said
    assert listed == [
        ["N-3", "Need N-3", "Addressed", ""],
        ["N-4", "Need N-4", "Open", "Existing United Nations capacity"],
    ]
    _, outside = told(Audience.PUBLIC)
    assert outside == [row[:3] for row in listed], "the ladder is for the United Nations"


def test_a_visit_to_come_tells_how_things_stand_and_what_waits_for_the_state(
    visited: Visited,
) -> None:
    with db.transaction(visited.engine) as session:
        number = session.scalars(select(col(Need.id)).where(col(Need.code) == "N-1")).one()
        assert number is not None
        session.add(
            Consent(
                need_id=number,
                iso3="NGA",
                asked_by="dora",
                asked_on=TODAY.isoformat(),
                due_on=TODAY.isoformat(),
            )
        )
    document = document_of(visited, asked(visited.planned))
    said = sentences(section(document, Section.VISIT))
    assert said[0] == "A visit to come: Visit ahead. It is led by CTED. Date: date not known."
    assert "When and where it takes place is not recorded." in said
    assert "On what it looks at, unmet needs on record: 2; activities on record: 3." in said
    code = f"V-{visited.planned}"
    assert entry(document, f"visit {code} needs consent=awaited") == ("1", ("N-1",))
    assert entry(document, f"visit {code} needs check=awaited") == ("1", ("N-3",))
    public = document_of(visited, asked(visited.planned, Audience.PUBLIC))
    assert not [one for one in public.ledger if "awaited" in one.asked]
    state = document_of(visited, asked(visited.planned, Audience.STATE, NGA))
    assert [one.records for one in state.ledger if "awaited" in one.asked] == [("N-1",), ("N-3",)]


def test_the_visits_countries_are_the_scope_and_can_be_narrowed_to_one(visited: Visited) -> None:
    both = document_of(visited, asked(visited.planned))
    assert ("Countries", "Burkina Faso, Nigeria") in both.cover
    one = document_of(visited, asked(visited.planned, scope=BFA))
    assert ("Countries", "Burkina Faso") in one.cover
    with pytest.raises(Refused) as refused:
        document_of(visited, asked(visited.public, scope=BFA))
    assert [fault.in_english() for fault in refused.value.faults] == [
        "country · The visit does not go to BFA."
    ]


def test_a_state_reads_of_a_visit_to_several_only_of_its_own(visited: Visited) -> None:
    with pytest.raises(Refused) as refused:
        document_of(visited, asked(visited.planned, Audience.STATE))
    assert "of one country" in refused.value.faults[0].in_english()
    assert document_of(visited, asked(visited.planned, Audience.STATE, NGA)).cover[1] == (
        "Countries",
        "Nigeria",
    )
    own = build(visited.engine, CORA, asked(visited.planned, Audience.STATE), TODAY)
    assert own.cover[1] == ("Countries", "Nigeria"), "its own country without asking"


def refusal(visited: Visited, author: Viewer, what: Briefing) -> list[str]:
    with pytest.raises(Refused) as refused:
        issued.issue(visited.engine, author, what, Format.PDF, TODAY)
    return [fault.in_english() for fault in refused.value.faults]


@pytest.mark.parametrize("audience", [Audience.STATE, Audience.DONOR, Audience.PUBLIC])
def test_a_visit_that_the_audience_may_not_see_is_told_as_one_that_does_not_exist(
    visited: Visited, audience: Audience
) -> None:
    for number in (visited.un, visited.restricted, 999_999):
        told = refusal(visited, SYSTEM, asked(number, audience))
        assert told == [no_visit(number).in_english()]
    with db.reading(visited.engine) as session:
        assert briefings.listed(session, SYSTEM) == ()


def test_a_visit_that_the_author_may_not_see_is_told_as_one_that_does_not_exist(
    visited: Visited,
) -> None:
    for number in (visited.restricted, 999_999):
        told = refusal(visited, VERA, asked(number, scope=BFA))
        assert told == [no_visit(number).in_english()]
    for number in (visited.un, visited.restricted, 999_999):
        assert refusal(visited, DAN, asked(number, Audience.PUBLIC)) == [
            no_visit(number).in_english()
        ]
    assert refusal(visited, DORA, asked(visited.restricted)) == [
        no_visit(visited.restricted).in_english()
    ], "the Executive Office is told nothing restricted, not even by its desk"
    entity = replace(asked(visited.restricted, Audience.ENTITY), entity="UNODC")
    assert "Border visit" in document_of(visited, entity).title


def test_a_visit_is_kept_with_its_number_and_opened_again(visited: Visited) -> None:
    taken = issued.issue(visited.engine, DORA, asked(visited.un), Format.PDF, TODAY)
    with db.reading(visited.engine) as session:
        (kept,) = briefings.listed(session, DORA)
        assert briefings.listed(session, VERA) == ()
    assert (kept.asked.visit, kept.asked.scope) == (visited.un, NGA)
    with db.transaction(visited.engine) as session:
        before = assessments.draft_of(session, SYSTEM, visited.un)
        assert before is not None
        moved = replace(before, countries=("BFA",), title="Moved visit")
        amend_assessment(session, SYSTEM, visited.un, moved, None, KNOWN)
    again = issued.reopen(visited.engine, DORA, taken.number)
    assert again.is_same
    assert again.content == taken.content


def test_a_visit_that_was_restricted_since_is_not_opened_again(visited: Visited) -> None:
    taken = issued.issue(visited.engine, DORA, asked(visited.un), Format.PDF, TODAY)
    with db.transaction(visited.engine) as session:
        level = update(Assessment).where(col(Assessment.id) == visited.un)
        session.execute(level.values(visibility=Visibility.RESTRICTED.value))
    with pytest.raises(Refused) as refused:
        issued.reopen(visited.engine, DORA, taken.number)
    assert refused.value.faults == (no_visit(visited.un),)
    with db.reading(visited.engine) as session:
        assert briefings.issued(session, SYSTEM, taken.number) is None


def test_a_visit_that_was_not_on_record_yet_is_none_of_that_day(visited: Visited) -> None:
    happened(visited.engine, datetime(2025, 1, 1, tzinfo=UTC))
    early = replace(asked(visited.public), as_of=date(2024, 6, 30))
    assert refusal(visited, DORA, early) == [no_visit(visited.public).in_english()]
    assert LONG_AGO.date() < early.as_of
    later = replace(asked(visited.public), as_of=date(2025, 1, 31), since=date(2024, 6, 30))
    assert section(document_of(visited, later), Section.CHANGES), "compared with before it"


def test_the_visit_has_its_view_after_what_changed(visited: Visited) -> None:
    happened(visited.engine, datetime(2025, 1, 1, tzinfo=UTC))
    what = replace(asked(visited.public), since=date(2025, 1, 31))
    shown = views(document_of(visited, what))
    assert [view.kind for view in shown][:4] == [
        Kind.ANSWER,
        Kind.CHANGES,
        Kind.VISIT,
        Kind.MAPPING,
    ]
    assert sentences(list(shown[2].blocks))[0].startswith("A visit made: Border visit.")
