"""Texts in pieces: what stays together at the end of a line, and what is a link."""

from decimal import Decimal

from ctai.briefings.ledger import Figure
from ctai.briefings.pieces import host, pieces, shown


def test_the_number_of_a_figure_stays_in_the_line_of_an_ideograph() -> None:
    def joined(worded: str) -> bool:
        figure = Figure(Decimal(19), worded, 2)
        return "\u2060" in "".join(piece.text for piece in pieces((figure,), rtl=False))

    assert joined("19 年")
    assert not joined("19 years")


def test_an_address_is_shown_as_its_host_and_broken_only_behind_a_dot() -> None:
    assert host("https://www.un.org/en/a?b=c") == "un.\u200borg"
    assert host("http://") == "http://"
    assert shown(("https://www.un.org/a http://b.example/c",)) == "un.\u200borg, b.\u200bexample"
    links = [piece.link for piece in pieces(("https://un.org/a http://b.example",), rtl=True)]
    assert [link for link in links if link] == ["https://un.org/a", "http://b.example"]


def test_a_sentence_that_only_names_an_address_is_no_link() -> None:
    assert not [piece for piece in pieces(("See https://un.org/a.",), rtl=False) if piece.link]
