"""Somebody at work in the browser: what they read, type, tick and press, in their own language."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from ctai.i18n import translate
from tests.browser.conftest import opened, settled

STILL = """
async (fold) => {
  const frame = () => new Promise(requestAnimationFrame);
  let before = -1;
  for (let same = 0; same < 3; await frame()) {
    same = fold.offsetHeight === before ? same + 1 : 0;
    before = fold.offsetHeight;
  }
  return true;
}
"""
"""A fold grows while it opens, and what is picked in it meanwhile loses its list."""

QUIET = """
() => new Promise((told) => {
  const main = document.querySelector("[data-testid=stMain]");
  const over = () => { watcher.disconnect(); told(true); };
  let timer = setTimeout(over, 150);
  const watcher = new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(over, 150);
  });
  watcher.observe(main, { subtree: true, childList: true, characterData: true });
})
"""
"""The page is drawn for a moment after a run has ended; nobody is quick enough to see the old one
meanwhile, but a test is."""


def quiet(page: Page) -> Page:
    """Wait until the app has nothing left to say, and all that it said is drawn."""
    settled(page).evaluate(QUIET)
    return settled(page)


@dataclass(frozen=True)
class Actor:
    """A person with a window open and a language."""

    page: Page
    lang: str
    server: str

    @property
    def main(self) -> Locator:
        """Give the page without its menu."""
        return self.page.get_by_test_id("stMain")

    def said(self, message: str, **places: object) -> str:
        """Give a sentence as this person reads it."""
        return translate(self.lang, message, **places)

    def opens(self, address: str) -> None:
        """Follow a link."""
        sign = "&" if "?" in address else "?"
        quiet(opened(self.page, f"{self.server}/{address}{sign}lang={self.lang}"))

    def reads(self, text: str | re.Pattern[str]) -> None:
        """Wait until the page says something."""
        expect(self.main.get_by_text(text).first).to_be_visible()

    def misses(self, text: str) -> None:
        """Make sure that a settled page does not say something."""
        expect(settled(self.page).get_by_test_id("stMain").get_by_text(text)).to_have_count(0)

    def told(self, message: str, **places: object) -> None:
        """Wait for what the app confirms."""
        toast = self.page.get_by_test_id("stToast").filter(has_text=self.said(message, **places))
        expect(toast.first).to_be_visible()
        quiet(self.page)

    def is_refused(self, *messages: str) -> None:
        """Wait until a refusal says all of these."""
        alert = self.main.get_by_test_id("stAlert").first
        for message in messages:
            expect(alert).to_contain_text(self.said(message))
        quiet(self.page)

    def presses(self, label: str) -> None:
        """Press a button."""
        self.main.get_by_role("button", name=self.said(label), exact=True).first.click()
        quiet(self.page)

    def fold(self, title: str) -> Locator:
        """Open a fold of the page, unless it stands open, and give it once it lies still."""
        summary = self.page.locator("summary").filter(has_text=title)
        fold = self.main.get_by_test_id("stExpander").filter(has=summary).first
        details = fold.locator("details")
        expect(details).to_be_attached()
        if details.get_attribute("open") is None:
            fold.locator("summary").click()
        self.page.wait_for_function(STILL, arg=details.element_handle())
        return fold

    def types(self, label: str, text: str, inside: Locator | None = None) -> None:
        """Fill in a field."""
        field = (inside or self.main).get_by_role("textbox", name=self.said(label), exact=True)
        field.first.fill(text)
        field.first.press("Tab")
        quiet(self.page)

    def picks(self, label: str, *names: str, inside: Locator | None = None) -> None:
        """Choose from a list by typing the names."""
        box = (inside or self.main).get_by_role("combobox", name=self.said(label)).first
        for name in names:
            quiet(self.page)
            option = self.page.get_by_role("option", name=name).first
            for _ in range(3):  # a run that ends meanwhile shuts the list
                box.click()
                box.fill(name)
                with suppress(PlaywrightTimeout):
                    option.wait_for(timeout=2_000)
                    break
                self.page.keyboard.press("Tab")
            expect(option).to_be_visible()
            self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        quiet(self.page)

    def ticks(self, label: str, inside: Locator | None = None) -> None:
        """Choose one of a few."""
        radio = (inside or self.main).get_by_role("radio", name=label).first
        radio.locator("xpath=ancestor::label").click()
        quiet(self.page)

    def sends(self, fold: Locator, label: str) -> None:
        """Press the button of a form that stands in a fold."""
        fold.get_by_role("button", name=self.said(label), exact=True).click()

    def grid(self, alt: str) -> Locator:
        """Find a table that is edited in place, whatever it is named."""
        named = self.main.locator(f'[aria-label="{alt}"]').first
        return named.locator("xpath=ancestor-or-self::*[@data-testid='stDataFrame']").first

    def adds(self, alt: str, cells: Sequence[str]) -> None:
        """Add a row to a table, and type its cells from the first column on."""
        grid = self.grid(alt)
        grid.scroll_into_view_if_needed()
        rows = int(grid.locator("[role=grid]").first.get_attribute("aria-rowcount") or "0")
        grid.hover()
        grid.get_by_role("button", name=self.said("Add a row")).dispatch_event("click")
        drawn = grid.locator("[role=grid]").first
        expect(drawn).to_have_attribute("aria-rowcount", str(rows + 1))
        quiet(self.page)
        self.fills(alt, rows - 2, cells)

    def fills(self, alt: str, row: int, cells: Sequence[str]) -> None:
        """Type a row of a table from its first column on; an empty text leaves a cell alone."""
        grid = self.grid(alt)
        box = grid.locator("canvas").first.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + 60, box["y"] + 35 * (row + 1) + 17)
        expect(grid.locator(f"#glide-cell-1-{row}")).to_have_attribute("aria-selected", "true")
        for column, text in enumerate(cells, start=1):
            if text:
                self._fills(grid.locator(f"#glide-cell-{column}-{row}"), text)
            self.page.keyboard.press("ArrowRight")

    def _fills(self, cell: Locator, text: str) -> None:
        """Type the cell that is chosen, and stay on it."""
        expect(cell).to_have_attribute("aria-selected", "true")
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#portal :focus")).to_have_count(1)
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#portal *")).to_have_count(0)
        expect(cell).not_to_have_text("")
        self.page.keyboard.press("ArrowUp")  # Enter also goes one row down


def asked(database: Path, question: str, *values: object) -> list[tuple[object, ...]]:
    """Ask the database, to see what was stored."""
    with closing(sqlite3.connect(database)) as store:
        return store.execute(question, values).fetchall()
