"""Assessments on the screen: what was found, what may be read of it, and the needs it raises."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from ctai import db
from ctai.domain.assessments import AssessmentDraft, FollowUp
from ctai.domain.evidence import Disclosure, Finding
from ctai.domain.roles import SYSTEM, Role, Visibility
from ctai.i18n import translate
from ctai.models.needs import Need
from ctai.queries import assessments, codes
from ctai.services.store_assessment import enter_assessment
from tests.app.conftest import opened, turned
from tests.app.screen import READ, everything, reasons, row_picked, sent, table
from tests.requests_drafts import INSIDE_TEXT, OPEN_TEXT, visit

TITLE = "Visit to the sailmakers of Lake Chad"
GRIDS: dict[str, list[dict[str, str]]] = {
    "Dated parts": [{"start": "2025-02", "end": "2025-03", "place": "Baga"}],
    "Measures looked at": [{"measure": "II.14", "finding": "no_need"}],
    "Findings": [
        {"measure": "II.13", "text": "No needles", "severity": "high", "disclosed": "yes"},
        {"measure": "III.5", "disclosed": "withheld"},
    ],
    "Follow-up": [{"what": "A report", "due": "2025-06"}],
}


@pytest.fixture
def number(records: str) -> int:
    """An assessment of Nigeria by CTED that UNODC joined, with findings of three kinds."""
    due = FollowUp("Stocktaking", "2023"), FollowUp("Thanks", None, "2022-07")
    with db.transaction(db.shared_engine(records)) as session:
        draft = replace(visit(), follow_ups=due)
        return enter_assessment(session, SYSTEM, draft, codes.known(session))


def field(at: AppTest, name: str, form: str = "assessment:new") -> Any:
    """Give a field of a form."""
    return at.main.get_by_key(f"{form}:{name}")


def rows_added(at: AppTest, alt: str, rows: list[dict[str, str]]) -> AppTest:
    """Add rows to a grid, as a browser would."""
    grid = next(one for one in at.data_editor if one.proto.alt == alt)
    return sent(at, grid, {"edited_rows": {}, "added_rows": rows, "deleted_rows": []})


def filled_in(at: AppTest) -> AppTest:
    """Fill in the form of a new assessment with all its grids."""
    values = {"title": TITLE, "countries": ["NGA"], "lead": "CTED", "joining": ["UNODC", "IOM"]}
    for name, value in values.items():
        field(at, name).set_value(value)
    at.run()
    for alt, rows in GRIDS.items():
        at = rows_added(at, alt, rows)
    return at


def saved(at: AppTest, form: str = "assessment:new") -> AppTest:
    return at.button(key=f"save {form}").click().run()


def stored(url: str, number: int) -> AssessmentDraft:
    with db.reading(db.shared_engine(url)) as session:
        found = assessments.draft_of(session, SYSTEM, number)
    assert found is not None
    return found


def test_an_assessment_is_recorded_with_all_its_parts(records: str) -> None:
    at = saved(filled_in(opened(Role.DESK_OFFICER, "assessment")))
    assert not at.error
    found = stored(records, int(at.query_params["assessment"]))
    assert (found.title, found.lead, found.joining) == (TITLE, "CTED", ("IOM", "UNODC"))
    assert [(p.start, p.end, p.place) for p in found.parts] == [("2025-02", "2025-03", "Baga")]
    assert {link.measure: link.finding for link in found.measures} == {
        "II.13": Finding.NEED,
        "II.14": Finding.NO_NEED,
        "III.5": Finding.NEED,
    }
    assert [(d.measure, d.text, d.disclosed) for d in found.discoveries] == [
        ("II.13", "No needles", Disclosure.YES),
        ("III.5", "", Disclosure.WITHHELD),
    ]
    assert found.follow_ups == (FollowUp("A report", "2025-06"),)
    assert at.title[0].value == TITLE


def test_a_half_typed_assessment_survives_a_new_visit(records: str) -> None:
    at = filled_in(opened(Role.DESK_OFFICER, "assessment"))
    turned(at, "country")
    again = turned(opened(Role.DESK_OFFICER, "assessment"), "assessment")
    assert field(again, "title").value == TITLE
    assert field(again, "joining").value == ["UNODC", "IOM"]
    again = saved(again)
    assert not again.error
    found = stored(records, int(again.query_params["assessment"]))
    assert [d.text for d in found.discoveries] == ["No needles", ""]
    assert [p.place for p in found.parts] == ["Baga"]


def test_withheld_text_is_refused_with_advice_and_stays_typed(records: str) -> None:
    del records
    at = filled_in(opened(Role.DESK_OFFICER, "assessment"))
    told = [{"measure": "II.13", "text": "Secret", "disclosed": "withheld"}]
    at = rows_added(at, "Findings", told)
    at = saved(rows_added(at, "Follow-up", [{"what": "Early", "due": "1999"}]))
    assert len(reasons(at)) == 2
    assert any("what is withheld is not kept here" in one for one in reasons(at))
    assert any("before the assessment began" in one for one in reasons(at))
    assert field(at, "title").value == TITLE


@pytest.mark.parametrize("lang", READ)
@pytest.mark.parametrize("role", Role)
def test_each_role_reads_what_it_may_and_only_some_change_it(
    number: int, role: Role, lang: str
) -> None:
    at = opened(role, "assessment", assessment=str(number), lang=lang)
    assert not at.exception
    inside = role not in (Role.DONOR, Role.COUNTERPART)
    shown = everything(at)
    assert OPEN_TEXT in shown
    assert (INSIDE_TEXT in shown) is inside
    may = role in (Role.DESK_OFFICER, Role.FOCAL_POINT, Role.ADMINISTRATOR)
    labels = [one.label for one in at.main.button]
    assert labels.count(translate(lang, "Make it a need")) == (3 if may else 0)
    at = opened(role, "assessment", assessment=str(number), amend="1", lang=lang)
    assert bool(at.main.text_input) is may
    assert may or INSIDE_TEXT not in everything(at)


def test_what_is_overdue_says_so(number: int) -> None:
    at = opened(Role.VIEWER, "assessment", assessment=str(number))
    told = "\n".join(one.value for one in at.markdown)
    assert "Stocktaking: overdue since 2023" in told
    assert "Thanks: done, July 2022" in told


def test_a_withheld_finding_becomes_a_restricted_need(number: int, records: str) -> None:
    found = stored(records, number).discoveries[2]
    name = f"assessment-{number}-{found.finding_id}"
    at = opened(Role.DESK_OFFICER, "assessment", assessment=str(number))
    at = at.button(key=f"raise {name}").click().run()
    form = f"need:{name}"
    assert field(at, "visibility", form).options == ["Restricted"]
    at = at.button(key=f"store {form}").click().run()
    assert reasons(at) == ["The need has no title. Say in one line what is needed."]
    field(at, "title", form).set_value("Sails")
    at = at.button(key=f"store {form}").click().run()
    assert not at.error
    with db.reading(db.shared_engine(records)) as session:
        need = session.exec(select(Need).where(col(Need.finding_id) == found.finding_id)).one()
    assert (need.visibility, need.evidence_body) == (Visibility.RESTRICTED.value, "CTED")
    assert need.code in everything(at)
    reader = opened(Role.VIEWER, "assessment", assessment=str(number))
    assert "Sails" not in everything(reader)


def test_an_amended_assessment_keeps_its_findings_numbers(number: int, records: str) -> None:
    before = stored(records, number)
    at = opened(Role.DESK_OFFICER, "assessment", assessment=str(number), amend="1")
    form = f"assessment:{number}"
    field(at, "findings", form).set_value("All in all well")
    at = saved(at.run(), form)
    assert not at.error
    assert stored(records, number) == replace(before, findings="All in all well")


def test_a_country_leads_to_its_assessments(number: int, records: str) -> None:
    with db.transaction(db.shared_engine(records)) as session:
        draft = replace(visit(), title=TITLE)
        number = enter_assessment(session, SYSTEM, draft, codes.known(session))
    at = opened(Role.VIEWER, "country", country="NGA")
    titles = list(table(at, "Assessments")["title"])
    frame = next(one for one in at.dataframe if one.proto.alt == "Assessments")
    at = row_picked(at, frame, titles.index(TITLE))
    links = [one.proto.query_string for one in at.page_link if one.proto.page == "assessment"]
    assert any(f"assessment={number}" in link for link in links)
