"""Reading the past: views that stand before the tables, so that every read works unchanged."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table

from ctai.models.base import Base
from ctai.models.past import KEPT, LEVEL_OF, SINCE, UNTIL

_LEVEL = "visibility"


def stand_before(connection: Connection, as_of: int) -> None:
    """Have a connection read every kept table as it was at a number of the data version.

    Temporary views take the tables' names until the caller rolls the transaction back. A row is
    never more open than the record is today: its visibility is the narrower one of then and now.
    """
    schema = connection.dialect.default_schema_name or "main"
    views = [*_views(schema, int(as_of)), _revisions(schema, int(as_of))]
    # By the driver: SQLAlchemy's compiled statements and its transaction know nothing of it.
    driver = connection.connection
    cursor = driver.cursor()
    try:
        for view in ["; ".join(views)] if connection.dialect.name == "postgresql" else views:
            cursor.execute(view)
    finally:
        cursor.close()


def _views(schema: str, as_of: int) -> Iterator[str]:
    for name in KEPT:
        table = Base.metadata.tables[name]
        columns = [f'p."{column.name}"' for column in table.columns]
        joined = ""
        if _LEVEL in table.columns:
            there, on = _present(table)
            columns = [
                _narrower if column.name == _LEVEL else f'p."{column.name}"'
                for column in table.columns
            ]
            joined = f'LEFT JOIN "{schema}"."{there}" t ON {on} '
        yield (
            f'CREATE TEMP VIEW "{name}" AS SELECT {", ".join(columns)} '  # noqa: S608  our own names and a number
            f'FROM "{schema}"."past_{name}" p {joined}'
            f"WHERE p.{SINCE} <= {as_of} AND (p.{UNTIL} IS NULL OR p.{UNTIL} > {as_of})"
        )


_narrower = (
    "CASE WHEN t.visibility IS NULL OR 'restricted' IN (p.visibility, t.visibility) "
    "THEN 'restricted' WHEN 'un_system' IN (p.visibility, t.visibility) THEN 'un_system' "
    "ELSE 'public' END AS visibility"
)
"""A record that is not there any more is restricted."""


def _present(table: Table) -> tuple[str, str]:
    """Say where a row's record stands today, and how it is found."""
    if table.name in LEVEL_OF:
        there, ours, theirs = LEVEL_OF[table.name]
        return there, f't."{theirs}" = p."{ours}"'
    keys = [key.name for key in table.primary_key]
    return table.name, " AND ".join(f't."{key}" = p."{key}"' for key in keys)


def _revisions(schema: str, as_of: int) -> str:
    """Show the revisions that were written up to a number, told by the next one's beginning."""
    columns = ", ".join(f'"{column.name}"' for column in Base.metadata.tables["revision"].columns)
    return (
        f'CREATE TEMP VIEW "revision" AS SELECT {columns} FROM "{schema}"."revision" '  # noqa: S608  our own names and a number
        f'WHERE id <= COALESCE((SELECT revision_before FROM "{schema}"."data_moment" '
        f"WHERE number > {as_of} ORDER BY number LIMIT 1), 9223372036854775807)"
    )
