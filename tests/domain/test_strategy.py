"""The Strategy has 4 pillars and 47 measures, each in one theme."""

from collections import Counter

import pytest

from ctai.domain.strategy import Level, Pillar, Theme, by_code, group_of, groups, measures


def test_there_are_47_measures_8_18_13_and_8() -> None:
    assert Counter(measure.pillar for measure in measures()) == {
        Pillar.I: 8,
        Pillar.II: 18,
        Pillar.III: 13,
        Pillar.IV: 8,
    }
    assert [measure.position for measure in measures()] == list(range(47))


def test_measures_stand_in_the_strategys_order() -> None:
    keys = [
        (list(Pillar).index(measure.pillar), int(measure.code.split(".")[1]))
        for measure in measures()
    ]
    assert keys == sorted(keys)
    assert all(measure.code.startswith(f"{measure.pillar}.") for measure in measures())


def test_every_theme_has_a_measure() -> None:
    assert {measure.theme for measure in measures()} == set(Theme)


def test_what_binds_the_united_nations_is_no_states_need() -> None:
    not_national = {measure.code for measure in measures() if not measure.national}
    assert {"II.9", "III.1", "III.3", "III.5", "III.6", "IV.5", "IV.6", "IV.7", "IV.8"} <= (
        not_national
    )
    assert not {"II.13", "III.7", "IV.4", "I.8"} & not_national


@pytest.mark.parametrize("level", Level)
def test_every_measure_belongs_to_one_listed_group(level: Level) -> None:
    assert {group_of(code, level) for code in by_code()} == {str(g) for g in groups(level)}
