"""Faults as lines of a log, a terminal or a plain answer, in the language of whoever reads them."""

import re

from ctai.domain.faults import Fault
from ctai.i18n import translate

_ROWS = re.compile(r"rows? (?P<numbers>[0-9, ]+)")


def told(fault: Fault, lang: str) -> str:
    """Write a fault as a line: where it stands, in which column, and what is wrong."""
    sentence = translate(lang, fault.message, **fault.places)
    return " · ".join(part for part in (_place(fault.place, lang), fault.column, sentence) if part)


def rows_of(place: str) -> tuple[int, ...]:
    """Give the numbers of the rows of a place, none where it names none."""
    found = _ROWS.fullmatch(place)
    return tuple(int(number) for number in found["numbers"].split(", ")) if found else ()


def _place(place: str, lang: str) -> str:
    found = _ROWS.fullmatch(place)
    return translate(lang, "row {numbers}", numbers=found["numbers"]) if found else place
