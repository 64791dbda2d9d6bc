"""What a reader finds in a briefing's files, and what its content holds."""

import io
import re
from collections.abc import Iterator

import docx
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame

from ctai.briefings.document import Bullets, Chart, Document, Heading, Paragraph, Table, Tiles
from ctai.briefings.ledger import Figure
from ctai.briefings.pieces import said, shown

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\x00\x0b]")


def seen(text: str) -> str:
    """Give what is seen of a text: without marks of direction, its spaces as one."""
    return " ".join(UNSEEN.sub("", text).replace("\u2011", "-").split())


def content_of(document: Document) -> list[str]:
    """Give every text of a briefing that a page must show, without the numbers of the ledger."""
    found = [document.title, document.digest, *document.words.values()]
    found += [part for pair in document.cover for part in pair]
    for block in (*document.first_page, *document.body):
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found.append(said(block.text))
            case Bullets():
                found += map(said, block.items)
            case Tiles():
                found += [part for tile in block.tiles for part in (tile.figure.worded, tile.label)]
            case Table():
                found += [block.title, *(column.label for column in block.columns)]
                found += [shown(cell) for row in block.rows for cell in row]
            case Chart():
                found += [block.title, *block.rows, said(block.summary)]
                found += [series.label for series in block.series]
    for entry in document.ledger:
        found += [str(entry.number), entry.worded, entry.asked, ", ".join(entry.records)]
    return [seen(text) for text in found]


def notes_of(document: Document) -> list[str]:
    """Give the ledger numbers that stand behind figures of sentences and tiles."""
    found = []
    for block in (*document.first_page, *document.body):
        match block:
            case Paragraph():
                texts = [block.text]
            case Bullets():
                texts = list(block.items)
            case Tiles():
                texts = [(tile.figure,) for tile in block.tiles]
            case _:
                texts = []
        found += [str(p.entry) for text in texts for p in text if isinstance(p, Figure)]
    return found


def word_texts(file: bytes) -> tuple[list[str], list[str]]:
    """Give the paragraphs of a Word file, alternative texts and charts, and its raised numbers."""
    pages = docx.Document(io.BytesIO(file))
    body = pages.element.body
    texts: list[str] = []
    notes: list[str] = []
    for paragraph in body.iter(qn("w:p")):
        words: list[str] = []
        for run in paragraph.iter(qn("w:r")):
            text = "".join(one.text or "" for one in run.iter(qn("w:t")))
            raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") is not None
            (notes if raised else words).append(text)
        texts.append(seen("".join(words)))
    texts += [seen(one.get("descr")) for one in body.iter(qn("wp:docPr"))]
    for part in pages.part.package.iter_parts():
        if part.partname.startswith("/word/charts/"):
            values = re.findall(r"<c:v>([^<]*)</c:v>", part.blob.decode())
            texts += map(seen, values)
    return texts, list(map(seen, notes))


def slide_texts(file: bytes) -> tuple[list[str], list[str]]:
    """Give the paragraphs of a deck, alternative texts and charts, and its raised numbers."""
    texts: list[str] = []
    notes: list[str] = []
    for shape in shapes_of(Presentation(io.BytesIO(file))):
        for paragraph in shape._element.iter(f"{DRAWING}p"):
            words: list[str] = []
            for run in paragraph.iter(f"{DRAWING}r"):
                text = "".join(one.text or "" for one in run.iter(f"{DRAWING}t"))
                raised = run.find(f"{DRAWING}rPr").get("baseline") is not None
                (notes if raised else words).append(text)
            texts.append(seen("".join(words)))
        if isinstance(shape, GraphicFrame) and shape.has_chart:
            chart = shape.chart
            texts += [seen(one) for one in chart.plots[0].categories]
            texts += [seen(one.name) for one in chart.plots[0].series]
            texts.append(seen(shape._element.nvGraphicFramePr.cNvPr.get("descr")))
    return texts, list(map(seen, notes))


def shapes_of(deck: Deck) -> Iterator[BaseShape]:
    """Give every shape of every slide."""
    for slide in deck.slides:
        yield from slide.shapes


def missing(document: Document, texts: list[str]) -> list[str]:
    """Give the texts of a briefing that are not in a file; one that was too long for a slide may
    go on elsewhere, but not lose a word.
    """
    whole = "\n".join(texts)
    words = set(whole.split())
    return [
        text
        for text in content_of(document)
        if text not in whole and not (len(text) > 300 and set(text.split()) <= words)
    ]
