"""Pipeline and what-if on the screen: each role sees its requests, what is typed is checked."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from ctai import db
from ctai.domain.funding import FundingState
from ctai.domain.money import BudgetKind
from ctai.domain.picking import NotProven
from ctai.domain.roles import Role, Visibility
from ctai.models.needs import Need
from tests.app.conftest import opened
from tests.app.screen import READ, element, everything, sent, table
from tests.pipeline_drafts import flow, store_request

DRAFT, ASKED, YES = FundingState.DRAFT, FundingState.SUBMITTED, FundingState.ENDORSED
PUBLIC, UN, RESTRICTED = Visibility.PUBLIC, Visibility.UN_SYSTEM, Visibility.RESTRICTED

TITLES = {
    "Kumquat": {Role.VIEWER, Role.DESK_OFFICER, Role.FOCAL_POINT, Role.COUNTERPART, Role.DONOR},
    "Lychee": {Role.VIEWER, Role.DESK_OFFICER, Role.FOCAL_POINT, Role.DONOR},
    "Medlar": {Role.VIEWER, Role.DESK_OFFICER, Role.FOCAL_POINT},
    "Nectarine": {Role.FOCAL_POINT, Role.DESK_OFFICER},
    "Olive": {Role.FOCAL_POINT, Role.DESK_OFFICER},
    "Persimmon": {Role.VIEWER, Role.DESK_OFFICER, Role.FOCAL_POINT},
}
"""Words in the titles of requests, and who sees them beside the administrator, by hand."""


def _needs(session: db.Session, iso3: str) -> list[int]:
    """Give three open, public needs of a country, by number."""
    found = session.exec(
        select(Need.id)
        .where(Need.code.startswith(f"N-{iso3}-"), Need.state == "open")
        .where(Need.visibility == "public")
        .order_by(Need.code)
    ).all()
    return [number for number in found if number is not None][:3]


@pytest.fixture(scope="module")
def stocked(shelf: str) -> str:
    """The embedded records with six funding requests."""
    since = datetime.now(UTC) - timedelta(days=40)
    came = [(None, YES, since)]
    with db.transaction(db.shared_engine(shelf)) as session:
        nigeria, burkina = _needs(session, "NGA"), _needs(session, "BFA")
        store_request(
            session,
            "F-1",
            nigeria[:2],
            title="Kumquat border posts",
            total=400_000,
            flows=[
                flow(BudgetKind.COMMITMENT, 100_000, "EU"),
                flow(BudgetKind.PLEDGE, 50_000, "EU"),
            ],
            came=came,
        )
        store_request(
            session,
            "F-2",
            burkina[:1],
            ("BFA",),
            title="Lychee courts",
            entity="IOM",
            total=900_000,
            came=came,
        )
        store_request(session, "F-3", nigeria[:1], title="Medlar police", visibility=UN, total=1)
        store_request(
            session, "F-4", nigeria[2:], title="Nectarine", visibility=RESTRICTED, total=500_000
        )
        store_request(session, "F-5", nigeria[:1], title="Olive", state=DRAFT, total=7)
        store_request(
            session,
            "F-6",
            burkina[1:2],
            ("BFA",),
            title="Persimmon",
            entity="IOM",
            state=ASKED,
            currency="EUR",
            total=100_000,
        )
    return shelf


pytestmark = pytest.mark.usefixtures("stocked")


@pytest.mark.parametrize("lang", READ)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("stem", ["pipeline", "what_if"])
def test_both_pages_open_for_every_role_in_every_language(stem: str, role: Role, lang: str) -> None:
    at = opened(role, stem, lang=lang)
    assert not at.exception
    assert not at.error
    assert at.title
    assert not at.warning


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_its_requests_and_no_other(role: Role) -> None:
    shown = everything(opened(role, "pipeline"))
    seen = {word for word in TITLES if word in shown}
    assert seen == {w for w, roles in TITLES.items() if role in roles or role is Role.ADMINISTRATOR}
    what_if = everything(opened(role, "what_if", amount="999999999"))
    assert {word for word in TITLES if word in what_if} == seen - {"Olive", "Persimmon"}


def answer(role: Role, stem: str, **query: str) -> str:
    at = opened(role, stem, **query)
    told = next(each.value for each in at.markdown if "As of" in each.value)
    return told.replace("\\", "").replace("\u00a0", " ").partition(" :gray")[0]


def test_the_answer_sums_what_is_open_and_nothing_twice() -> None:
    assert answer(Role.DONOR, "pipeline") == (
        "2 open requests ask US$ 1.3M, of which US$ 100K is secured; US$ 50K is pledged."
    )
    assert answer(Role.DONOR, "pipeline", entity="IOM").startswith("1 open request asks US$ 900K")
    assert answer(Role.DONOR, "pipeline", donor="EU").startswith("1 open request asks US$ 400K")
    assert answer(Role.DONOR, "pipeline", country="MDG") == "No funding request fits the filter."
    assert answer(Role.ADMINISTRATOR, "pipeline", funding_state="draft").startswith(
        "No request is open"
    )


def test_a_request_without_a_rate_is_named_and_not_summed() -> None:
    at = opened(Role.VIEWER, "pipeline")
    notes = " ".join(each.value for each in at.caption)
    assert "1 request has no amount known in US dollars" in notes
    assert "F\\-6" in notes
    assert "no amount known" not in everything(opened(Role.DONOR, "pipeline"))


def test_the_table_stands_in_place_of_the_board() -> None:
    board = opened(Role.DONOR, "pipeline")
    assert table(board, "Funding requests with their money").empty
    rows = table(opened(Role.DONOR, "pipeline", view="table"), "Funding requests with their money")
    assert rows["request"].tolist() == ["Kumquat border posts", "Lychee courts"]
    assert rows["secured"].str.replace("\u00a0", " ").tolist() == ["US$ 100K", "US$ 0"]
    assert set(rows["wait"]) == {"1 month"}


@pytest.mark.parametrize("face", ["country", "pillar", "entity", "state"])
def test_sums_by_anything_add_up(face: str) -> None:
    rows = table(opened(Role.DONOR, "pipeline", money_by=face), "The sums as a table")
    asked = rows["asked"].str.replace(r"[^0-9]", "", regex=True).astype(int)
    assert asked.sum() == 1_300_000


def test_a_picked_row_becomes_the_filter() -> None:
    at = opened(Role.DONOR, "pipeline", money_by="entity")
    chart = element(at, "vega_lite_chart", "funding_bars")
    sent(at, chart, {"selection": {"bar": [{"row": "IOM"}]}})
    assert at.query_params["entity"] == ["IOM"] or at.query_params["entity"] == "IOM"
    assert "Lychee" in everything(at)
    assert "Kumquat" not in everything(at)
    forged = opened(Role.DONOR, "pipeline", money_by="entity")
    chart = element(forged, "vega_lite_chart", "funding_bars")
    sent(forged, chart, {"selection": {"bar": [{"row": "nonsense"}]}})
    assert "entity" not in forged.query_params
    assert not forged.exception


def test_a_million_is_asked_about_until_somebody_names_an_amount() -> None:
    assert answer(Role.DONOR, "what_if") == (
        "US$ 1,000,000 pays for 1 endorsed request and leaves US$ 700,000. "
        "That closes 2 unmet needs."
    )


def test_an_earmark_leaves_out_with_its_reason() -> None:
    at = opened(Role.DONOR, "what_if", country="BFA", amount="900000")
    assert [link.label for link in at.main.page_link] == ["F\\-2"]
    assert [m.value for m in at.markdown if "Lychee" in m.value] == ["Lychee courts"]
    (left,) = [m.value for m in at.markdown if "Kumquat" in m.value]
    assert "for a country outside the earmark" in left
    short = opened(Role.DONOR, "what_if", country="BFA", amount="899999.99")
    told = next(m.value for m in short.markdown if "Lychee" in m.value)
    assert "more would be needed" in told


def test_another_currency_without_a_rate_is_refused_with_every_reason() -> None:
    at = opened(Role.DONOR, "what_if", amount="much", currency="EUR", by="soon")
    (error,) = at.error
    assert error.value.count("\n- ") == 4
    assert at.text_input(key="choice_amount_en").value == "much"
    assert not at.exception
    mended = answer(
        Role.DONOR, "what_if", amount="500 000", currency="EUR", rate="1.1", rate_date="2026-11"
    )
    assert mended.startswith("€500,000 (about US$ 550,000 at the rate of November 2026) pays for 1")


def test_the_file_is_asked_for_what_is_on_the_screen() -> None:
    at = opened(Role.DONOR, "what_if", amount="5000000", country="NGA", by="2027")
    (link,) = [node.proto.url for node in at._tree if node.type == "link_button"]
    assert "what_if.csv" in link
    for part in ("amount=5000000", "currency=USD", "country=NGA", "by=2027"):
        assert part in link


def test_what_cannot_be_proven_in_time_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_given: object) -> None:
        raise NotProven

    monkeypatch.setattr("ctai.domain.what_if.best", never)
    at = opened(Role.DONOR, "what_if", amount="1234567")
    assert not at.exception
    (warning,) = at.warning
    assert "could not be proven in time" in warning.value
    assert "Kumquat" not in everything(at)
