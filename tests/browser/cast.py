"""Everybody in one real case: a State, its desk, an entity, a donor; each at their own window."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

from ctai.domain.roles import Role
from tests.browser.actor import Actor, asked
from tests.browser.conftest import Person, await_cookie, fill_in, opened, watch

AREA = "Enquêteurs de la brigade antiterroriste formés aux enquêtes financières"
FINDING = "Des postes frontière du nord n’ont pas accès aux listes de surveillance"
ASKED = "Training of investigators in financial investigation, Ouagadougou"
NEXT_YEAR = datetime.now(UTC).year + 1
CAST: dict[str, tuple[Role, dict[str, Any]]] = {
    "desk": (Role.DESK_OFFICER, {"countries": ["BFA"]}),
    "colleague": (Role.DESK_OFFICER, {"countries": ["BFA"]}),
    "focal": (Role.FOCAL_POINT, {"entity": "UNODC"}),
    "state": (Role.COUNTERPART, {"countries": ["BFA"]}),
    "donor": (Role.DONOR, {"entity": "DNK"}),
}
SPEAKS = {"desk": "fr", "colleague": "en", "focal": "en", "state": "ar", "donor": "en"}


@dataclass
class Cast:
    """Everybody in the case, each in a window of their own, before one database."""

    database: Path
    server: str
    window: Callable[..., BrowserContext]
    faults: list[str]
    shots: Path
    actors: dict[str, Actor] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Actor:
        """Give a person, signed in."""
        if name not in self.actors:
            context = self.window()
            watch(context, self.faults)
            page = context.new_page()
            page.set_default_timeout(15_000)
            opened(page, f"{self.server}/about?lang={SPEAKS[name]}", title=False)
            fill_in(page, person(name))
            await_cookie(page, present=True)
            self.actors[name] = Actor(page, SPEAKS[name], self.server)
        return self.actors[name]

    def number(self, question: str, *values: object) -> int:
        """Ask the database for one number."""
        ((found,),) = asked(self.database, question, *values)
        assert isinstance(found, int), f"{question} {values}: {found}"
        return found

    def need(self, title: str = AREA) -> int:
        """Give the number of a need by its title."""
        return self.number("SELECT id FROM need WHERE title = ?", title)

    def looks(self, name: str, place: str) -> None:
        """Keep a picture of what somebody sees."""
        self.shots.mkdir(exist_ok=True)
        self[name].page.screenshot(path=self.shots / f"{place}.png", full_page=True)


def person(name: str) -> Person:
    """Give somebody of the cast, with what they type to sign in."""
    return Person(name, f"correct horse {name} staple 42", *CAST[name])
