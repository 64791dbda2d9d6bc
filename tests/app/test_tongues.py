"""Words of a record on the screen: in the language in which they were given, which is told."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from ctai import db
from ctai.domain.activities import Text
from ctai.domain.roles import SYSTEM, Role
from ctai.i18n import LANGUAGES, tongues, translate
from ctai.services import store_activity
from ctai.services.store_evidence import enter_need
from tests import drafts
from tests.app.conftest import opened
from tests.app.screen import table

FRENCH, ARABIC = "Cours aux frontières du lac Tchad", "دورة الحدود (UNODC 2026)."


def entered(url: str, texts: Mapping[str, Text]) -> str:
    """Enter an activity with these texts; give its number as the link names it."""
    with db.transaction(db.shared_engine(url)) as session:
        draft = replace(drafts.activity(), texts=texts)
        return str(store_activity.enter(session, SYSTEM, draft).activity_id)


def test_a_list_marks_a_title_that_nobody_translated_and_says_what_the_mark_means(
    records: str,
) -> None:
    entered(records, {"fr": Text(FRENCH)})
    entered(records, {"ar": Text(ARABIC)})
    at = opened(Role.VIEWER, "activities", country="NGA")
    titles = list(table(at, "List of activities")["title"])
    assert f"[fr] {FRENCH}" in titles
    assert f"[ar] \u2068{ARABIC}\u2069" in titles
    assert tongues.AS_GIVEN in [one.value for one in at.caption]


def test_a_list_in_the_readers_language_marks_nothing(records: str) -> None:
    at = opened(Role.VIEWER, "activities", country="NGA")
    assert not any("[en]" in title for title in table(at, "List of activities")["title"])
    assert tongues.AS_GIVEN not in [one.value for one in at.caption]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_record_shows_what_was_given_beside_its_translation(records: str, lang: str) -> None:
    number = entered(
        records, {"fr": Text(FRENCH, "Pour les gardes"), "en": Text("Lake course", "For guards")}
    )
    at = opened(Role.VIEWER, "activities", activity=number, lang=lang)
    told = [one.value for one in at.markdown]
    mine, other = ("fr", "en") if lang == "fr" else ("en", "fr")
    mark = r" \[en\]" if lang not in ("en", "fr") else ""
    titles = {"en": "Lake course", "fr": FRENCH}
    heads = [head.value.replace("\u2068", "").replace("\u2069", "") for head in at.header]
    assert f"{titles[mine]}{mark}" in heads
    named = {"en": "Title in English", "fr": "Title in French"}[other]
    (beside,) = [one for one in told if one.startswith(f"**{translate(lang, named)}**")]
    assert titles[other] in beside
    assert any("Pour les gardes" in one for one in told)
    assert any("For guards" in one for one in told)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_title_is_named_by_its_language(records: str, code: str) -> None:
    number = entered(records, {"en": Text("Lake course"), code: Text("Lake title")})
    at = opened(Role.VIEWER, "activities", activity=number, lang="en")
    assert not any(f"title_{code}" in one.value for one in at.markdown)
    history = table(at, "History of the activity")
    assert not any(str(name).startswith("title_") for name in history["what"])


def test_a_need_in_another_language_is_marked_in_its_list_and_on_its_page(records: str) -> None:
    with db.transaction(db.shared_engine(records)) as session:
        draft = replace(drafts.need("N-NGA-901"), title=FRENCH, language="fr")
        number = enter_need(session, SYSTEM, draft, drafts.KNOWN)
    at = opened(Role.VIEWER, "need", country="NGA")
    titles = list(table(at, "Unmet needs, oldest first")["title"])
    assert f"[fr] {FRENCH}" in titles
    assert not any("[en]" in title for title in titles)
    own = opened(Role.VIEWER, "need", need=str(number))
    assert any(rf"{FRENCH} \[fr\]" in one.value for one in own.title)
