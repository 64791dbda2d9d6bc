"""A file says in which language its titles are, or nobody does."""

from ctai.exchange.records_in import read_embedded
from tests.exchange.files import csv_file, need, read, record


def test_a_file_without_the_column_says_nothing_of_the_language() -> None:
    (row,) = read(csv_file(need()))
    assert row.draft is not None
    assert getattr(row.draft, "language", "") is None


def test_a_column_of_the_language_is_read() -> None:
    for line in (need(), record(kind="request")):
        (row,) = read(csv_file(line | {"language": "FR"}))
        assert getattr(row.draft, "language", "") == "fr"


def test_titles_of_the_files_that_come_with_the_app_are_english() -> None:
    for line in (need(), record(kind="request")):
        (row,) = read_embedded(csv_file(line), {})
        assert getattr(row.draft, "language", "") == "en"
