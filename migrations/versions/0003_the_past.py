"""The past of every record, from the rows as they are now.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from ctai.db.keeping import keep, let_go

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = (
    "activity", "activity_text", "activity_country", "activity_measure", "activity_entity",
    "budget_line", "activity_cell", "assessment", "assessment_entity", "assessment_country",
    "assessment_part", "assessment_measure", "assessment_finding", "follow_up", "request",
    "request_item", "request_answer", "need", "need_country", "source", "partnership_step",
    "need_activity", "enquiry", "consent", "need_test", "need_check", "funding_request",
    "funding_need", "funding_country", "funding_activity", "funding_line", "funding_move",
    "funding_review", "funding_flow", "plan", "plan_item", "plan_milestone", "plan_progress",
    "quarter_report",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "data_moment",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision_before", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_data_moment")),
    )
    op.create_index("ix_data_moment_at", "data_moment", ["at", "number"], unique=False)
    for table in KEPT:
        keep(op.get_bind(), table)
    # What was before is not known: the past begins with the upgrade.
    op.execute(
        "INSERT INTO data_moment (number, at, revision_before) "
        "SELECT number, CURRENT_TIMESTAMP, COALESCE((SELECT MAX(id) FROM revision), 0) "
        "FROM data_version WHERE number > 0"
    )


def downgrade() -> None:
    for table in KEPT:
        let_go(op.get_bind(), table)
        op.drop_table(f"past_{table}")
    op.drop_table("data_moment")
