"""Every briefing reads in all six languages: its words, its figures, its direction."""

import io
from datetime import UTC, datetime

import docx
import pptx
import pypdfium2
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ctai import db
from ctai.briefings.build import build
from ctai.briefings.pdf import pdf_bytes
from ctai.briefings.slides import pptx_bytes
from ctai.briefings.word import docx_bytes
from ctai.domain.briefing import Audience, Briefing
from ctai.domain.roles import SYSTEM
from ctai.domain.scope import Scope
from ctai.i18n import LANGUAGES, names, translate
from tests.briefings.pages import text_of

TODAY = datetime.now(UTC).date()
SCOPES = {"all": Scope(), **{iso3: Scope(country=(iso3,)) for iso3 in ("BFA", "MDG", "NGA")}}


def bare(text: str) -> str:
    """Take away what a page may put between letters: spaces, line ends and marks of direction."""
    return "".join(c for c in text if c.isalnum())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_every_figure_of_the_ledger_stands_on_the_pages(
    shelf: str, scope: Scope, lang: str
) -> None:
    asked = Briefing(Audience.EXECUTIVE, lang, TODAY, scope)
    document = build(db.shared_engine(shelf), SYSTEM, asked, TODAY)
    pages = pdf_bytes(document)
    read = bare(text_of(pages))
    assert document.ledger
    missing = {entry.worded for entry in document.ledger if bare(entry.worded) not in read}
    # Arabic shapes its letters on the page: figures in digits are compared there.
    assert {one for one in missing if lang != "ar" or one.isdigit()} == set()
    assert {figure.entry for figure in document.figures()} == {
        entry.number for entry in document.ledger
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pdf_names_its_title_and_its_language(shelf: str, lang: str) -> None:
    asked = Briefing(Audience.PUBLIC, lang, TODAY, SCOPES["BFA"])
    document = build(db.shared_engine(shelf), SYSTEM, asked, TODAY)
    pages = pdf_bytes(document)
    found = pypdfium2.PdfDocument(pages)
    assert found.get_metadata_dict()["Title"] == document.title
    assert f"/Lang ({lang}".encode() in pages or f"/Lang({lang}".encode() in pages
    assert b"/StructTreeRoot" in pages
    assert translate(lang, "Content hash") == document.words["digest"]


def test_the_map_stands_in_every_format_with_the_disclaimer(shelf: str) -> None:
    asked = Briefing(Audience.PUBLIC, "en", TODAY, SCOPES["all"])
    document = build(db.shared_engine(shelf), SYSTEM, asked, TODAY)
    disclaimer = names.term("en", "map_disclaimer")
    assert bare(disclaimer) in bare(text_of(pdf_bytes(document)))
    pages = docx.Document(io.BytesIO(docx_bytes(document)))
    assert disclaimer in [paragraph.text for paragraph in pages.paragraphs]
    assert len(pages.inline_shapes) >= 1
    deck = pptx.Presentation(io.BytesIO(pptx_bytes(document)))
    shown = [
        slide
        for slide in deck.slides
        if any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in slide.shapes)
    ]
    assert len(shown) == 1
    assert disclaimer in [s.text_frame.text for s in shown[0].shapes if s.has_text_frame]
