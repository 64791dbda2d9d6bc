"""The radar against pairs that were labelled by reading: what it proposes, and what it marks."""

from tests.domain.overlap_labelled import by_row, labelled, measured


def test_the_labelled_pairs_are_rows_of_the_embedded_records() -> None:
    pairs, rows = labelled(), by_row()
    assert len(pairs) >= 40
    assert {name for pair in pairs for name in (pair.one, pair.other)} <= set(rows)
    assert {pair.is_same for pair in pairs} == {True, False}


def test_nine_of_ten_same_pairs_are_proposed_and_what_is_marked_duplicate_is_one() -> None:
    found = measured(labelled(), by_row())
    assert found.recall >= 0.9
    assert found.marked >= 10
    assert found.precision >= 0.95
