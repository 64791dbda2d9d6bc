"""Words of a record in another language than the document's: marked, and in their own direction."""

import io
import json
import pickle
import re

import docx
import pptx
import pytest
from docx.oxml.ns import qn

from ctai.briefings.document import (
    Block,
    Bullets,
    Column,
    Document,
    Quoted,
    Table,
    holds_quoted,
    plain,
    read,
)
from ctai.briefings.pdf import content, pdf_bytes
from ctai.briefings.slides import pptx_bytes
from ctai.briefings.views import Kind, View
from ctai.briefings.word import docx_bytes
from ctai.briefings.writer import Words, Writer, of
from ctai.i18n import LANGUAGES
from ctai.ui import briefing_html
from tests.briefings.examples import WORDS
from tests.briefings.pages import text_of

ENGLISH, FRENCH, ARABIC = (
    "Border course (2026).",
    "Cours aux frontières",
    "دورة الحدود (UNODC 2026).",
)
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LRE, RLE, POP = "\u202a", "\u202b", "\u202c"


def document(lang: str, title: str, stated: str) -> Document:
    """Give a briefing that quotes a title twice: in a cell, and inside a sentence."""
    w = Writer(lang)
    line = w.t("{code}: {title}", code=Words("A-1"), title=w.given(title, stated))
    row = (of(Words("A-1")), w.given(title, stated))
    blocks: tuple[Block, ...] = (
        Bullets((line,)),
        Table(w.say("Activities"), (Column(w.say("Number")), Column(w.say("Title"), 4)), (row,)),
    )
    return Document(w.say("Activities"), lang, "2026-06-30", (), blocks, (), (), dict(WORDS))


def word_paragraphs(made: Document) -> list[tuple[bool, list[tuple[str, str]]]]:
    """Give each paragraph that quotes: whether it runs from right to left, and its quoted runs,
    each with the language it names."""
    pages = docx.Document(io.BytesIO(docx_bytes(made)))
    found = []
    for paragraph in pages.element.body.iter(qn("w:p")):
        runs = []
        for run in paragraph.iter(qn("w:r")):
            lang = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
            if lang is not None:
                words = "".join(text.text or "" for text in run.iter(qn("w:t")))
                runs.append((words, str(next(iter(lang.attrib.values())))))
        bidi = paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}")
        if runs:
            found.append((bidi is not None and bidi.get(qn("w:val")) == "1", runs))
    return found


def slide_paragraphs(made: Document) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give each paragraph of the slides: its direction, and its runs with their languages."""
    deck = pptx.Presentation(io.BytesIO(pptx_bytes(made)))
    return [
        (
            str(paragraph.find(f"{DRAWING}pPr").get("rtl")),
            [
                (run.find(f"{DRAWING}t").text or "", run.find(f"{DRAWING}rPr").get("lang", ""))
                for run in paragraph.iter(f"{DRAWING}r")
            ],
        )
        for slide in deck.slides
        for paragraph in slide.element.iter(f"{DRAWING}p")
    ]


def test_a_title_in_the_readers_language_is_not_marked() -> None:
    for lang, title in (("en", ENGLISH), ("fr", FRENCH), ("ar", ARABIC)):
        assert Writer(lang).given(title, lang) == (title,)
        assert not holds_quoted(document(lang, title, lang).first_page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_untranslated_title_carries_the_code_of_its_language(lang: str) -> None:
    stated = "fr" if lang != "fr" else "en"
    (quoted, mark) = Writer(lang).given(FRENCH, stated)
    assert isinstance(quoted, Quoted)
    assert (quoted, quoted.lang, str(mark)) == (FRENCH, stated, f" \u2068[{stated}]\u2069")
    assert holds_quoted(document(lang, FRENCH, stated).first_page)


def test_a_title_whose_language_nobody_states_is_set_apart_without_a_guess() -> None:
    assert Writer("es").given(ENGLISH) == (ENGLISH,)
    (quoted,) = Writer("ar").given(ENGLISH)
    assert isinstance(quoted, Quoted)
    assert (quoted.lang, quoted.is_rtl) == ("", False)
    (quoted, _) = Writer("en").given(ARABIC)
    assert isinstance(quoted, Quoted)
    assert (quoted.lang, quoted.is_rtl) == ("ar", True)


def test_quoted_words_are_told_apart_in_the_content_and_survive_being_kept() -> None:
    quoted = pickle.loads(pickle.dumps(Quoted(ARABIC, "ar")))  # noqa: S301  our own bytes
    assert plain(quoted) == {"quoted": ARABIC, "lang": "ar", "rtl": True}
    assert document("en", ARABIC, "ar").digest != document("en", ARABIC, "fr").digest


@pytest.mark.parametrize(
    ("lang", "title", "stated", "is_rtl", "code"),
    [
        ("en", ARABIC, "ar", True, "ar-SA"),
        ("ar", ENGLISH, "en", False, "en"),
        ("ar", ENGLISH, "", False, "x-none"),
        ("en", FRENCH, "fr", False, "fr"),
        ("fr", "边境培训班", "", False, "zh-CN"),
    ],
)
def test_a_document_of_word_names_language_and_direction_of_a_title(
    lang: str, title: str, stated: str, *, is_rtl: bool, code: str
) -> None:
    inline, cell = word_paragraphs(document(lang, title, stated))
    assert {one for _, one in (*inline[1], *cell[1])} == {code}
    assert inline[0] is (lang == "ar")
    assert cell[0] is is_rtl
    assert "".join(words for words, _ in cell[1]) == title
    told = "".join(words for words, _ in inline[1])
    held = f"{RLE if is_rtl else LRE}{title}{POP}" if is_rtl != (lang == "ar") else title
    assert told.strip("\u200e\u200f") == held


@pytest.mark.parametrize(
    ("lang", "title", "stated", "rtl"),
    [("en", ARABIC, "ar", "1"), ("ar", ENGLISH, "en", "0"), ("en", FRENCH, "fr", "0")],
)
def test_a_slide_names_language_and_direction_of_a_title(
    lang: str, title: str, stated: str, rtl: str
) -> None:
    quoting = [
        (turn, runs)
        for turn, runs in slide_paragraphs(document(lang, title, stated))
        if any(code == stated for _, code in runs)
    ]
    cell = next(runs for turn, runs in quoting if len({code for _, code in runs}) == 1)
    assert (rtl, cell) in quoting
    assert "".join(words for words, _ in cell).startswith(title)
    inline = next(runs for _, runs in quoting if len({code for _, code in runs}) > 1)
    assert title in "".join(words for words, code in inline if code == stated)


@pytest.mark.parametrize(
    ("lang", "title", "stated", "named"),
    [
        ("en", FRENCH, "fr", b"fr"),
        ("ar", ENGLISH, "en", b"en"),
        ("zh", ENGLISH, "", b"und"),
        ("ru", FRENCH, "fr", b"fr"),
    ],
)
def test_a_page_shows_a_title_whole_and_names_its_language(
    lang: str, title: str, stated: str, named: bytes
) -> None:
    made = document(lang, title, stated)
    pages = pdf_bytes(made)
    words = set(re.findall(r"\w+", text_of(pages)))
    assert set(re.findall(r"\w+", title)) <= words
    assert set(re.findall(rb"/Lang ?\(([a-z]+)", pages)) == {lang.encode(), named}
    cells = json.loads(content(made))["first_page"][1]["rows"][0]
    assert cells[1][0] == {"quoted": title, "lang": stated, "rtl": False}


@pytest.mark.parametrize("stated", ["fr", ""])
def test_the_screen_names_the_language_of_a_title_where_it_is_known(stated: str) -> None:
    made = document("zh", FRENCH, stated)
    shown = View(Kind.PLANS, "", (made.first_page[0],))
    told = briefing_html.view("zh", shown, dark=False)
    lang = ' lang="fr"' if stated else ""
    assert f"<bdi{lang}>{FRENCH}</bdi>" in told
    assert ("[fr]" in told) is bool(stated)


def test_a_sentence_reads_on_around_a_title_of_the_other_direction() -> None:
    bullets = document("en", ARABIC, "ar").first_page[0]
    assert isinstance(bullets, Bullets)
    assert read(bullets.items[0]) == f"A-1: \u2068{ARABIC} \u2068[ar]\u2069\u2069"
