"""Bad input gives a sensible briefing in every format, or a clear refusal; never a broken page."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from ctai import db
from ctai.briefings.build import build
from ctai.briefings.document import Document, Paragraph, Section
from ctai.briefings.pdf import pdf_bytes
from ctai.briefings.pieces import said, steady
from ctai.briefings.slides import pptx_bytes
from ctai.briefings.views import views
from ctai.briefings.word import docx_bytes
from ctai.domain.briefing import Audience, Briefing
from ctai.domain.checks import LONGEST_TITLE
from ctai.domain.faults import Refused
from ctai.domain.roles import SYSTEM
from ctai.domain.scope import Scope
from ctai.i18n import LANGUAGES
from ctai.services.store_activity import enter
from ctai.services.store_evidence import enter_assessment, enter_need, enter_request
from tests.briefings.pages import text_of
from tests.briefings.reading import missing, seen, slide_texts, word_texts
from tests.briefings.wording import section, sentences
from tests.drafts import KNOWN, activity, assessment, need, request

TODAY = datetime.now(UTC).date()
NGA = Briefing(Audience.EXECUTIVE, "en", TODAY, Scope(country=("NGA",)))
MIXED = "برنامج مكافحة الإرهاب 2026 UNODC (phase II) — النيجر/Niger 3.5%"
UNIT = "Министерство национальной безопасности и гражданской защиты · 国家安全部 · Office 7; "
_CODE = re.compile(r" \[[a-z]{2}\]$")
LONG = (UNIT * 12)[:LONGEST_TITLE].strip()


def bare(text: str) -> str:
    """Keep what a page may not lose: letters and digits, in no order of direction."""
    return "".join(sorted(c for c in text if c.isalnum()))


def texts_of(document: Document) -> dict[str, list[str]]:
    """Write a briefing in each format, and give what a reader finds there."""
    return {
        "pdf": [text_of(pdf_bytes(document))],
        "docx": word_texts(docx_bytes(document))[0],
        "pptx": slide_texts(pptx_bytes(document))[0],
    }


def is_whole(document: Document) -> None:
    """Look into every format: no text of the content is lost in the two that are edited."""
    found = texts_of(document)
    assert missing(document, found["docx"]) == []
    assert missing(document, found["pptx"]) == []
    page = "".join(c for c in found["pdf"][0] if c.isalnum())
    if document.lang == "ar":  # pdfium reads pieces of a line from right to left backwards
        assert Counter(document.digest) <= Counter(page)
    else:
        assert document.digest in page
    assert all(view.title for view in views(document))


def test_a_long_name_is_as_long_as_a_record_allows() -> None:
    assert LONGEST_TITLE >= len(LONG) >= 399


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_records_at_all_are_told_as_that_in_every_format(store: Engine, lang: str) -> None:
    what = replace(NGA, lang=lang, scope=Scope(country=("MDG",)))
    document = build(store, SYSTEM, what, TODAY)
    is_whole(document)
    assert document.ledger == ()


def test_a_period_without_changes_says_so(store: Engine) -> None:
    what = replace(NGA, as_of=date(2024, 6, 30), since=date(2024, 3, 31))
    document = build(store, SYSTEM, what, TODAY)
    told = section(document, Section.CHANGES)
    assert sentences(told) == ["Nothing changed that this reader may see."]
    is_whole(document)


def test_a_country_without_partnership_is_told_to_have_none(store: Engine) -> None:
    with db.transaction(store) as session:
        enter(session, SYSTEM, activity("Lone course", ("BFA",)), KNOWN)
    document = build(store, SYSTEM, replace(NGA, scope=Scope(country=("BFA",))), TODAY)
    none = ["No partnership with the initiative is recorded."]
    assert sentences(section(document, Section.PARTNERSHIP)) == none
    is_whole(document)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("as_of", replace(NGA, as_of=date(1999, 1, 1))),
        ("since", replace(NGA, since=date(1999, 1, 1))),
    ],
)
def test_a_day_before_the_first_record_is_refused_by_its_name(
    store: Engine, name: str, what: Briefing
) -> None:
    with pytest.raises(Refused) as refused:
        build(store, SYSTEM, what, TODAY)
    (fault,) = refused.value.faults
    assert fault.column == name
    assert "first day on record" in fault.in_english()


@pytest.mark.parametrize("title", [MIXED, LONG], ids=["mixed", "long"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_mixed_or_overlong_title_is_whole_in_every_format(
    store: Engine, title: str, lang: str
) -> None:
    with db.transaction(store) as session:
        enter(session, SYSTEM, activity(title), KNOWN)
        enter_need(session, SYSTEM, replace(need("N-7"), title=title), KNOWN)
        enter_request(session, SYSTEM, request(title), KNOWN)
        number = enter_assessment(session, SYSTEM, assessment(title), KNOWN)
    what = replace(NGA, lang=lang, scope=Scope(), visit=number)
    document = build(store, SYSTEM, what, TODAY)
    assert title in document.title
    is_whole(document)
    found = texts_of(document)
    for form in ("docx", "pptx"):
        # Behind a title of another language stands the code of that language.
        cells = [
            text for text in found[form] if _CODE.sub("", text) == seen(steady(title, lang == "ar"))
        ]
        assert len(cells) >= 4, (form, "activity, need, request and assessment")
    letters = bare(found["pdf"][0])
    assert all(
        letters.count(c) >= 4 * title.count(c) for c in set(title) if c.isascii() and c.isalnum()
    )


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_a_title_is_set_apart_from_the_sentence_around_it(store: Engine, lang: str) -> None:
    """Unicode's isolates keep a title of the other direction from turning its neighbours."""
    with db.transaction(store) as session:
        number = enter_assessment(session, SYSTEM, assessment(MIXED), KNOWN)
    document = build(store, SYSTEM, replace(NGA, lang=lang, scope=Scope(), visit=number), TODAY)
    (sentence,) = [
        said(block.text)
        for block in section(document, Section.VISIT)
        if isinstance(block, Paragraph) and block.kind == "lead"
    ]
    code = "" if lang == "ar" else " \u2068[ar]\u2069"
    assert f"\u2068{MIXED}{code}\u2069" in sentence
