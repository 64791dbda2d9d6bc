"""Files in and out: provenance, organisations on no list, identifiers, overlap decisions, tokens.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from ctai.db.keeping import keep, let_go
from ctai.models.base import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LAYOUTS = "layout IN ('records', 'needs', 'iati', 'tagged', 'template')"
STATES = "state IN ('open', 'taken', 'left')"
JUDGEMENTS = "judgement IN ('duplicate', 'same_money', 'complementary', 'conflict', 'apart')"
KINDS = (
    "record_kind IN ('activity', 'assessment', 'request', 'need', 'funding_request', 'plan', "
    "'proposal', 'reporting', 'user', 'reference')"
)
SIX = "language IN ('en', 'fr', 'ar', 'es', 'zh', 'ru')"
TAG = "length(language) BETWEEN 2 AND 8"
WIDENED = ("activity", "activity_measure", "activity_text")
NEW_PARTS = ("activity_organisation", "activity_identifier")
NEW_TABLES = (
    "saved_view",
    "api_token",
    "overlap_decision",
    "column_meaning",
    "offered_value",
    "arrived_record",
    "arrived_file",
)


def upgrade() -> None:
    _widen_activities()
    _parts_of_activities()
    for table in (*WIDENED, *NEW_PARTS):
        keep(op.get_bind(), table)
    _arrivals()
    _offers_and_meanings()
    _overlap()
    _access()


def _widen_activities() -> None:
    for table in WIDENED:
        let_go(op.get_bind(), table)
    op.add_column(
        "activity", sa.Column("source_status", sa.String(), nullable=False, server_default="")
    )
    op.add_column(
        "activity_measure", sa.Column("rule", sa.String(), nullable=False, server_default="")
    )
    with op.batch_alter_table("activity_text") as batch:
        batch.drop_constraint(op.f("ck_activity_text_language_known"), type_="check")
        batch.alter_column("language", existing_type=sa.String(2), type_=sa.String(8))
        batch.create_check_constraint(op.f("ck_activity_text_language_tag"), sa.text(TAG))
    with op.batch_alter_table("past_activity_text") as batch:
        batch.alter_column("language", existing_type=sa.String(2), type_=sa.String(8))


def _parts_of_activities() -> None:
    op.create_table(
        "activity_organisation",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint(
            "role BETWEEN 1 AND 4", name=op.f("ck_activity_organisation_role_known")
        ),
        _of_activity("activity_organisation"),
        sa.PrimaryKeyConstraint("activity_id", "position", name=op.f("pk_activity_organisation")),
    )
    op.create_index("ix_activity_organisation_ref", "activity_organisation", ["ref", "activity_id"])
    op.create_table(
        "activity_identifier",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        _of_activity("activity_identifier"),
        sa.PrimaryKeyConstraint(
            "activity_id", "kind", "value", name=op.f("pk_activity_identifier")
        ),
    )
    op.create_index("ix_activity_identifier_value", "activity_identifier", ["value", "activity_id"])


def _of_activity(table: str, column: str = "activity_id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_activity")
    return sa.ForeignKeyConstraint([column], ["activity.id"], name=name, ondelete="CASCADE")


def _arrivals() -> None:
    op.create_table(
        "arrived_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("brought_by", sa.String(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=True),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.CheckConstraint(LAYOUTS, name=op.f("ck_arrived_file_layout_known")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_arrived_file_digest_whole")),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_arrived_file_entity_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrived_file")),
    )
    op.create_index("ix_arrived_file_digest", "arrived_file", ["digest"])
    op.create_table(
        "arrived_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_arrived_record_record_kind_known")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["arrived_file.id"], name=op.f("fk_arrived_record_file_id_arrived_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrived_record")),
    )
    op.create_index("ix_arrived_record_file", "arrived_record", ["file_id", "id"])
    op.create_index(
        "ix_arrived_record_record", "arrived_record", ["record_kind", "record_id", "id"]
    )


def _offers_and_meanings() -> None:
    op.create_table(
        "offered_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("arrived_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("ours", sa.String(), nullable=False),
        sa.Column("theirs", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", Moment(timezone=True), nullable=True),
        sa.CheckConstraint(STATES, name=op.f("ck_offered_value_state_known")),
        sa.ForeignKeyConstraint(
            ["arrived_id"],
            ["arrived_record.id"],
            name=op.f("fk_offered_value_arrived_id_arrived_record"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offered_value")),
    )
    op.create_index(
        "ix_offered_value_arrived", "offered_value", ["arrived_id", "field"], unique=True
    )
    op.create_index("ix_offered_value_state", "offered_value", ["state", "id"])
    op.create_table(
        "column_meaning",
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("header", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("entity", "header", name=op.f("pk_column_meaning")),
    )


def _overlap() -> None:
    op.create_table(
        "overlap_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("own_key", sa.String(), nullable=False),
        sa.Column("other_key", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", Moment(timezone=True), nullable=False),
        sa.CheckConstraint(JUDGEMENTS, name=op.f("ck_overlap_decision_judgement_known")),
        sa.CheckConstraint("activity_id < other_id", name=op.f("ck_overlap_decision_in_order")),
        _of_activity("overlap_decision"),
        _of_activity("overlap_decision", "other_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overlap_decision")),
        sa.UniqueConstraint(
            "activity_id", "other_id", name=op.f("uq_overlap_decision_activity_id_other_id")
        ),
    )
    op.create_index("ix_overlap_decision_other", "overlap_decision", ["other_id", "activity_id"])


def _access() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("hint", sa.String(length=12), nullable=False),
        sa.Column("made_at", Moment(timezone=True), nullable=False),
        sa.Column("expires_at", Moment(timezone=True), nullable=False),
        sa.Column("used_at", Moment(timezone=True), nullable=True),
        sa.Column("revoked_at", Moment(timezone=True), nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_api_token_digest_whole")),
        _of_user("api_token"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    op.create_index("ix_api_token_user", "api_token", ["user_id", "id"])
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.Column("made_at", Moment(timezone=True), nullable=False),
        _of_user("saved_view"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sqlite_autoincrement=True,  # an address must never lead to another list
    )
    op.create_index("ix_saved_view_user", "saved_view", ["user_id", "id"])


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id_user_account")
    return sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    for table in NEW_TABLES:
        op.drop_table(table)
    for table in (*WIDENED, *NEW_PARTS):
        let_go(op.get_bind(), table)
    for table in NEW_PARTS:
        op.drop_table(table)
        op.drop_table(f"past_{table}")
    # The earlier tables have no place for a text in another language than the six.
    op.execute(f"DELETE FROM activity_text WHERE NOT ({SIX})")  # noqa: S608  our own constant
    op.execute(f"DELETE FROM past_activity_text WHERE NOT ({SIX})")  # noqa: S608  our own constant
    with op.batch_alter_table("past_activity_text") as batch:
        batch.alter_column("language", existing_type=sa.String(8), type_=sa.String(2))
    with op.batch_alter_table("activity_text") as batch:
        batch.drop_constraint(op.f("ck_activity_text_language_tag"), type_="check")
        batch.alter_column("language", existing_type=sa.String(8), type_=sa.String(2))
        batch.create_check_constraint(op.f("ck_activity_text_language_known"), sa.text(SIX))
    for table, column in (("activity_measure", "rule"), ("activity", "source_status")):
        op.drop_column(table, column)
        op.drop_column(f"past_{table}", column)
    for table in WIDENED:
        keep(op.get_bind(), table)
