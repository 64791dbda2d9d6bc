"""How every page looks: in three languages, on two widths, by day and by night."""

from importlib.resources import files
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from ctai.domain.roles import Role
from ctai.i18n import direction
from ctai.ui.shell import PAGES
from tests.browser.conftest import ROOT, Visitor, opened

PICTURES = ROOT / "test-results" / "pages"
LOOKS: list[tuple[str, int, Literal["light", "dark"]]] = [
    ("en", 1280, "light"),
    ("fr", 1280, "light"),
    ("ar", 1280, "dark"),
    ("en", 360, "dark"),
    ("ar", 360, "light"),
]
TALLEST_PX = 5000
AUDITED = {("en", "light"), ("ar", "dark")}
"""Looks that axe-core goes through: both directions, both themes, on the wide screen."""
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

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

TOO_WIDE = """
() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => `${one.tagName} ${one.scrollWidth} > ${one.clientWidth}`)
"""


def audited(page: Page) -> list[str]:
    """List what axe-core finds seriously wrong on a page by WCAG 2.1 AA."""
    page.evaluate(AXE)
    violations = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
        ".then((told) => told.violations)"
    )
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in violations
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


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
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    found: list[str] = []
    for stem in PAGES:
        opened(page, f"/{stem}?lang={lang}&country=NGA")
        html = page.locator("html")
        expect(html).to_have_attribute("lang", lang)
        expect(html).to_have_attribute("dir", direction(lang))
        drawn(page)
        pictured(page, f"{stem}_{lang}_{width}_{scheme}")
        for what, script in (("wide", TOO_WIDE), ("no name", UNNAMED), ("no text", UNTOLD)):
            found += [f"{stem} {what}: {one}" for one in page.evaluate(script)]
        if (lang, scheme) in AUDITED and width > 400:
            found += [f"{stem} {one}" for one in audited(page)]
        if width > 400:
            found += [f"{stem}: {one}" for one in menu_on_the_wrong_side(page, lang)]
    assert found == [], "\n".join(found)


def menu_on_the_wrong_side(page: Page, lang: str) -> list[str]:
    box = page.get_by_test_id("stSidebar").bounding_box()
    assert box is not None
    is_right = box["x"] > 640
    return [f"the menu begins at {box['x']}"] if is_right != (direction(lang) == "rtl") else []
