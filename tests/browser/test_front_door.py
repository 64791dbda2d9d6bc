"""The front door in a real browser: cold links, the cookie, and what a replayed one opens."""

import re

from playwright.sync_api import Page, expect

from ctai.domain.roles import Role
from tests.browser.conftest import COOKIE, Person, await_cookie, fill_in

LINK = "/activities?lang=ar&country=BFA"


def at_the_door(page: Page) -> None:
    expect(page.locator("input[type=password]")).to_be_visible()
    expect(page.get_by_test_id("stPageLink")).to_have_count(0)


def test_a_cold_deep_link_passes_the_front_door_and_arrives(
    page: Page, cold_server: str, people: dict[Role, Person]
) -> None:
    page.goto(cold_server + LINK)
    at_the_door(page)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    fill_in(page, people[Role.VIEWER])
    expect(page).to_have_url(re.compile(r"/activities\?"))
    expect(page).to_have_url(re.compile(r"[?&]lang=ar\b"))
    expect(page).to_have_url(re.compile(r"[?&]country=BFA\b"))


def test_the_menu_carries_the_filters_and_back_leads_back(
    page: Page, server: str, people: dict[Role, Person]
) -> None:
    page.goto(server + LINK)
    fill_in(page, people[Role.VIEWER])
    page.get_by_test_id("stSidebar").locator("a[href^=gap_matrix]").click()
    expect(page).to_have_url(re.compile(r"/gap_matrix\?(?=.*lang=ar)(?=.*country=BFA)"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/activities\?(?=.*lang=ar)(?=.*country=BFA)"))


def test_a_cookie_opens_a_new_tab_but_not_after_signing_out(
    page: Page, cold_server: str, people: dict[Role, Person]
) -> None:
    page.goto(f"{cold_server}/about")
    fill_in(page, people[Role.VIEWER])
    old = await_cookie(page, present=True)
    assert old is not None
    other = page.context.new_page()
    other.goto(f"{cold_server}/about")
    expect(other.get_by_test_id("stPageLink").first).to_be_visible()
    page.locator(".st-key-sign_out button").first.click()
    at_the_door(page)
    assert await_cookie(page, present=False) is None
    page.context.add_cookies([{"name": COOKIE, "value": old, "url": cold_server}])
    other.goto(f"{cold_server}/about")
    at_the_door(other)
    answer = page.context.request.get(f"{cold_server}/download/activities.csv")
    assert answer.status == 401


def test_the_cookie_goes_to_no_other_site_and_ends_by_itself(
    page: Page, server: str, people: dict[Role, Person]
) -> None:
    page.goto(server)
    fill_in(page, people[Role.DONOR])
    await_cookie(page, present=True)
    cookie = next(c for c in page.context.cookies() if c.get("name") == COOKIE)
    assert cookie.get("sameSite") == "Strict"
    assert cookie.get("path") == "/"
    assert cookie.get("expires", -1) > 0


def test_the_cookies_frame_is_gone_once_the_cookie_is_written(
    page: Page, server: str, people: dict[Role, Person]
) -> None:
    page.goto(server)
    fill_in(page, people[Role.VIEWER])
    await_cookie(page, present=True)
    expect(page.locator("iframe")).to_have_count(0)


def test_a_copied_link_opens_in_another_language(
    page: Page, server: str, people: dict[Role, Person]
) -> None:
    page.goto(server + LINK)
    fill_in(page, people[Role.VIEWER])
    page.get_by_test_id("stSidebar").get_by_text("Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page).to_have_url(re.compile(r"/activities\?(?=.*lang=fr)(?=.*country=BFA)"))


def test_the_first_pages_own_address_leads_to_it(
    page: Page, cold_server: str, people: dict[Role, Person]
) -> None:
    page.goto(f"{cold_server}/overview?country=BFA")
    at_the_door(page)
    fill_in(page, people[Role.VIEWER])
    expect(page).to_have_url(re.compile(r"/\?(?=.*country=BFA)"))


def test_streamlits_talkative_doors_are_closed_on_the_real_server(page: Page, server: str) -> None:
    for path in ("_stcore/metrics", "_stcore/agent/openapi.json", "_stcore/agent/mcp"):
        answer = page.context.request.get(f"{server}/{path}")
        assert answer.status == 404
        assert "default-src 'self'" in answer.headers["content-security-policy"]
