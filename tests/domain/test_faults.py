"""A refusal carries every reason, in words, with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.faults import Fault, Refused, shown


def test_a_refusal_names_every_reason_with_its_place() -> None:
    faults = [
        Fault("“{seen}” is wrong.", "country", {"seen": "XXX"}).at("row 12"),
        Fault("It is not yours."),
    ]
    with pytest.raises(ValueError, match=r"row 12 · country · “XXX” is wrong.; It is not yours."):
        raise Refused(iter(faults))
    assert Refused(iter(faults)).faults == tuple(faults)


@given(st.text(), st.integers(2, 80))
def test_what_was_seen_is_shown_in_one_short_line(text: str, longest: int) -> None:
    line = shown(text, longest)
    assert len(line) <= longest
    assert len(line.splitlines()) <= 1
