"""Views find what they tell by the codes of sections, which no language and no hash knows."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from ctai.briefings.build import build
from ctai.briefings.document import Document, Heading, Section
from ctai.briefings.views import Kind, views
from ctai.domain.briefing import Audience, Briefing
from ctai.domain.roles import SYSTEM
from ctai.domain.scope import Scope
from ctai.i18n import LANGUAGES

DAY = date(2024, 6, 30)
ASKED = Briefing(Audience.EXECUTIVE, "en", DAY, Scope(country=("NGA",)), since=date(2024, 3, 31))


def document_of(engine: Engine, lang: str = "en") -> Document:
    return build(engine, SYSTEM, replace(ASKED, lang=lang), DAY)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_views_are_the_same_in_every_language(store: Engine, lang: str) -> None:
    shown = views(document_of(store, lang))
    assert [view.kind for view in shown] == [kind for kind in Kind if kind is not Kind.VISIT]
    assert all(view.title and view.blocks for view in shown)


def test_a_heading_of_the_same_words_is_not_taken_for_a_section(store: Engine) -> None:
    document = document_of(store)
    twin = replace(document, body=(*document.body, Heading("Action plan: progress")))
    assert views(twin) == views(document)


def test_the_code_of_a_section_is_no_part_of_the_content(store: Engine) -> None:
    document = document_of(store)
    bare = replace(
        document,
        body=tuple(
            replace(b, section=None) if isinstance(b, Heading) else b for b in document.body
        ),
    )
    assert {b.section for b in document.body if isinstance(b, Heading)} > {Section.MAPPING}
    assert bare.digest == document.digest
