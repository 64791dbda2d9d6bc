"""The language in which a need, an assessment or a request was written; None where nobody says.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

from ctai.db.keeping import keep, let_go

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("assessment", "request", "need")
KNOWN = "('en', 'fr', 'ar', 'es', 'zh', 'ru')"


def upgrade() -> None:
    for table in TABLES:
        let_go(op.get_bind(), table)
        # With its check in the column, no database has to copy the table.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN language VARCHAR(8) "
            f"CONSTRAINT ck_{table}_language_known CHECK (language IN {KNOWN})"
        )
        keep(op.get_bind(), table)


def downgrade() -> None:
    for table in TABLES:
        let_go(op.get_bind(), table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN language")
        op.execute(f"ALTER TABLE past_{table} DROP COLUMN language")
        keep(op.get_bind(), table)
