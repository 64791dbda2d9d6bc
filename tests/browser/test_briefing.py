"""A briefing on the screen of a meeting room: keys, direction, and that all of it fits."""

import pytest
from playwright.sync_api import Page, Route, expect

from ctai.domain.roles import Role
from tests.browser.conftest import Person, Visitor, opened, settled

SCROLLS = """
() => {
  const main = document.querySelector("[data-testid=stMain]");
  return main.scrollHeight > main.clientHeight + 1 || main.scrollWidth > main.clientWidth + 1;
}
"""
SMALLEST = """
() => Math.min(...[...document.querySelectorAll(".ctai-view *")]
  .filter((one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))
"""


def show(page: Page, query: str) -> Page:
    page.goto(f"/briefing?{query}")
    page.locator(".ctai-view h1").wait_for()
    # The script that listens to keys comes by itself.
    page.wait_for_function("() => document.ofCtaiBriefing")
    return settled(page)


def position(page: Page, number: int) -> None:
    """Wait until a view is shown, which the URL names as well."""
    expect(page.locator(".ctai-sign span").first).to_have_text(f"{number} / 7")
    page.wait_for_url(lambda url: f"view={number}" in url)
    settled(page)


@pytest.mark.parametrize(("lang", "on", "back"), [
    ("en", "ArrowRight", "ArrowLeft"),
    ("ar", "ArrowLeft", "ArrowRight"),
])  # fmt: skip
def test_arrow_keys_turn_the_views_where_reading_goes(
    visitor: Visitor, lang: str, on: str, back: str
) -> None:
    page = show(visitor(Role.VIEWER), f"lang={lang}&country=NGA&view=1")
    position(page, 1)
    for key, number in ((on, 2), (on, 3), (back, 2), ("PageDown", 3), ("End", 7), ("Home", 1)):
        page.keyboard.press(key)
        position(page, number)
    page.keyboard.press(back)
    position(page, 1)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".ctai-view")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    assert "view=" not in page.url


def test_no_view_stands_before_its_keys_are_listened_to(visitor: Visitor) -> None:
    page = visitor(Role.VIEWER)
    held: list[Route] = []
    page.route("**/briefing.js", lambda request: held.append(request), times=1)
    page.goto("/briefing?lang=en&country=NGA&view=1", wait_until="commit")
    page.wait_for_timeout(3_000)
    expect(page.locator(".ctai-view")).to_have_count(0)
    held[0].continue_()
    page.locator(".st-key-briefing_next button:not([disabled])").wait_for()
    page.keyboard.press("ArrowRight")
    position(page, 2)


def test_the_buttons_turn_the_views_and_have_names(visitor: Visitor) -> None:
    page = show(visitor(Role.VIEWER), "lang=en&country=NGA&view=1")
    expect(page.get_by_role("button", name="Previous view")).to_be_disabled()
    page.get_by_role("button", name="Next view").click()
    position(page, 2)
    page.get_by_role("button", name="Last view").click()
    position(page, 7)


def test_keys_typed_on_the_page_that_prepares_turn_nothing(visitor: Visitor) -> None:
    page = show(visitor(Role.VIEWER), "lang=en&country=NGA&view=2")
    page.keyboard.press("Escape")
    expect(page.locator(".ctai-view")).to_have_count(0)
    settled(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    settled(page)
    assert "view=" not in page.url


@pytest.mark.parametrize(
    ("lang", "width", "height"),
    [("en", 1920, 1080), ("en", 1280, 720), ("fr", 1280, 720), ("ar", 1280, 720)],
)
def test_every_view_fits_the_screen_in_large_letters(
    visitor: Visitor, lang: str, width: int, height: int
) -> None:
    page = visitor(Role.ADMINISTRATOR)
    page.set_viewport_size({"width": width, "height": height})
    for scope in ("country=BFA", ""):
        show(page, f"lang={lang}&{scope}&view=1")
        for number in range(1, 8):
            position(page, number)
            assert not page.evaluate(SCROLLS), (scope, number)
            assert page.evaluate(SMALLEST) >= 28, (scope, number)
            page.keyboard.press("PageDown")


def test_where_a_figure_comes_from_is_told_on_demand(visitor: Visitor) -> None:
    page = show(visitor(Role.VIEWER), "lang=en&country=NGA&view=1")
    page.get_by_role("button", name="Where from").click()
    expect(page.locator(".ctai-ledger")).to_contain_text("needs unmet")
    page.keyboard.press("Escape")
    expect(page.locator(".ctai-ledger")).to_be_hidden()
    position(page, 1)


def test_a_shared_link_opens_the_same_view_after_signing_in(
    cold_server: str, page: Page, people: dict[Role, Person]
) -> None:
    opened(page, f"{cold_server}/briefing?lang=en&country=NGA&audience=public&view=3", title=False)
    page.locator("input[autocomplete=username]").wait_for()
    person = people[Role.VIEWER]
    page.locator("input[autocomplete=username]").fill(person.name)
    page.locator("input[type=password]").fill(person.password)
    page.keyboard.press("Enter")
    page.locator(".ctai-view h1").wait_for()
    position(page, 3)


def saved(page: Page, name: str) -> tuple[str, bytes]:
    """Follow the page's own link and give the file's name and its bytes."""
    address = page.get_by_test_id("stMain").get_by_role("link", name=name).get_attribute("href")
    assert address is not None
    answer = page.context.request.get(f"/{address.removeprefix('./')}")
    assert answer.status == 200
    return answer.headers["content-disposition"], answer.body()


def test_what_a_desk_officer_issued_is_in_the_list_and_downloaded_again_the_same(
    visitor: Visitor,
) -> None:
    page = visitor(Role.DESK_OFFICER)
    settled(opened(page, "/briefing?lang=en&country=NGA&audience=executive"))
    first = saved(page, "Download as DOCX")
    page.get_by_test_id("stMain").get_by_role("link", name="Issued briefings").click()
    page.get_by_role("heading", name="Which briefings were issued?").wait_for()
    settled(page)
    table = page.get_by_test_id("stMain").get_by_test_id("stDataFrame")
    expect(table.locator("[role=grid]").first).to_contain_text("Executive Office")
    # The box before the first row, the newest.
    table.click(position={"x": 16, "y": 50})
    page.get_by_role("heading", name="Briefing").and_(page.locator("h2")).wait_for()
    settled(page)
    page.get_by_role("button", name="Is it still the same?").click()
    expect(page.get_by_text("It is what was issued, by its content hash.")).to_be_visible()
    assert saved(page, "Download it again") == first
