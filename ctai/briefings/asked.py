"""What somebody asks a briefing for: parameters of an address or of a command, checked."""

from collections.abc import Mapping
from datetime import date

from ctai.db import Session
from ctai.domain.briefing import Briefing, audience_of, no_visit
from ctai.domain.dates import is_partial_date
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.scope import scope_of
from ctai.i18n import LANGUAGES
from ctai.queries import codes

LONGEST_NUMBER = 9
"""Digits of a number that every database takes for one of its own."""
_WHOLE_DAY = len("2026-06-30")


def asked_of(session: Session, params: Mapping[str, str], today: date) -> Briefing:
    """Read what is asked for from parameters; Refused names every one that can't be read.

    They are `audience`, `lang`, `country`, `pillar`, `visit`, `entity`, `as_of` (today if empty),
    `since`; several codes of one are joined by ",".
    """
    faults: list[Fault] = []
    days = {name: _day(params.get(name, ""), name, faults) for name in ("as_of", "since")}
    lang = params.get("lang", "") or LANGUAGES[0]
    if lang not in LANGUAGES:
        wanted = ", ".join(LANGUAGES)
        faults.append(
            Fault(
                "“{seen}” is no language of a briefing. Choose one of: {wanted}.",
                "lang",
                {"seen": shown(lang), "wanted": wanted},
            )
        )
    entity = params.get("entity", "").strip() or None
    if entity is not None and entity not in codes.entities(session):
        unknown = "The entity “{seen}” is unknown. Use its acronym."
        faults.append(Fault(unknown, "entity", {"seen": shown(entity)}))
    visit = _number(params.get("visit", ""), faults)
    if faults:
        raise Refused(faults)
    narrowed = {name: params.get(name, "") for name in ("country", "pillar")}
    return Briefing(
        audience=audience_of(params.get("audience", "")),
        lang=lang,
        as_of=days["as_of"] or today,
        scope=scope_of(narrowed, codes.regions(session), ()),
        since=days["since"],
        entity=entity,
        visit=visit,
    )


def _number(text: str, faults: list[Fault]) -> int | None:
    """Read the number of a visit; one that no database holds is none that is known."""
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER:
        return int(text)
    faults.append(no_visit(shown(text)))
    return None


def _day(text: str, name: str, faults: list[Fault]) -> date | None:
    if not text:
        return None
    if len(text) == _WHOLE_DAY and is_partial_date(text):
        return date.fromisoformat(text)
    faults.append(Fault("“{seen}” is not a day such as 2026-06-30.", name, {"seen": shown(text)}))
    return None
