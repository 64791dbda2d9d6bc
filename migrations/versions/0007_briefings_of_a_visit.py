"""A briefing can be about one visit: the assessment that it was issued on is kept with it.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FOREIGN = "fk_briefing_visit_assessment"


def upgrade() -> None:
    with op.batch_alter_table("briefing") as batch:
        batch.add_column(sa.Column("visit", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(FOREIGN), "assessment", ["visit"], ["id"])


def downgrade() -> None:
    # Without its visit a briefing would be taken for one of the countries: it goes.
    op.execute("DELETE FROM briefing WHERE visit IS NOT NULL")
    with op.batch_alter_table("briefing") as batch:
        batch.drop_constraint(op.f(FOREIGN), type_="foreignkey")
        batch.drop_column("visit")
