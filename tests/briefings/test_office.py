"""A briefing as DOCX and as PPTX: what holds for both."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import unescape

import docx
import pytest
from pptx import Presentation

from ctai.briefings.document import Document
from ctai.briefings.formats import FORMATS
from ctai.domain.briefing import Format
from ctai.i18n import LANGUAGES
from tests.briefings import examples, reading

OFFICE = [Format.DOCX, Format.PPTX]
READ = {Format.DOCX: reading.word_texts, Format.PPTX: reading.slide_texts}
OPEN: dict[Format, Callable[[io.BytesIO], Any]] = {
    Format.DOCX: docx.Document,
    Format.PPTX: Presentation,
}

pytestmark = pytest.mark.parametrize("file", OFFICE)


def written(document: Document, file: Format) -> bytes:
    return FORMATS[file].written(document)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def markup_of(content: bytes) -> str:
    """Give what stands on all pages or slides."""
    is_shown = re.compile(r"(slides/slide\d+|word/document)\.xml$")
    return "".join(part.decode() for n, part in parts(content).items() if is_shown.search(n))


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("made", examples.KINDS)
def test_every_text_and_figure_stands_in_the_file(
    made: Callable[[str], Document], lang: str, file: Format
) -> None:
    document = made(lang)
    texts, notes = READ[file](written(document, file))
    assert reading.missing(document, texts) == []
    assert sorted(set(reading.notes_of(document)) - set(notes)) == []


def test_the_same_content_gives_the_same_bytes_later(file: Format) -> None:
    first = written(examples.ordinary(), file)
    time.sleep(2.1)  # a ZIP file tells moments to two seconds
    assert written(examples.ordinary(), file) == first


def test_the_file_is_dated_by_the_day_it_tells_of_and_names_no_author(file: Format) -> None:
    known = OPEN[file](io.BytesIO(written(examples.ordinary("fr"), file))).core_properties
    told = [moment.replace(tzinfo=UTC) for moment in (known.created, known.modified)]
    assert told == [datetime(2026, 6, 30, tzinfo=UTC)] * 2
    assert (known.author, known.comments, known.last_modified_by) == ("", "", "")
    assert (known.title, known.language) == ("Integrated assistance: Burkina Faso", "fr")


def test_no_picture_of_another_file_is_left(file: Format) -> None:
    names = parts(written(examples.empty(), file))
    assert not [n for n in names if "thumbnail" in n or "printerSettings" in n]


def test_a_source_is_a_link_under_its_hosts_name(file: Format) -> None:
    content = written(examples.sourced(), file)
    links = [
        unescape(one)
        for name, part in parts(content).items()
        if name.endswith(".rels")
        for one in re.findall(r'Target="([^"]*)" TargetMode="External"', part.decode())
    ]
    assert links == list(examples.ADDRESSES)
    texts, _ = READ[file](content)
    assert "un.org, news.example" in texts
    assert not [text for text in texts if "http" in text]


def test_a_code_within_a_sentence_is_not_broken_and_one_alone_is_left_as_typed(
    file: Format,
) -> None:
    markup = markup_of(written(examples.sourced(), file))
    assert ">N-BFA-070<" in markup
    assert "(N\u2011BFA\u2011071)" in markup
    assert "N-BFA-071" not in markup


def test_a_figure_of_thousands_of_records_names_every_one(file: Format) -> None:
    document = examples.crowded()
    texts, _ = READ[file](written(document, file))
    read = set(" ".join(texts).replace(",", " ").split())
    assert set(document.ledger[0].records) <= read


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_maps_and_tables_say_in_words_what_they_show(lang: str, file: Format) -> None:
    document = examples.ordinary(lang)
    said = r'<(?:p:graphicFrame><p:nvGraphicFramePr><p:cNvPr|wp:docPr)[^>]* descr="([^"]*)"'
    markup = markup_of(written(document, file))
    found = re.findall(said, markup) + re.findall(r'<w:tblCaption w:val="([^"]*)"', markup)
    read = [reading.seen(text) for text in found]
    assert "7 and 1" in " ".join(read)
    assert "Gap matrix" in read
    assert document.words["ledger"] in read
    assert all(read)
