"""French needs, requests and assessments in an English briefing are quoted as French."""

from dataclasses import replace

from sqlalchemy import Engine

from ctai import db
from ctai.briefings.build import build
from ctai.briefings.document import Document, Quoted, Table
from ctai.briefings.pdf import content, pdf_bytes
from ctai.domain.roles import SYSTEM
from ctai.services.store_evidence import enter_assessment, enter_need, enter_request
from tests.briefings.pages import text_of
from tests.briefings.reading import seen
from tests.briefings.test_bad_input import NGA, TODAY
from tests.briefings.test_quoted import slide_paragraphs, word_paragraphs
from tests.drafts import KNOWN, assessment, need, request

NEED, REQUEST, VISIT = "Formation des juges", "Aide aux douanes", "Visite de Lagos"


def written(store: Engine, lang: str) -> Document:
    """Give a briefing on a need, a request and an assessment in French."""
    with db.transaction(store) as session:
        enter_need(session, SYSTEM, replace(need("N-7"), title=NEED, language="fr"), KNOWN)
        enter_request(session, SYSTEM, replace(request(REQUEST), language="fr"), KNOWN)
        enter_assessment(session, SYSTEM, replace(assessment(VISIT), language="fr"), KNOWN)
    return build(store, SYSTEM, replace(NGA, lang=lang), TODAY)


def quoted(document: Document) -> set[tuple[str, str]]:
    """Give the words that the briefing's tables quote, each with its language."""
    tables = [b for b in (*document.first_page, *document.body) if isinstance(b, Table)]
    cells = [cell for one in tables for row in one.rows for cell in row]
    return {(str(p), p.lang) for cell in cells for p in cell if isinstance(p, Quoted)}


def test_french_titles_are_quoted_as_french_in_every_format(store: Engine) -> None:
    document = written(store, "en")
    wanted = {(NEED, "fr"), (REQUEST, "fr"), (VISIT, "fr")}
    assert wanted <= quoted(document)
    assert wanted <= {
        (words, lang.partition("-")[0])
        for _, runs in word_paragraphs(document)
        for words, lang in runs
    }
    # On a slide the code of the language stands in the run of the words.
    assert wanted <= {
        (seen(words).removesuffix(" [fr]"), lang.partition("-")[0])
        for _, runs in slide_paragraphs(document)
        for words, lang in runs
    }
    assert f'"quoted": "{NEED}", "lang": "fr"' in content(document)
    assert f"{NEED} [fr]" in " ".join(text_of(pdf_bytes(document)).split())


def test_a_french_reader_sees_no_mark_on_them(store: Engine) -> None:
    titles = {words for words, _ in quoted(written(store, "fr"))}
    assert not titles & {NEED, REQUEST, VISIT}


def test_the_cover_sets_labels_apart_as_the_language_does(store: Engine) -> None:
    document = build(store, SYSTEM, replace(NGA, lang="fr"), TODAY)
    label, said = document.cover[0]
    page = " ".join(text_of(pdf_bytes(document)).split())
    assert f"{label} : {said}" in page
    assert f"{document.words['digest']} : {document.digest}" in page
