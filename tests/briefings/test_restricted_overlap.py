"""Restricted overlap: inside the United Nations a count and whom to ask; outside nothing at all."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from ctai import db
from ctai.briefings import issued
from ctai.briefings.build import build
from ctai.briefings.document import Section
from ctai.briefings.views import Kind, views
from ctai.domain.activities import ActivityDraft, OrganisationRole, Participation
from ctai.domain.briefing import Audience, Briefing, Format
from ctai.domain.roles import SYSTEM, Visibility
from ctai.domain.scope import Scope
from ctai.i18n import LANGUAGES, names
from ctai.models.activities import ActivityText
from ctai.services.store_activity import amend, enter
from ctai.services.store_evidence import enter_need
from tests.briefings.conftest import happened
from tests.briefings.wording import section, sentences
from tests.drafts import KNOWN, activity, money, need

TODAY = datetime.now(UTC).date()
NGA = Scope(country=("NGA",))
OFFICE = Briefing(Audience.EXECUTIVE, "en", TODAY, NGA)
CTED = replace(OFFICE, audience=Audience.ENTITY, entity="CTED")
OUTSIDE = [
    replace(OFFICE, audience=audience, entity=entity)
    for audience, entity in (
        (Audience.STATE, None),
        (Audience.DONOR, None),
        (Audience.DONOR, "Denmark"),
        (Audience.PUBLIC, None),
    )
]
ONE = "Nigeria: One restricted activity, ask UNODC."
QUIET = replace(
    activity("Xochimilco", measures=("II.13",), visibility=Visibility.RESTRICTED),
    budget=(money(987_654_321),),
    actual_start="1999-09-09",
    place="Vladikavkaz",
)


def told(engine: Engine, what: Briefing) -> list[str]:
    """Give the sentences of the mapping that tell of restricted activities."""
    document = build(engine, SYSTEM, what, TODAY)
    return [one for one in sentences(section(document, Section.MAPPING)) if "restricted" in one]


def write(engine: Engine, *drafts: ActivityDraft) -> list[int]:
    with db.transaction(engine) as session:
        return [enter(session, SYSTEM, draft, KNOWN).activity_id for draft in drafts]


def test_the_office_and_another_entity_are_told_a_count_and_whom_to_ask(store: Engine) -> None:
    assert told(store, OFFICE) == told(store, CTED) == [ONE]
    write(store, QUIET)
    assert told(store, OFFICE) == ["Nigeria: 2 restricted activities, ask UNODC."]
    own = replace(CTED, entity="UNODC")
    assert told(store, own) == [], "what one sees is not told as hidden"


@pytest.mark.parametrize("what", OUTSIDE, ids=str)
def test_a_state_a_donor_and_the_public_do_not_learn_that_there_is_anything(
    store: Engine, what: Briefing
) -> None:
    before = build(store, SYSTEM, what, TODAY)
    outsider = Participation("Denmark", OrganisationRole.IMPLEMENTING)
    write(store, QUIET, replace(QUIET, participants=(outsider,)))
    after = build(store, SYSTEM, what, TODAY)
    assert after == before, "the document is the same to the last figure"
    assert told(store, what) == []


@pytest.mark.parametrize("what", [OFFICE, CTED], ids=str)
def test_nothing_else_of_a_restricted_activity_is_in_what_is_told(
    store: Engine, what: Briefing
) -> None:
    (number,) = write(store, QUIET)
    document = build(store, SYSTEM, what, TODAY)
    content = document.canonical.decode()
    for secret in ("Xochimilco", "Vladikavkaz", "987", "1999", f"A-{number}"):
        assert secret not in content
    (entry,) = [one for one in document.ledger if "restricted" in one.asked]
    assert entry.asked == "activities restricted country=NGA entity=UNODC"
    assert entry.records == ("restricted",)
    beside = replace(QUIET, measures=activity(measures=("I.1",)).measures)
    with db.transaction(store) as session:
        amend(session, SYSTEM, number, beside, known=KNOWN)
    assert told(store, what) == [ONE], "beside nothing that is seen it is not told of"


def test_an_unmet_need_is_reason_enough_to_be_told(store: Engine) -> None:
    with db.transaction(store) as session:
        quiet = activity("Quiet", ("BFA",), ("IOM",), ("IV.2",), visibility=Visibility.RESTRICTED)
        enter(session, SYSTEM, quiet, KNOWN)
    bfa = replace(OFFICE, scope=Scope(country=("BFA",)))
    assert told(store, bfa) == []
    with db.transaction(store) as session:
        enter_need(session, SYSTEM, need("N-9", ("BFA",), "IV.2"), KNOWN)
    assert told(store, bfa) == ["Burkina Faso: One restricted activity, ask IOM."]


def test_only_a_member_of_the_task_force_is_named_and_else_the_desk(store: Engine) -> None:
    outsider = (Participation("Denmark", OrganisationRole.IMPLEMENTING),)
    funded = (
        *outsider,
        Participation("IOM", OrganisationRole.FUNDING),
        Participation("CTED", OrganisationRole.IMPLEMENTING),
    )
    write(store, replace(QUIET, participants=outsider), replace(QUIET, participants=funded))
    assert told(store, OFFICE) == [
        "Nigeria: One restricted activity, ask CTED.",
        ONE,
        "Nigeria: One restricted activity, ask the country's desk officer.",
    ]
    assert "Denmark" not in build(store, SYSTEM, OFFICE, TODAY).canonical.decode()


def test_a_pillar_of_a_country_tells_just_what_the_country_tells(store: Engine) -> None:
    pillars = [replace(OFFICE, scope=replace(NGA, pillar=(one,))) for one in ("I", "II", "IV")]
    assert {tuple(told(store, one)) for one in pillars} == {(ONE,)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_sentence_stands_on_the_view_in_every_language(store: Engine, lang: str) -> None:
    document = build(store, SYSTEM, replace(OFFICE, lang=lang), TODAY)
    (shown,) = [view for view in views(document) if view.kind is Kind.MAPPING]
    (sentence,) = [one for one in sentences(list(shown.blocks)) if "UNODC" in one]
    assert sentence in sentences(section(document, Section.MAPPING))
    assert names.country_name(lang, "NGA") in sentence


def restrict(engine: Engine) -> None:
    """Restrict an activity that was public."""
    hidden = activity("Radio course", visibility=Visibility.RESTRICTED)
    with db.transaction(engine) as session:
        one = select(col(ActivityText.activity_id)).where(col(ActivityText.title) == "Radio course")
        amend(session, SYSTEM, session.scalars(one).one(), hidden, known=KNOWN)


@pytest.mark.parametrize("what", [OFFICE, *OUTSIDE], ids=str)
def test_opened_again_it_tells_no_more_than_it_may(store: Engine, what: Briefing) -> None:
    happened(store, datetime(2024, 3, 1, tzinfo=UTC))
    then = replace(what, as_of=date(2024, 6, 30))
    taken = issued.issue(store, SYSTEM, then, Format.PDF, TODAY)
    write(store, QUIET)
    same = issued.reopen(store, SYSTEM, taken.number)
    assert same.is_same
    restrict(store)
    again = issued.reopen(store, SYSTEM, taken.number)
    content = again.document.canonical.decode()
    assert "Radio course" not in content
    assert "Xochimilco" not in content
    inside = what.audience is Audience.EXECUTIVE
    found = [one for one in again.document.ledger if "restricted" in one.asked]
    assert [one.worded for one in found] == (["2 restricted activities"] if inside else [])
