"""By keys alone: every page is walked with Tab, and the main acts are done without a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from ctai.domain.roles import Role
from ctai.ui.shell import PAGES
from tests.browser.conftest import Person, Visitor, opened, settled

MOST_STOPS = 250
WALKED = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "end";
  const box = one.getBoundingClientRect();
  one.ofWalk = true;
  const ringed = [one, one.closest("[data-baseweb]"), one.parentElement].filter(Boolean)
    .some((part) => {
      const style = getComputedStyle(part);
      const isLined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      return isLined || style.boxShadow !== "none";
    });
  // A field's own line changes its colour; a table draws a ring round its cell.
  const isField = one.matches("input, textarea") || one.closest("canvas");
  const name = one.getAttribute("aria-label") || one.textContent || one.tagName;
  if (!ringed && !isField) return `no ring: ${name.slice(0, 60)}`;
  if (box.width && (box.right < 0 || box.left > innerWidth)) return `off: ${name.slice(0, 60)}`;
  return "";
}
"""
"""Marks where the keys are, and says what is wrong with it; "end" past the last control."""

MISSED = """
() => {
  const group = (one) => one.closest("[role=radiogroup], [data-testid=stButtonGroup]");
  const walked = (one) => one.ofWalk || [...one.querySelectorAll("*")].some((in_) => in_.ofWalk);
  return [...document.querySelectorAll(
      "a[href], button, input, textarea, summary, [role=combobox], [role=grid]"
    )]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
    .filter((one) => one.type !== "hidden" && !one.closest("[role=grid], [aria-hidden=true]"))
    .filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 1 && box.height > 1;
    })
    // Arrow keys move inside a group; a list opens from its field; a field for files has a button.
    .filter((one) => !walked(group(one) || one))
    .filter((one) => !one.closest("[data-baseweb=select]") || !walked(
      one.closest("[data-baseweb=select]")))
    .filter((one) => one.tabIndex >= 0)
    .map((one) => one.outerHTML.slice(0, 160));
}
"""
"""Controls that Tab never came to."""


@pytest.mark.parametrize("stem", PAGES)
def test_tab_comes_to_every_control_shows_where_it_is_and_goes_on(
    visitor: Visitor, stem: str
) -> None:
    page = visitor(Role.ADMINISTRATOR)
    opened(page, f"/{stem}?country=NGA")
    found = set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        told = page.evaluate(WALKED)
        if told == "end":
            break
        found.add(told)
    else:
        found.add(f"Tab never comes out of {stem}")
    assert found <= {""}, "\n".join(sorted(found))
    assert page.evaluate(MISSED) == []


def at(page: Page, wanted: str, key: str = "Tab") -> None:
    """Press a key until it comes to what answers to a selector."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"the keys never come to {wanted}")


def test_a_cell_of_the_matrix_is_picked_in_its_table(visitor: Visitor) -> None:
    page = visitor(Role.VIEWER)
    opened(page, "/gap_matrix?country=NGA&level=pillar")
    at(page, "summary")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    at(page, "canvas")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    heading = page.get_by_test_id("stMain").get_by_role("heading", level=2)
    expect(heading.first).to_contain_text(re.compile("^Nigeria: I"))


def test_a_record_is_opened_in_the_list(visitor: Visitor) -> None:
    page = visitor(Role.VIEWER)
    opened(page, "/activities?country=NGA")
    at(page, "canvas")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page).to_have_url(re.compile(r"activity=\d+"))


def test_signing_in_language_filter_and_the_way_past_the_menu(
    page: Page, server: str, people: dict[Role, Person]
) -> None:
    opened(page, f"{server}/overview?lang=en", title=False)
    person = people[Role.VIEWER]
    at(page, "input[autocomplete=username]")
    page.keyboard.type(person.name)
    at(page, "input[type=password]")
    page.keyboard.type(person.password)
    page.keyboard.press("Enter")
    page.get_by_test_id("stPageLink").first.wait_for(state="attached")
    settled(page)
    at(page, "[data-testid=stSidebar] [role=radio]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    settled(page)
    at(page, "[data-testid=stSkipToContent]", "Shift+Tab")
    page.keyboard.press("Enter")
    at(page, "[data-testid=stPopoverButton]")
    at(page, "[data-testid=stPopoverButton]")
    page.keyboard.press("Enter")
    at(page, "input[role=combobox]")
    page.keyboard.type("Nigér")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"country=NGA"))


def test_on_a_phone_the_menu_opens_and_leads_on(visitor: Visitor) -> None:
    page = visitor(Role.VIEWER)
    page.set_viewport_size({"width": 360, "height": 780})
    opened(page, "/about")
    at(page, "[data-testid=stExpandSidebarButton]")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stSidebar")).to_be_in_viewport()
    at(page, "a[href^=gap_matrix]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/gap_matrix"))


def test_a_form_with_faults_is_filled_and_sent(visitor: Visitor) -> None:
    page = visitor(Role.DESK_OFFICER)
    opened(page, "/enter")
    at(page, "[data-testid=stMain] input[type=text]")
    page.keyboard.type("Typed without a mouse")
    at(page, "[data-testid=stBaseButton-primary]")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text("The entity is missing.")
