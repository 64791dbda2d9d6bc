"""What only a browser can do: click a map, a cell, a row; type a record; save a file."""

import csv
import io
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, WebSocket, expect

from ctai.domain.roles import Role
from ctai.i18n import translate
from ctai.i18n.names import country_name
from tests.browser.conftest import Person, Visitor, await_cookie, fill_in, opened, settled

MOST_AFTER_A_CHANGE = 300 * 1024
MOST_WITHOUT_A_CHANGE = 32 * 1024
RUN_ONCE_MORE = """
() => {
  const app = document.querySelector("[data-testid=stApp]");
  window.ranOnceMore = new Promise((done) => new MutationObserver((_, observer) => {
    if (app.dataset.testScriptState !== "notRunning") return;
    observer.disconnect();
    done();
  }).observe(app, { attributeFilter: ["data-test-script-state"] }));
}
"""
"""Promises the end of the next run, however soon it comes."""
BOM = b"\xef\xbb\xbf"


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def cell(page: Page, **fields: str) -> Locator:
    """Find the mark of a chart that stands for these fields, by what a screen reader says of it."""
    chart = page.get_by_test_id("stVegaLiteChart").locator("svg")
    wanted = "".join(f'[aria-label*="{name}: {code};"]' for name, code in fields.items())
    return chart.locator(f"path{wanted}").first


def grid(page: Page, alt: str) -> Locator:
    """Find a table's rows as a screen reader meets them; aria-rowcount counts the heading too."""
    table = main(page).locator(f'[aria-label="{alt}"]').first
    whole = table.locator("xpath=ancestor-or-self::*[@data-testid='stDataFrame']").first
    return whole.locator("[role=grid]").first


def query(page: Page) -> dict[str, str]:
    return {name: texts[0] for name, texts in parse_qs(urlsplit(page.url).query).items()}


def downloaded(page: Page, file: str) -> list[dict[str, str]]:
    """Follow the page's own link to a file, and read it as a spreadsheet would."""
    link = main(page).locator(f'a[href*="download/{file}.csv"]').first
    address = link.get_attribute("href")
    assert address is not None
    answer = page.context.request.get(f"/{address.removeprefix('./')}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="{file}.csv"' in answer.headers["content-disposition"]
    body = answer.body()
    assert body.startswith(BOM)
    return list(csv.DictReader(io.StringIO(body.removeprefix(BOM).decode("utf-8"), newline="")))


def test_a_click_on_nigeria_opens_its_profile_with_the_filters(visitor: Visitor) -> None:
    page = visitor(Role.VIEWER)
    opened(page, "/country_map?lang=fr&pillar=II")
    canvas = page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first
    name = country_name("fr", "NGA")
    at_the_country(page, canvas, name)
    page.mouse.down()
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"/country\?(?=.*country=NGA)(?=.*pillar=II)(?=.*lang=fr)"))
    expect(main(page).locator("h1")).to_have_text(name)


def at_the_country(page: Page, canvas: Locator, name: str) -> None:
    """Move the pointer over the map until it tells this country, from the middle outwards."""
    expect(canvas).to_be_visible()
    box = canvas.bounding_box()
    assert box is not None
    tooltip = page.locator(".deck-tooltip")
    for attempt in range(3):
        for across in range(-240, 241, 40):
            for down in range(-160, 161, 40):
                x, y = box["x"] + box["width"] / 2 + across, box["y"] + box["height"] / 2 + down
                page.mouse.move(x, y)
                page.evaluate("() => new Promise(requestAnimationFrame)")
                if name in (tooltip.text_content() or ""):
                    return
        assert attempt < 2, f"{name} is not on the map"


def test_the_map_sends_little_after_a_change_and_next_to_nothing_without(visitor: Visitor) -> None:
    page = visitor(Role.VIEWER)
    received: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    page.on("websocket", listen)
    opened(page, "/country_map")
    expect(page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first).to_be_visible()
    assert sum(received) > 100_000  # the shapes came, so frames are counted
    received.clear()
    page.get_by_role("radio", name="Gap score").click()
    expect(page).to_have_url(re.compile("indicator=score"))
    settled(page)
    expect(main(page).get_by_text(re.compile("■")).first).to_be_visible()
    assert 0 < sum(received) <= MOST_AFTER_A_CHANGE
    received.clear()
    page.evaluate(RUN_ONCE_MORE)
    page.keyboard.press("r")  # Streamlit's own key for another run
    page.evaluate("() => window.ranOnceMore")
    assert 0 < sum(received) <= MOST_WITHOUT_A_CHANGE


def test_a_cell_of_the_matrix_opens_its_evidence(visitor: Visitor) -> None:
    page = visitor(Role.VIEWER)
    opened(page, "/gap_matrix?level=pillar")
    cell(page, iso3="NGA", group="II").click()
    expect(main(page).get_by_role("heading", name=re.compile("^Nigeria: II"))).to_be_visible()
    told = main(page).get_by_text(re.compile(r"\d+ needs are recorded, \d+ of them"))
    expect(told).to_be_visible()
    expect(main(page).get_by_text(re.compile("To close it:"))).to_be_visible()
    count = int(told.inner_text().split()[0])
    rows = grid(page, "Needs with their evidence")
    expect(rows).to_have_attribute("aria-rowcount", str(count + 1))


def test_a_cell_of_the_heatmap_lists_as_many_records_as_stand_in_it(visitor: Visitor) -> None:
    page = visitor(Role.VIEWER)
    opened(page, "/pillar_heatmap?country=MDG")
    for pillar in ("II", "III"):
        mark = cell(page, row="MDG", pillar=pillar)
        told = mark.get_attribute("aria-label")
        assert told is not None
        mark.click()
        heading = main(page).get_by_role("heading", name=re.compile(f"^Madagascar: {pillar} "))
        expect(heading).to_be_visible()
        count = int(told.rsplit(": ", 1)[1])
        expect(grid(page, "List of activities")).to_have_attribute("aria-rowcount", str(count + 1))


def test_a_ticked_row_opens_the_record_with_its_history_and_closes_again(
    visitor: Visitor,
) -> None:
    page = visitor(Role.VIEWER)
    opened(page, "/activities?country=NGA")
    grid = main(page).get_by_test_id("stDataFrame").first
    box = grid.locator("canvas").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 14, box["y"] + 52)  # the tick box of the first row
    expect(page).to_have_url(re.compile(r"activity=\d+"))
    history = main(page).get_by_text("History: who changed what, when and why")
    history.click()
    expect(main(page).locator('[aria-label="History of the activity"]').first).to_be_visible()
    main(page).get_by_role("button", name="Close").last.click()
    expect(page).not_to_have_url(re.compile("activity="))
    expect(history).to_have_count(0)


def test_a_file_holds_the_rows_that_its_page_tells(visitor: Visitor) -> None:
    page = visitor(Role.VIEWER)
    opened(page, "/activities?country=NGA&status=ongoing")
    told = main(page).get_by_text(re.compile(r"activit(y|ies) fits? the filter")).inner_text()
    found = downloaded(page, "activities")
    assert len(found) == int(re.findall(r"\d+", told)[0])
    opened(page, "/gap_matrix?country=NGA&level=pillar")
    main(page).get_by_text("The matrix as a table").click()
    expect(main(page).locator('a[href*="download/gaps.csv"]').first).to_be_visible()
    assert len(downloaded(page, "gaps")) == 4
    opened(page, "/activities?country=NGA&lang=ar")
    assert list(downloaded(page, "activities")[0]) == list(found[0])  # codes, in any language


def test_a_file_is_for_those_who_are_signed_in(
    new_context: Callable[..., BrowserContext], server: str, faults: list[str]
) -> None:
    stranger = new_context()
    for file in ("activities", "needs", "gaps", "heatmap", "countries", "requests", "assessments"):
        answer = stranger.request.get(f"{server}/download/{file}.csv")
        assert answer.status == 401, file
    assert faults == []


def test_a_counterparts_files_hold_its_own_country_only(visitor: Visitor) -> None:
    page = visitor(Role.COUNTERPART)
    opened(page, "/about")
    for file, column in (("needs", "country_iso3"), ("gaps", "country_iso3"), ("countries", None)):
        answer = page.context.request.get(f"/download/{file}.csv?country=BFA")
        assert "BFA" not in answer.text(), (file, column)
        answer = page.context.request.get(f"/download/{file}.csv")
        text = answer.body().removeprefix(BOM).decode("utf-8")
        found = list(csv.DictReader(io.StringIO(text, newline="")))
        assert found
        codes = {row[next(name for name in row if "iso3" in name)] for row in found}
        assert codes == {"NGA"}, file


def test_a_link_copied_in_one_language_opens_in_another_with_the_same_filters(
    visitor: Visitor,
) -> None:
    page = visitor(Role.VIEWER)
    opened(page, "/activities?lang=fr&country=NGA&pillar=II&status=ongoing")
    main(page).get_by_role("button", name=translate("fr", "Share")).click()
    address = page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    said = query(page)
    other = visitor(Role.DONOR)
    opened(other, address.replace("lang=fr", "lang=ar"))
    expect(other.locator("html")).to_have_attribute("dir", "rtl")
    assert query(other) == {**said, "lang": "ar"}
    expect(main(other).get_by_role("button", name=country_name("ar", "NGA"))).to_be_visible()


def chosen(page: Page, label: str, name: str) -> None:
    """Choose an option of a list by typing its name."""
    box = main(page).get_by_role("combobox", name=label)
    box.click()
    box.fill(name)
    expect(page.get_by_role("option", name=name).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(box).to_have_value(re.compile(name))


def test_a_desk_officer_enters_a_record_in_french(visitor: Visitor) -> None:
    title = "Remise à neuf des pirogues du lac Tchad, essai du navigateur"
    page = visitor(Role.DESK_OFFICER)
    opened(page, "/enter?lang=fr")
    save = main(page).get_by_role("button", name=translate("fr", "Save"))
    field = main(page).get_by_role("textbox", name=translate("fr", "Title in French"))
    field.fill(title)
    save.click()
    alert = page.get_by_test_id("stAlert")
    missing = translate("fr", "The entity is missing. Choose who carries the activity out.")
    expect(alert).to_contain_text(missing)
    expect(field).to_have_value(title)
    chosen(page, translate("fr", "Entity that carries it out"), "UNODC")
    save.click()
    expect(page).to_have_url(re.compile(r"/activities\?(?=.*activity=\d+)(?=.*lang=fr)"))
    expect(main(page).get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_test_id("stToast")).to_contain_text(translate("fr", "Saved."))


def test_what_was_typed_is_there_after_looking_elsewhere(visitor: Visitor) -> None:
    page = visitor(Role.DESK_OFFICER)
    opened(page, "/enter")
    field = main(page).get_by_role("textbox", name="Title in English")
    field.fill("Half a thought")
    field.press("Tab")
    menu = page.get_by_test_id("stSidebar")
    menu.get_by_role("link", name="Activities").click()
    expect(main(page).get_by_role("heading", name="Who does what, where?")).to_be_visible()
    menu.get_by_role("link", name="Quick entry").click()
    expect(field).to_have_value("Half a thought")


HEADER = (
    "title,entity,country_iso3,pillar,measure,kind,status,start_date,end_date,budget,currency,"
    "donor,location,source_url"
)
GOOD = "Kiln repair,UNODC,NGA,II,II.13,activity,ongoing,2024-01,,1000,USD,,Kano,https://example.org"
BAD = "Pot fair,UNODC,ATL,II,II.13,activity,ongoing,2024-13,,,,,,https://example.org"


def test_a_file_with_a_good_and_a_bad_row_is_told_and_its_good_row_stored(
    visitor: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "kilns.csv"
    file.write_text("\n".join((HEADER, GOOD, BAD)), encoding="utf-8")
    page = visitor(Role.DESK_OFFICER)
    opened(page, "/exchange")
    page.locator("input[type=file]").set_input_files(file)
    expect(main(page).get_by_text(re.compile(r"New: 1\..*Refused: 1\."))).to_be_visible()
    expect(
        main(page).locator('[aria-label="Refused rows with their reasons"]').first
    ).to_be_visible()
    main(page).get_by_role("button", name="Store 1 good record").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("1 record stored.")
    expect(main(page).get_by_text(re.compile(r"New: 0\..*Refused: 1\."))).to_be_visible()
    opened(page, "/activities?text=Kiln")
    assert [row["title"] for row in downloaded(page, "activities")] == ["Kiln repair"]


def test_signing_out_ends_the_visit_and_its_files(
    page: Page, cold_server: str, people: dict[Role, Person]
) -> None:
    opened(page, f"{cold_server}/about", title=False)
    fill_in(page, people[Role.VIEWER])
    await_cookie(page, present=True)
    file = f"{cold_server}/download/needs.csv"
    assert page.context.request.get(file).status == 200
    page.locator(".st-key-sign_out button").first.click()
    expect(page.locator("input[type=password]")).to_be_visible()
    await_cookie(page, present=False)
    assert page.context.request.get(file).status == 401


def test_an_error_of_ours_shows_a_reference_and_no_traceback(
    page: Page, cold_server: str, people: dict[Role, Person], tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "ctai.db")) as database:
        database.execute("ALTER TABLE need RENAME TO lost")
        database.commit()
    opened(page, f"{cold_server}/about", title=False)
    fill_in(page, people[Role.VIEWER])
    await_cookie(page, present=True)
    page.goto(f"{cold_server}/overview")
    alert = page.get_by_test_id("stAlert").first
    expect(alert).to_contain_text(re.compile(r"reference: [0-9a-f]{8}"))
    for secret in ("Traceback", "sqlite", "no such table", "site-packages"):
        expect(page.locator("body")).not_to_contain_text(secret)
    expect(page.get_by_test_id("stPageLink").first).to_be_visible()


@pytest.mark.parametrize("stem", ["people", "enter", "exchange"])
def test_a_link_to_a_page_of_others_says_so(visitor: Visitor, stem: str) -> None:
    page = visitor(Role.VIEWER)
    opened(page, f"/{stem}", title=False)
    expect(page.get_by_test_id("stAlert")).to_contain_text("Your role does not open this page.")
    expect(page.get_by_test_id("stSidebar").locator(f"a[href^={stem}]")).to_have_count(0)
