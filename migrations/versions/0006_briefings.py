"""Every briefing that is issued is kept: who, when, for whom, from which data, and its hash.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from ctai.models.base import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AUDIENCES = "audience IN ('executive', 'entity', 'state', 'donor', 'public')"
FORMATS = "format IN ('pdf', 'docx', 'pptx')"


def upgrade() -> None:
    op.create_table(
        "briefing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("issued_at", Moment(timezone=True), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=True),
        sa.Column("countries", sa.String(), nullable=False),
        sa.Column("pillars", sa.String(), nullable=False),
        sa.Column("lang", sa.String(length=10), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("as_of_number", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=True),
        sa.Column("since_number", sa.Integer(), nullable=True),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(AUDIENCES, name=op.f("ck_briefing_audience_known")),
        sa.CheckConstraint(FORMATS, name=op.f("ck_briefing_format_known")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_briefing_digest_whole")),
        sa.CheckConstraint(
            "(since IS NULL) = (since_number IS NULL)", name=op.f("ck_briefing_since_numbered")
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_briefing_entity_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
    )
    op.create_index("ix_briefing_issued_by", "briefing", ["issued_by", "id"])


def downgrade() -> None:
    op.drop_index("ix_briefing_issued_by", table_name="briefing")
    op.drop_table("briefing")
