"""A passing file is its maker's alone, for a while."""

from datetime import timedelta

import pytest

from ctai.domain.roles import Role, Viewer
from ctai.files import passing

MAKER, OTHER = Viewer("fay", Role.FOCAL_POINT), Viewer("ann", Role.ADMINISTRATOR)


def test_only_whoever_made_it_takes_it_away() -> None:
    name = passing.keep(MAKER, b"a file")
    assert passing.kept(MAKER, name) == b"a file"
    assert passing.kept(OTHER, name) is None
    assert passing.kept(MAKER, "another") is None


def test_the_same_file_keeps_its_name() -> None:
    assert passing.keep(MAKER, b"same") == passing.keep(MAKER, b"same")
    assert passing.keep(OTHER, b"same") != passing.keep(MAKER, b"same")


def test_it_is_gone_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "KEPT", timedelta(minutes=-1))
    assert passing.kept(MAKER, passing.keep(MAKER, b"old")) is None


def test_the_oldest_goes_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "MOST_BYTES", 20)
    first, second = passing.keep(MAKER, b"1" * 15), passing.keep(MAKER, b"2" * 15)
    assert passing.kept(MAKER, first) is None
    assert passing.kept(MAKER, second) is not None
