"""Files of action plans: what their reader sees, and for donors nothing that may not be shared."""

import csv
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session

from ctai import db, files
from ctai.domain.faults import Refused
from ctai.domain.money import BudgetKind
from ctai.domain.needs import Severity
from ctai.domain.roles import Role, Visibility
from ctai.files import plans as plan_files
from ctai.i18n import LANGUAGES, translate
from ctai.i18n.names import measure_title, pillar_name
from ctai.services import save_plan
from tests.drafts import PEOPLE
from tests.plans_drafts import (
    Land,
    agree,
    draft_of,
    estimate,
    flow,
    item,
    land,
    request,
    version_of,
)


@pytest.fixture
def here(engine: Engine) -> Land:
    """Nigeria with its needs, A the less grave of the public two."""
    found = land(engine)
    with db.transaction(engine) as session:
        estimate(session, found.needs["A"], "5", severity=Severity.LOW)
        estimate(session, found.needs["B"], "5", severity=Severity.HIGH)
    return found


def agreed(here: Land, level: Visibility = Visibility.PUBLIC) -> int:
    """Agree on a plan with an item for each need; that of R has words which nobody else has."""
    plan_id = here.plan()
    actions = {"A": "=1+1", "B": "Courses", "U": "Yarraville", "R": "Zumbrota"}
    inside = tuple(item(here.needs[letter], action) for letter, action in actions.items())
    with db.transaction(here.engine) as session:
        draft = replace(draft_of(session, plan_id), items=inside)
        seen = version_of(session, plan_id)
        save_plan.save(session, PEOPLE[Role.DESK_OFFICER], plan_id, draft, seen)
        agree(session, plan_id, visibility=level)
        number = request(session, "F-1", (here.needs["A"], here.needs["U"]))
        flow(session, number, "400.00")
        flow(session, number, "900.00", BudgetKind.PLEDGE)
    return plan_id


def table(session: Session, what: str, role: Role, plan_id: int | str) -> list[dict[str, str]]:
    asked = {"plan": str(plan_id)}
    content = b"".join(files.csv_of(what, session, PEOPLE[role], asked, "en"))
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


SEEN = {
    Role.VIEWER: ["N-A", "N-B", "N-U"],
    Role.DESK_OFFICER: ["N-A", "N-B", "N-U", "N-R"],
    Role.FOCAL_POINT: ["N-A", "N-B", "N-U"],
    Role.COUNTERPART: ["N-A", "N-B"],
    Role.DONOR: ["N-A", "N-B"],
    Role.ADMINISTRATOR: ["N-A", "N-B", "N-U", "N-R"],
}


@pytest.mark.parametrize("role", Role)
def test_a_plans_file_holds_what_its_reader_sees(here: Land, role: Role) -> None:
    plan_id = agreed(here)
    with db.reading(here.engine) as session:
        rows = table(session, "plan", role, plan_id)
    assert [row["need"] for row in rows] == SEEN[role]
    assert rows[0]["action"] == "'=1+1"
    assert rows[0]["cost_usd"] == "1000.00"
    assert rows[0]["milestones"] == "2025-03 First course"
    assert (rows[0]["state"], rows[0]["state_name"]) == ("planned", "Not begun")
    assert rows[0]["measure_title"] == measure_title("en", rows[0]["measure"])
    assert rows[0]["pillar_name"] == pillar_name("en", rows[0]["pillar"])


@pytest.mark.parametrize("role", Role)
def test_the_list_for_donors_is_the_same_whoever_downloads_it(here: Land, role: Role) -> None:
    plan_id = agreed(here)
    with db.reading(here.engine) as session:
        rows = table(session, "plan_for_donors", role, plan_id)
        told = {"plan": str(plan_id)}
        book = files.xlsx_of("plan_for_donors", session, PEOPLE[role], told, "en")
    assert [row["need"] for row in rows] == ["N-B", "N-A"]  # the gravest first
    assert {"Yarraville", "Zumbrota"} & {word for row in rows for word in row.values()} == set()
    # Half of the 400 committed is for the need that is left out; a pledge is not counted.
    money = [(row["funded_usd"], row["asked_usd"], row["unfunded_usd"]) for row in rows]
    assert money == [("0", "0", "1000.00"), ("200.00", "100.00", "700.00")]
    cells = {
        str(cell.value) for page in load_workbook(io.BytesIO(book)) for row in page for cell in row
    }
    assert {"Yarraville", "Zumbrota"} & cells == set()
    assert "Items that may not be shared are left out." in cells


@pytest.mark.parametrize("level", [Visibility.UN_SYSTEM, Visibility.RESTRICTED])
@pytest.mark.parametrize("what", ["plan_for_donors"])
def test_a_plan_that_is_not_public_is_not_handed_out(
    here: Land, level: Visibility, what: str
) -> None:
    plan_id = agreed(here, level)
    with db.reading(here.engine) as session:
        for role in Role:
            with pytest.raises(Refused):
                table(session, what, role, plan_id)


@pytest.mark.parametrize("plan", ["", "0", "99", "1;2", "٣", "9" * 30])
def test_a_plan_that_is_not_there_is_refused(here: Land, plan: str) -> None:
    agreed(here, Visibility.RESTRICTED)
    for what in ("plan", "plan_money", "plan_for_donors"):
        with db.reading(here.engine) as session, pytest.raises(Refused) as refused:
            table(session, what, Role.ADMINISTRATOR, plan)
        assert [fault.message for fault in refused.value.faults] == [plan_files.NO_PLAN]


def test_money_by_donor_and_year_adds_up_to_the_plans_cost(here: Land) -> None:
    plan_id = agreed(here)
    with db.reading(here.engine) as session:
        rows = table(session, "plan_money", Role.DESK_OFFICER, plan_id)
    assert sum(float(row["amount_usd"]) for row in rows) == 4000
    by_share = {
        share: sum(float(row["amount_usd"]) for row in rows if row["share_name"] == share)
        for share in ("Funded", "Asked for", "No money yet")
    }
    assert by_share == {"Funded": 400, "Asked for": 200, "No money yet": 3400}
    assert {row["donor"] for row in rows if row["share"] == "funded"} == {"Denmark"}
    assert {row["year"] for row in rows} == {"2025", "2026"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_says_what_it_is_in_each_language(here: Land, lang: str) -> None:
    plan_id = agreed(here)
    with db.reading(here.engine) as session:
        reader = PEOPLE[Role.DESK_OFFICER]
        book = files.xlsx_of("plan", session, reader, {"plan": str(plan_id)}, lang)
    pages = load_workbook(io.BytesIO(book)).worksheets
    assert len(pages) == 3
    items, money, about = pages
    assert items.max_row == 5
    heads = [cell.value for cell in items[1]]
    assert heads[1:3] == [translate(lang, "{heading} (code)", heading=heads[2]), heads[2]]
    action = items.cell(2, heads.index(translate(lang, "Action")) + 1)
    assert (action.value, action.data_type) == ("=1+1", "s")
    assert money.max_row > 5
    facts = [row[1].value for row in about.iter_rows(max_col=2)]
    assert {"Plan of Nigeria", 1, 4} <= set(facts)
