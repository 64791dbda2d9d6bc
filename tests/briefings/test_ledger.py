"""The ledger: no figure without records, each figure once, and what it says is what it counts."""

import re
from decimal import Decimal
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctai.briefings.document import Document, Paragraph
from ctai.briefings.ledger import Figure, Ledger, Unfounded
from ctai.briefings.writer import Words, Writer, of
from ctai.i18n import LANGUAGES, numbers

CODES = st.lists(st.from_regex(r"[AN]-[0-9]{1,4}", fullmatch=True))
MONEY = st.decimals(min_value=0, max_value=10**9, places=2)
LANGS = st.sampled_from(LANGUAGES)


@given(LANGS, CODES)
def test_a_count_is_of_its_records_each_once(lang: str, codes: list[str]) -> None:
    ledger = Ledger(lang)
    figure = ledger.count("records", codes)
    (entry,) = ledger.entries
    assert figure.value == len(entry.records) == len(set(codes))
    assert set(entry.records) == set(codes)
    assert figure.worded == entry.worded == numbers.number(lang, len(set(codes)))


@given(CODES, st.randoms())
def test_the_order_of_records_changes_nothing(codes: list[str], luck: Random) -> None:
    ledger = Ledger("en")
    first = ledger.count("records", codes)
    luck.shuffle(codes)
    assert ledger.count("records", codes) == first
    assert len(ledger.entries) == 1


@given(st.dictionaries(st.from_regex(r"F-[0-9]{1,4}", fullmatch=True), MONEY))
def test_a_total_is_the_sum_of_its_parts_to_the_cent(parts: dict[str, Decimal]) -> None:
    ledger = Ledger("en")
    figure = ledger.total_usd("asked", parts)
    assert figure.value == sum(parts.values(), Decimal(0))
    assert set(ledger.entries[0].records) == set(parts)


@given(st.integers(1, 10**6))
def test_a_figure_other_than_zero_has_records(value: int) -> None:
    with pytest.raises(Unfounded, match="no record"):
        Ledger("en").told("needs unmet", value, str(value), [])


def test_zero_needs_no_record() -> None:
    assert Ledger("en").told("needs unmet", 0, "0", []).value == 0
    assert Ledger("en").count("needs unmet", []).worded == "0"


@given(st.lists(CODES, max_size=8))
def test_entries_are_numbered_as_they_were_given_out(many: list[list[str]]) -> None:
    ledger = Ledger("en")
    figures = [ledger.count(f"question {len(set(codes))}", codes) for codes in many]
    assert [entry.number for entry in ledger.entries] == list(range(1, len(ledger.entries) + 1))
    for figure in figures:
        entry = ledger.entries[figure.entry - 1]
        assert (entry.number, entry.worded) == (figure.entry, figure.worded)


@pytest.mark.parametrize("value", [3, 2.5, Decimal(7), "7", "about 12", "٣", "2026"])
def test_a_number_that_is_no_figure_is_unfounded(value: object) -> None:
    with pytest.raises(Unfounded, match="must be a figure"):
        Writer("en").t("{n} needs unanswered", n=value)


def test_a_heading_holds_no_figure() -> None:
    w = Writer("en")
    with pytest.raises(Unfounded, match="heading"):
        w.say("{n} needs unanswered", n=w.ledger.count("needs", ["N-1"]))


@given(st.text(), CODES)
@example("\ue000 and \uf8ff", ["N-1"])
def test_a_sentence_is_its_words_around_its_figures(title: str, codes: list[str]) -> None:
    w = Writer("en")
    figure = w.ledger.count("needs", codes)
    first, *others = w.t("{n} of {title}", n=figure, title=Words(title))
    assert first == figure
    # Characters for private use mark the figures: a record's own are left out.
    assert others == [" of " + re.sub("[\ue000-\uf8ff]", "", title)]


def test_a_document_tells_its_figures_in_reading_order() -> None:
    w = Writer("en")
    one, two = w.ledger.count("a", ["A-1"]), w.ledger.count("b", ["A-1", "A-2"])
    document = Document(
        "Title", "en", "2026-06-30", (), (Paragraph(of(two)),), (Paragraph(of("x", one)),), ()
    )
    assert list(document.figures()) == [two, one]
    assert all(isinstance(figure, Figure) for figure in document.figures())
