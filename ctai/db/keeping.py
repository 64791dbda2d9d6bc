"""Keeping the past: the tables and triggers that no way of writing can go round."""

from collections.abc import Iterable
from string import Template

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Table, inspect

from ctai.models.past import SINCE, UNTIL, past_name

_NUMBER = "COALESCE((SELECT number FROM data_version WHERE id = 1), 0)"
"""The data version, which every transaction raises before it writes; 0 before the first."""
_FORGET = (
    'DELETE FROM "past_$table" WHERE $is_old AND until_number IS NULL AND since_number = $number'
)
_END = 'UPDATE "past_$table" SET until_number = $number WHERE $is_old AND until_number IS NULL'
"""A row that came and went within one number leaves no span: nobody ever saw it."""
_BEGIN = (
    'INSERT INTO "past_$table" ($columns, since_number, until_number) VALUES ($new, $number, NULL)'
)
_COPY = (
    'INSERT INTO "past_$table" ($columns, since_number, until_number) '
    'SELECT $columns, $number, NULL FROM "$table"'
)

_DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS keep_${table}_insert",
        "DROP TRIGGER IF EXISTS keep_${table}_update",
        "DROP TRIGGER IF EXISTS keep_${table}_delete",
    ),
    "postgresql": (
        'DROP TRIGGER IF EXISTS keep_${table} ON "$table"',
        "DROP FUNCTION IF EXISTS keep_${table}()",
    ),
}
_CREATE = {
    "sqlite": (
        f'CREATE TRIGGER keep_${{table}}_insert AFTER INSERT ON "$table" BEGIN {_BEGIN}; END',
        f'CREATE TRIGGER keep_${{table}}_update AFTER UPDATE ON "$table" '
        f"BEGIN {_FORGET}; {_END}; {_BEGIN}; END",
        f'CREATE TRIGGER keep_${{table}}_delete AFTER DELETE ON "$table" '
        f"BEGIN {_FORGET}; {_END}; END",
    ),
    "postgresql": (
        "CREATE FUNCTION keep_${table}() RETURNS trigger LANGUAGE plpgsql AS $$$$ "
        f"DECLARE present integer := {_NUMBER}; BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {_FORGET}; IF NOT FOUND THEN {_END}; END IF; END IF; "
        f"IF TG_OP <> 'DELETE' THEN {_BEGIN}; END IF; "
        "RETURN NULL; END $$$$",
        'CREATE TRIGGER keep_${table} AFTER INSERT OR UPDATE OR DELETE ON "$table" '
        "FOR EACH ROW EXECUTE FUNCTION keep_${table}()",
    ),
}


def keep(connection: Connection, table: str) -> None:
    """Keep a table's past from now on: for the migration that makes the table, or changes it.

    Makes the past where there is none, beginning with the rows as they are; gives it the columns
    that the table has gained, of which it then knows what is there now; and makes the triggers
    anew, which SQLite drops when it copies a table to change it.
    """
    there = inspect(connection)
    columns = {found["name"]: found["type"] for found in there.get_columns(table)}
    if not there.has_table(past_name(table)):
        _make(connection, table)
        _run(connection, (_COPY,), table, columns)
    kept = {found["name"] for found in there.get_columns(past_name(table))}
    for name in columns:
        if name not in kept:
            kind = columns[name].compile(connection.dialect)
            connection.exec_driver_sql(f'ALTER TABLE "past_{table}" ADD COLUMN "{name}" {kind}')
            _fill(connection, table, name)
    let_go(connection, table)
    _run(connection, _CREATE[connection.dialect.name], table, columns)


def let_go(connection: Connection, table: str) -> None:
    """Stop keeping a table: before a migration rewrites its rows, or when it goes."""
    _run(connection, _DROP[connection.dialect.name], table, ())


def _make(connection: Connection, table: str) -> None:
    """Make a table's past of what the database says of it, not of models that change later."""
    there, name = inspect(connection), past_name(table)
    past = Table(
        name,
        MetaData(),
        *(Column(found["name"], found["type"]) for found in there.get_columns(table)),
        Column(SINCE, Integer, nullable=False),
        Column(UNTIL, Integer),
    )
    keys = there.get_pk_constraint(table)["constrained_columns"]
    Index(f"ix_{name}_key", *(past.c[key] for key in keys), past.c[SINCE])
    for found in there.get_indexes(table):
        if not found["unique"]:
            ways = [past.c[str(column)] for column in found["column_names"]]
            Index(str(found["name"]).replace("ix_", "ix_past_", 1), *ways, past.c[SINCE])
    past.create(connection)


def _fill(connection: Connection, table: str, column: str) -> None:
    """Give each present span the value that a new column has."""
    same = _same(connection, table, '"$table".', '"past_$table".')
    fill = (
        f'UPDATE "past_$table" SET "{column}" = (SELECT "{column}" FROM "$table" WHERE {same}) '  # noqa: S608  names of our own tables
        "WHERE until_number IS NULL"
    )
    _run(connection, (fill,), table, ())


def _same(connection: Connection, table: str, ours: str, theirs: str) -> str:
    keys = inspect(connection).get_pk_constraint(table)["constrained_columns"]
    return " AND ".join(f'{ours}"{key}" = {theirs}"{key}"' for key in keys)


def _run(
    connection: Connection, statements: tuple[str, ...], table: str, columns: Iterable[str]
) -> None:
    in_plpgsql = connection.dialect.name == "postgresql" and statements is _CREATE["postgresql"]
    places = {
        "table": table,
        "columns": ", ".join(f'"{name}"' for name in columns),
        "new": ", ".join(f'NEW."{name}"' for name in columns),
        "number": "present" if in_plpgsql else _NUMBER,
        "is_old": _same(connection, table, "", "OLD."),
    }
    for statement in statements:
        connection.exec_driver_sql(Template(statement).substitute(places))
