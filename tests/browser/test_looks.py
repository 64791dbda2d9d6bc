"""How every page looks: in four languages, magnified, on a phone, by day and by night."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from ctai.domain.roles import Role
from ctai.i18n import direction, translate
from ctai.ui.shell import PAGES
from tests.browser.axe import ASTRAY, audited, lost
from tests.browser.conftest import ROOT, Visitor, opened

PICTURES = ROOT / "test-results" / "pages"
LOOKS: list[tuple[str, int, Literal["light", "dark"]]] = [
    ("en", 1280, "light"),
    ("fr", 1280, "dark"),
    ("ar", 1280, "dark"),
    ("ru", 1280, "light"),
    ("en", 360, "dark"),
    ("ar", 360, "light"),
]
TALLEST_PX = 5000
AUDITED = {("en", "light"), ("ar", "dark"), ("ru", "light"), ("fr", "dark")}
"""Looks that axe-core goes through: both directions, both themes, on the wide screen."""
MAGNIFIED = {"en", "ar", "ru"}
SIZES = ((640, 512), (320, 640))
"""A screen of 1280 pixels at 200 %, and the narrowest that WCAG 2.2, 1.4.10 asks for."""

UNNAMED = """
() => [...document.querySelectorAll("input, textarea, select, button, [role=combobox]")]
  .filter((one) => one.checkVisibility() && one.type !== "hidden")
  .filter((one) => {
    const by = (one.getAttribute("aria-labelledby") || "").split(" ")
      .map((id) => document.getElementById(id)?.textContent || "").join("");
    const label = one.labels && [...one.labels].map((each) => each.textContent).join("");
    return !(one.getAttribute("aria-label") || by || label || one.textContent || one.title).trim();
  })
  .map((one) => one.outerHTML.slice(0, 200))
"""
"""Fields and buttons that a screen reader could not name."""

UNTOLD = """
() => [...document.querySelectorAll(
    "[data-testid=stVegaLiteChart], [data-testid=stDeckGlJsonChart], [data-testid=stDataFrame]"
  )]
  .filter((one) => one.checkVisibility())
  .filter((one) => ![one, ...one.querySelectorAll("*")].some(
    (part) => (part.getAttribute("aria-label") || part.getAttribute("alt") || "").length > 5))
  .map((one) => one.outerHTML.slice(0, 200))
"""
"""Pictures and tables without a text in their place."""


def pictured(page: Page, name: str) -> None:
    """Save a picture of the whole page, for people to look at."""
    size = page.viewport_size
    assert size is not None
    tall = page.evaluate(
        "() => document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight + 80"
    )
    page.set_viewport_size({"width": size["width"], "height": min(TALLEST_PX, max(800, tall))})
    page.screenshot(path=PICTURES / f"{name}.png")
    page.set_viewport_size(size)


def drawn(page: Page) -> None:
    """Wait until every chart, map and table of the page has a picture."""
    for chart in page.get_by_test_id("stVegaLiteChart").all():
        expect(chart.locator("svg, canvas").first).to_be_visible()
    for chart in page.get_by_test_id("stDeckGlJsonChart").all():
        expect(chart.locator("canvas").first).to_be_visible()
        blank = chart.screenshot()
        while len(chart.screenshot()) <= len(blank) < 8_000:  # borders take more than one colour
            page.evaluate("() => new Promise(requestAnimationFrame)")


@pytest.mark.parametrize(("lang", "width", "scheme"), LOOKS)
def test_every_page_stands_in_its_language_and_direction_and_fits(
    visitor: Visitor, lang: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = visitor(Role.ADMINISTRATOR)
    page.emulate_media(color_scheme=scheme)
    audit = (lang, scheme) in AUDITED
    found: list[str] = []
    for stem, place in PAGES.items():
        page.set_viewport_size({"width": width, "height": 800})
        opened(page, f"/{stem}?lang={lang}&country=NGA")
        html = page.locator("html")
        expect(html).to_have_attribute("lang", lang)
        expect(html).to_have_attribute("dir", direction(lang))
        expect(page).to_have_title(translate(lang, place.title))
        drawn(page)
        pictured(page, f"{stem}_{lang}_{width}_{scheme}")
        for what, script in (("astray", ASTRAY), ("no name", UNNAMED), ("no text", UNTOLD)):
            found += [f"{stem} {what}: {one}" for one in page.evaluate(script)]
        found += [f"{stem} {one}" for one in lost(page, width, 800)]
        if width > 400:
            found += [f"{stem}: {one}" for one in menu_on_the_wrong_side(page, lang)]
            found += [f"{stem} {one}" for one in (audited(page) if audit else [])]
            sizes = SIZES if lang in MAGNIFIED else ()
            found += [f"{stem} {one}" for size in sizes for one in lost(page, *size)]
    assert found == [], "\n".join(found)


def menu_on_the_wrong_side(page: Page, lang: str) -> list[str]:
    box = page.get_by_test_id("stSidebar").bounding_box()
    assert box is not None
    is_right = box["x"] > 640
    return [f"the menu begins at {box['x']}"] if is_right != (direction(lang) == "rtl") else []
