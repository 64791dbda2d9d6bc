"""Every character that a briefing may have to show is in one of the fonts that ship with it."""

import csv
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from ctai.briefings.pdf import FONTS
from ctai.briefings.sections.annex import escaped
from ctai.figures import signs
from ctai.settings import DATA, ROOT

CATALOGUES = sorted((ROOT / "ctai" / "i18n" / "locales").rglob("*.po"))
LISTS = sorted(DATA.glob("*.csv"))
UNSEEN = {"Cc", "Cf"}
"""Controls and marks of direction: they have no shape."""


@cache
def drawn(style: str) -> frozenset[int]:
    """Give the characters that the fonts of a style have between them; symbols have one style."""
    files = [*FONTS.glob(f"*-{style}.ttf"), *FONTS.glob("NotoSansSymbols2-*.ttf")]
    return frozenset(code for file in files for code in TTFont(file).getBestCmap())


def missing(texts: Iterator[str], style: str) -> str:
    """Give the characters that no font has, each once."""
    seen = {char for text in texts for char in text}
    shaped = {char for char in seen if unicodedata.category(char) not in UNSEEN}
    return "".join(sorted(char for char in shaped if ord(char) not in drawn(style)))


def sentences(file: Path) -> Iterator[str]:
    with file.open("rb") as source:
        for message in read_po(source):
            for text in (message.id, message.string):
                yield from (text,) if isinstance(text, str) else text or ()


def cells(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.reader(source):
            yield from (escaped(text) if "://" in text else text for text in row)


@pytest.mark.parametrize("style", ["Regular", "Bold"])
@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_no_sentence_has_a_character_without_a_glyph(file: Path, style: str) -> None:
    assert missing(sentences(file), style) == ""


@pytest.mark.parametrize("style", ["Regular", "Bold"])
@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_no_embedded_record_and_no_name_has_a_character_without_a_glyph(
    file: Path, style: str
) -> None:
    assert missing(cells(file), style) == ""


def test_every_sign_has_a_glyph() -> None:
    assert missing((sign.symbol for sign in signs.STATES.values()), "Regular") == ""


def test_a_character_that_no_font_has_is_found() -> None:
    assert missing(iter(["Abuja \N{ETHIOPIC SYLLABLE HA}\N{TAMIL LETTER KA}"]), "Regular") != ""
    assert missing(iter(["Abuja، أبوجا 阿布贾 Абуджа\u200f\n"]), "Regular") == ""


def test_an_address_is_escaped_only_where_no_font_has_its_letters() -> None:
    plain = "https://example.org/Ouagadougou/é/阿?a=b%20c"
    assert escaped(plain) == plain
    assert escaped("https://example.org/\N{MATHEMATICAL BOLD CAPITAL R}") == (
        "https://example.org/%F0%9D%90%91"
    )
