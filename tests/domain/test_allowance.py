"""Allowance: a bucket that fills by time."""

from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.allowance import Allowance


def test_a_burst_is_answered_and_then_one_as_time_goes_by() -> None:
    allowance = Allowance(burst=3, a_second=0.5)
    assert [allowance.wait_s(1, 10.0) for _ in range(4)] == [0, 0, 0, 2]
    assert allowance.wait_s(1, 12.0) == 0
    assert allowance.wait_s(1, 12.0) == 2
    assert allowance.wait_s(2, 12.0) == 0


@given(st.lists(st.floats(0, 20), max_size=60))
def test_never_more_are_answered_than_the_bucket_and_its_filling_allow(steps: list[float]) -> None:
    allowance, now, answered = Allowance(burst=5, a_second=0.3), 0.0, 0
    for step in steps:
        now += step
        answered += allowance.wait_s(7, now) == 0
        assert answered <= 5 + now * 0.3 + 1e-6
