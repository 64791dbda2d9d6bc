"""What a machine can see of accessibility on a page: axe-core, its headings, what is lost."""

from importlib.resources import files

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOLD = ("moderate", "serious", "critical")
"""All but minor findings; the only one of these is Streamlit's: its field for files has a name and
the role "presentation" at once (presentation-role-conflict)."""

ASTRAY = """
() => {
  const seen = (one) => one.checkVisibility();
  const count = (names) => [...document.querySelectorAll(names)].filter(seen).length;
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(seen)
    .map((one) => Number(one.tagName[1]));
  const found = [];
  if (levels.filter((level) => level === 1).length !== 1) found.push(`headings ${levels}`);
  if (levels.some((level, n) => level > (levels[n - 1] ?? 0) + 1)) found.push(`skips ${levels}`);
  if (count("main, [role=main]") !== 1) found.push("no place for the content");
  if (!document.querySelector("a[href='#stMain']")) found.push("no way past the menu");
  return found;
}
"""
"""What a page's tree of headings and landmarks lacks."""

LOST = """
() => {
  const found = [];
  const places = [document.scrollingElement, document.querySelector("[data-testid=stMain]")];
  for (const one of places) {
    const over = one.scrollWidth - one.clientWidth;
    if (over > 0) found.push(`${one.tagName} scrolls ${over} px sideways`);
  }
  const own = (one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const apart = "canvas, svg, style, script, noscript, [data-testid=stIconMaterial]";
  for (const one of document.querySelectorAll("body *")) {
    if (!own(one) || one.closest(apart) || !one.checkVisibility()) continue;
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    for (let place = one; place && place !== document.body; place = place.parentElement) {
      const how = getComputedStyle(place).overflowX;
      if (how === "auto" || how === "scroll") break;
      if (how !== "hidden" && how !== "clip") continue;
      const room = place.getBoundingClientRect();
      if (room.width <= 2) break;  // there for those who listen
      const isCut = place === one && one.scrollWidth > one.clientWidth + 1;
      if (isCut || box.right > room.right + 1.5 || box.left < room.left - 1.5) {
        found.push(`cut: ${one.textContent.trim().slice(0, 60)}`);
        break;
      }
    }
  }
  return found;
}
"""
"""What is cut, or makes the page scroll sideways."""


def audited(page: Page) -> list[str]:
    """List what axe-core finds wrong on a page by WCAG 2.2 AA and by its own advice."""
    page.evaluate(AXE)
    violations = page.evaluate(
        "(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
        ".then((told) => told.violations)",
        RULES,
    )
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in violations
        if one["impact"] in TOLD
        for node in one["nodes"]
    ]


def lost(page: Page, width: int, height: int) -> list[str]:
    """List what a page loses on a screen of this size; charts take a moment to fit in."""
    page.set_viewport_size({"width": width, "height": height})
    try:
        page.wait_for_function(f"() => ({LOST})().length === 0", timeout=3_000)
    except PlaywrightTimeout:
        return [f"{width} px: {one}" for one in page.evaluate(LOST)]
    return []
