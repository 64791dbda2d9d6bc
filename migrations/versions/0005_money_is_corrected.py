"""An entry of money that was wrong is taken back by another, which names it and is negative.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from ctai.db.keeping import keep, let_go

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

POSITIVE = "ck_funding_flow_amount_positive"
SIGNED = "ck_funding_flow_amount_signed"
FOREIGN = "fk_funding_flow_reverses_id_funding_flow"
UNIQUE = "uq_funding_flow_reverses_id"


def upgrade() -> None:
    let_go(op.get_bind(), "funding_flow")
    with op.batch_alter_table("funding_flow") as batch:
        batch.add_column(sa.Column("reverses_id", sa.Integer(), nullable=True))
        batch.drop_constraint(op.f(POSITIVE), type_="check")
        batch.create_check_constraint(
            op.f(SIGNED), sa.text("amount <> 0 AND (amount < 0) = (reverses_id IS NOT NULL)")
        )
        batch.create_foreign_key(op.f(FOREIGN), "funding_flow", ["reverses_id"], ["id"])
        batch.create_unique_constraint(op.f(UNIQUE), ["reverses_id"])
    keep(op.get_bind(), "funding_flow")


def downgrade() -> None:
    let_go(op.get_bind(), "funding_flow")
    # Without its reversal an entry that was wrong would count again: both go.
    op.execute(
        "DELETE FROM funding_flow WHERE reverses_id IS NOT NULL OR id IN "
        "(SELECT reverses_id FROM funding_flow WHERE reverses_id IS NOT NULL)"
    )
    with op.batch_alter_table("funding_flow") as batch:
        batch.drop_constraint(op.f(UNIQUE), type_="unique")
        batch.drop_constraint(op.f(FOREIGN), type_="foreignkey")
        batch.drop_constraint(op.f(SIGNED), type_="check")
        batch.create_check_constraint(op.f(POSITIVE), sa.text("amount > 0"))
        batch.drop_column("reverses_id")
    op.drop_column("past_funding_flow", "reverses_id")
    keep(op.get_bind(), "funding_flow")
