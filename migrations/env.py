"""How Alembic reaches the database and the models; the URL comes from ctai.db."""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from ctai.db import make_engine
from ctai.models import Base


def plain_types(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types into migrations as what the database sees, so that old ones last."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        impl = item.impl
        length = getattr(impl, "length", None)
        zone = ", ".join(
            part
            for part in (
                f"length={length}" if length else "",
                "timezone=True" if getattr(impl, "timezone", False) else "",
            )
            if part
        )
        return f"sa.{type(impl).__name__}({zone})"
    return False


engine = make_engine(context.config.attributes["url"])
with engine.connect() as connection:
    if engine.dialect.name == "sqlite":
        # To change a table SQLite copies and drops it, which would take its children along.
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=plain_types,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
