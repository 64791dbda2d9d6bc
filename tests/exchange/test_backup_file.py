"""A backup's file gives back any value that a database may hold."""

import io
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ctai.exchange.backup_file import Reader, Writer

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(),
    st.datetimes(min_value=datetime(1, 1, 2), timezones=st.just(UTC)),  # noqa: DTZ001
)
COLUMNS = ("one", "two", "three")


@given(
    st.dictionaries(
        st.sampled_from(["a", "b_c"]), st.lists(st.lists(VALUES, min_size=3, max_size=3))
    )
)
def test_any_rows_come_back_as_they_were(tables: dict[str, list[list[object]]]) -> None:
    file = io.BytesIO()
    writer = Writer(file)
    for name, rows in tables.items():
        writer.table(name, COLUMNS, rows)
    manifest = writer.close("0008", 7)
    reader = Reader(file, "all.zip")
    assert reader.manifest == manifest
    for name, rows in tables.items():
        found = list(reader.rows(name))
        assert found == rows
        assert [list(map(type, row)) for row in found] == [list(map(type, row)) for row in rows]
