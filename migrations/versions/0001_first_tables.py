"""First tables.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Revisions are only ever added: the database itself refuses to change or delete one.
FROZEN = {
    "sqlite": (
        "CREATE TRIGGER revision_frozen_update BEFORE UPDATE ON revision "
        "BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END",
        "CREATE TRIGGER revision_frozen_delete BEFORE DELETE ON revision "
        "BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION revision_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'revisions are append-only'; END $$",
        "CREATE TRIGGER revision_frozen BEFORE UPDATE OR DELETE ON revision "
        "FOR EACH ROW EXECUTE FUNCTION revision_frozen()",
    ),
}


def upgrade() -> None:

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_as_of", sa.String(length=10), nullable=True),
        sa.Column("planned_start", sa.String(length=10), nullable=True),
        sa.Column("planned_end", sa.String(length=10), nullable=True),
        sa.Column("actual_start", sa.String(length=10), nullable=True),
        sa.Column("actual_end", sa.String(length=10), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('requested', 'planned', 'ongoing', 'completed', 'cancelled', 'suspended', 'unknown')",
            name=op.f("ck_activity_status_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'un_system', 'restricted')",
            name=op.f("ck_activity_visibility_known"),
        ),
        sa.CheckConstraint(
            "length(actual_end) IN (4, 7, 10)", name=op.f("ck_activity_actual_end_dated")
        ),
        sa.CheckConstraint(
            "length(actual_start) IN (4, 7, 10)", name=op.f("ck_activity_actual_start_dated")
        ),
        sa.CheckConstraint(
            "length(planned_end) IN (4, 7, 10)", name=op.f("ck_activity_planned_end_dated")
        ),
        sa.CheckConstraint(
            "length(planned_start) IN (4, 7, 10)", name=op.f("ck_activity_planned_start_dated")
        ),
        sa.CheckConstraint(
            "length(status_as_of) IN (4, 7, 10)", name=op.f("ck_activity_status_as_of_dated")
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_activity_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["activity.id"], name=op.f("fk_activity_parent_id_activity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("source_key", name=op.f("uq_activity_source_key")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("ix_activity_changed", ["changed_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            "ix_activity_stale", ["status", "status_as_of", "visibility"], unique=False
        )

    op.create_table(
        "data_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_version")),
    )
    op.create_table(
        "entity",
        sa.Column("acronym", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("pillars", sa.String(), nullable=False),
        sa.Column("iati_org_ref", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('member', 'observer', 'external', 'donor')", name=op.f("ck_entity_kind_known")
        ),
        sa.PrimaryKeyConstraint("acronym", name=op.f("pk_entity")),
    )
    with op.batch_alter_table("entity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entity_kind"), ["kind"], unique=False)

    op.create_table(
        "measure",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("pillar", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("national", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "pillar IN ('I', 'II', 'III', 'IV')", name=op.f("ck_measure_pillar_known")
        ),
        sa.CheckConstraint(
            "theme IN ('development', 'education', 'legal', 'justice', 'police', 'borders', 'transport', 'financing', 'cbrn', 'targets', 'rights', 'victims', 'coordination')",
            name=op.f("ck_measure_theme_known"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_measure")),
    )
    op.create_table(
        "member_state",
        sa.Column("iso3", sa.String(length=3), nullable=False),
        sa.Column("iso2", sa.String(length=2), nullable=False),
        sa.Column("m49", sa.String(length=3), nullable=False),
        sa.Column("region", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_fr", sa.String(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_ar", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('member', 'observer')", name=op.f("ck_member_state_kind_known")
        ),
        sa.CheckConstraint("length(iso3) = 3", name=op.f("ck_member_state_iso3_length")),
        sa.PrimaryKeyConstraint("iso3", name=op.f("pk_member_state")),
        sa.UniqueConstraint("iso2", name=op.f("uq_member_state_iso2")),
        sa.UniqueConstraint("m49", name=op.f("uq_member_state_m49")),
    )
    with op.batch_alter_table("member_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_state_region"), ["region"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.CheckConstraint(
            "record_kind IN ('activity', 'assessment', 'request', 'need', 'user', 'reference')",
            name=op.f("ck_revision_record_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(
            "ix_revision_at", ["at", "record_kind", "field", "record_id"], unique=False
        )
        batch_op.create_index(
            "ix_revision_record", ["record_kind", "record_id", "id"], unique=False
        )

    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("published", sa.String(length=10), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("claim_field", sa.String(), nullable=False),
        sa.Column("claim_value", sa.String(), nullable=False),
        sa.CheckConstraint(
            "record_kind IN ('activity', 'assessment', 'request', 'need', 'user', 'reference')",
            name=op.f("ck_source_record_kind_known"),
        ),
        sa.CheckConstraint(
            "length(published) IN (4, 7, 10)", name=op.f("ck_source_published_dated")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index("ix_source_record", ["record_kind", "record_id"], unique=False)

    op.create_table(
        "activity_cell",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(length=3), nullable=False),
        sa.Column("measure", sa.String(length=6), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("scale", sa.Float(), nullable=False),
        sa.Column("fades_from", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.String(length=10), nullable=True),
        sa.Column("start_year", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_activity_cell_activity", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("activity_id", "iso3", "measure", name=op.f("pk_activity_cell")),
    )
    with op.batch_alter_table("activity_cell", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activity_cell_counting",
            [
                "iso3",
                "measure",
                "status",
                "visibility",
                "is_main",
                "start_year",
                "fades_from",
                "weight",
                "scale",
                "as_of",
                "activity_id",
            ],
            unique=False,
        )

    op.create_table(
        "activity_country",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.Column("share_pct", sa.Float(), nullable=True),
        sa.CheckConstraint(
            "share_pct > 0 AND share_pct <= 100", name=op.f("ck_activity_country_share_in_bounds")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_country_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_activity_country_iso3_member_state")
        ),
        sa.PrimaryKeyConstraint("activity_id", "iso3", name=op.f("pk_activity_country")),
    )
    with op.batch_alter_table("activity_country", schema=None) as batch_op:
        batch_op.create_index("ix_activity_country_iso3", ["iso3", "activity_id"], unique=False)

    op.create_table(
        "activity_entity",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.CheckConstraint("role BETWEEN 1 AND 4", name=op.f("ck_activity_entity_role_known")),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_entity_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_activity_entity_entity_entity")
        ),
        sa.PrimaryKeyConstraint("activity_id", "entity", "role", name=op.f("pk_activity_entity")),
    )
    with op.batch_alter_table("activity_entity", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activity_entity_entity", ["entity", "role", "activity_id"], unique=False
        )

    op.create_table(
        "activity_measure",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('inferred', 'confirmed')", name=op.f("ck_activity_measure_basis_known")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_measure_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["measure"], ["measure.code"], name=op.f("fk_activity_measure_measure_measure")
        ),
        sa.PrimaryKeyConstraint("activity_id", "measure", name=op.f("pk_activity_measure")),
    )
    with op.batch_alter_table("activity_measure", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activity_measure_measure", ["measure", "activity_id"], unique=False
        )

    op.create_table(
        "activity_text",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.CheckConstraint(
            "language IN ('en', 'fr', 'ar', 'es', 'zh', 'ru')",
            name=op.f("ck_activity_text_language_known"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_text_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "language", name=op.f("pk_activity_text")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("disclosed", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "disclosed IN ('yes', 'partly', 'withheld', 'unknown')",
            name=op.f("ck_assessment_disclosed_known"),
        ),
        sa.CheckConstraint(
            "status IN ('requested', 'planned', 'ongoing', 'completed', 'cancelled', 'suspended', 'unknown')",
            name=op.f("ck_assessment_status_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'un_system', 'restricted')",
            name=op.f("ck_assessment_visibility_known"),
        ),
        sa.ForeignKeyConstraint(
            ["lead"], ["entity.acronym"], name=op.f("fk_assessment_lead_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("source_key", name=op.f("uq_assessment_source_key")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_lead"), ["lead"], unique=False)

    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("spans_countries", sa.Boolean(), nullable=False),
        sa.Column("value_date", sa.String(length=10), nullable=True),
        sa.Column("donor", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('budget', 'pledge', 'commitment', 'disbursement', 'expenditure')",
            name=op.f("ck_budget_line_kind_known"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_budget_line_amount_positive")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_budget_line_currency_length")),
        sa.CheckConstraint(
            "length(value_date) IN (4, 7, 10)", name=op.f("ck_budget_line_value_date_dated")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_budget_line_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["donor"], ["entity.acronym"], name=op.f("fk_budget_line_donor_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
    )
    with op.batch_alter_table("budget_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_budget_line_activity_id"), ["activity_id"], unique=False
        )

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.CheckConstraint("length(since) IN (4, 7, 10)", name=op.f("ck_membership_since_dated")),
        sa.CheckConstraint("length(until) IN (4, 7, 10)", name=op.f("ck_membership_until_dated")),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_membership_entity_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_entity"), ["entity"], unique=False)

    op.create_table(
        "partnership_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("happened", sa.String(length=10), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.CheckConstraint(
            "step IN ('requested', 'active', 'suspended', 'resumed', 'concluded')",
            name=op.f("ck_partnership_step_step_known"),
        ),
        sa.CheckConstraint(
            "length(happened) IN (4, 7, 10)", name=op.f("ck_partnership_step_happened_dated")
        ),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_partnership_step_iso3_member_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_step")),
    )
    with op.batch_alter_table("partnership_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_step_iso3"), ["iso3"], unique=False)

    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=True),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("requested_on", sa.String(length=10), nullable=True),
        sa.Column("addressed_to", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('requested', 'planned', 'ongoing', 'completed', 'cancelled', 'suspended', 'unknown')",
            name=op.f("ck_request_status_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'un_system', 'restricted')",
            name=op.f("ck_request_visibility_known"),
        ),
        sa.CheckConstraint(
            "length(requested_on) IN (4, 7, 10)", name=op.f("ck_request_requested_on_dated")
        ),
        sa.ForeignKeyConstraint(
            ["addressed_to"], ["entity.acronym"], name=op.f("fk_request_addressed_to_entity")
        ),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_request_iso3_member_state")
        ),
        sa.ForeignKeyConstraint(
            ["measure"], ["measure.code"], name=op.f("fk_request_measure_measure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("source_key", name=op.f("uq_request_source_key")),
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_iso3"), ["iso3"], unique=False)

    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tokens_void_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('viewer', 'desk_officer', 'focal_point', 'counterpart', 'donor', 'administrator')",
            name=op.f("ck_user_account_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_user_account_entity_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("username", name=op.f("uq_user_account_username")),
    )
    op.create_table(
        "assessment_country",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_country_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_assessment_country_iso3_member_state")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "iso3", name=op.f("pk_assessment_country")),
    )
    with op.batch_alter_table("assessment_country", schema=None) as batch_op:
        batch_op.create_index("ix_assessment_country_iso3", ["iso3", "assessment_id"], unique=False)

    op.create_table(
        "assessment_entity",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_entity_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_assessment_entity_entity_entity")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "entity", name=op.f("pk_assessment_entity")),
    )
    op.create_table(
        "assessment_measure",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('inferred', 'confirmed')", name=op.f("ck_assessment_measure_basis_known")
        ),
        sa.CheckConstraint(
            "finding IN ('need', 'no_need', 'not_recorded')",
            name=op.f("ck_assessment_measure_finding_known"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_measure_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["measure"], ["measure.code"], name=op.f("fk_assessment_measure_measure_measure")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "measure", name=op.f("pk_assessment_measure")),
    )
    op.create_table(
        "assessment_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=True),
        sa.Column("ends", sa.String(length=10), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(ends) IN (4, 7, 10)", name=op.f("ck_assessment_part_ends_dated")
        ),
        sa.CheckConstraint(
            "length(start) IN (4, 7, 10)", name=op.f("ck_assessment_part_start_dated")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_part_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_part")),
    )
    with op.batch_alter_table("assessment_part", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_part_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("done_on", sa.String(length=10), nullable=True),
        sa.CheckConstraint(
            "length(done_on) IN (4, 7, 10)", name=op.f("ck_follow_up_done_on_dated")
        ),
        sa.CheckConstraint("length(due) IN (4, 7, 10)", name=op.f("ck_follow_up_due_dated")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_follow_up_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_follow_up_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("wanted_by", sa.String(length=10), nullable=True),
        sa.Column("evidence_kind", sa.String(), nullable=False),
        sa.Column("evidence_body", sa.String(), nullable=False),
        sa.Column("evidence_title", sa.String(), nullable=False),
        sa.Column("evidence_date", sa.String(length=10), nullable=True),
        sa.Column("evidence_ref", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_as_of", sa.String(length=10), nullable=True),
        sa.Column("disclosed", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("basis IN ('inferred', 'confirmed')", name=op.f("ck_need_basis_known")),
        sa.CheckConstraint(
            "disclosed IN ('yes', 'partly', 'withheld', 'unknown')",
            name=op.f("ck_need_disclosed_known"),
        ),
        sa.CheckConstraint(
            "evidence_kind IN ('assessment', 'rating', 'recommendation', 'request')",
            name=op.f("ck_need_evidence_kind_known"),
        ),
        sa.CheckConstraint(
            "severity IN ('high', 'medium', 'low')", name=op.f("ck_need_severity_known")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'partly_addressed', 'addressed', 'withdrawn')",
            name=op.f("ck_need_state_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'un_system', 'restricted')",
            name=op.f("ck_need_visibility_known"),
        ),
        sa.CheckConstraint(
            "length(evidence_date) IN (4, 7, 10)", name=op.f("ck_need_evidence_date_dated")
        ),
        sa.CheckConstraint(
            "length(state_as_of) IN (4, 7, 10)", name=op.f("ck_need_state_as_of_dated")
        ),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_need_title_present")),
        sa.CheckConstraint("length(wanted_by) IN (4, 7, 10)", name=op.f("ck_need_wanted_by_dated")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_need_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["measure"], ["measure.code"], name=op.f("fk_need_measure_measure")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_need_request_id_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("code", name=op.f("uq_need_code")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_measure"), ["measure"], unique=False)

    op.create_table(
        "request_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("answered_on", sa.String(length=10), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(answered_on) IN (4, 7, 10)", name=op.f("ck_request_answer_answered_on_dated")
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_request_answer_entity_entity")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["request.id"],
            name=op.f("fk_request_answer_request_id_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_answer")),
    )
    with op.batch_alter_table("request_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_answer_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "user_country",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_user_country_iso3_member_state")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_user_country_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "iso3", name=op.f("pk_user_country")),
    )
    op.create_table(
        "need_country",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_need_country_iso3_member_state")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_need_country_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("need_id", "iso3", name=op.f("pk_need_country")),
        sa.UniqueConstraint("code", name=op.f("uq_need_country_code")),
    )
    with op.batch_alter_table("need_country", schema=None) as batch_op:
        batch_op.create_index("ix_need_country_iso3", ["iso3", "need_id"], unique=False)
    for statement in FROZEN[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:

    with op.batch_alter_table("need_country", schema=None) as batch_op:
        batch_op.drop_index("ix_need_country_iso3")

    op.drop_table("need_country")
    op.drop_table("user_country")
    with op.batch_alter_table("request_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_answer_request_id"))

    op.drop_table("request_answer")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_measure"))

    op.drop_table("need")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_assessment_id"))

    op.drop_table("follow_up")
    with op.batch_alter_table("assessment_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_part_assessment_id"))

    op.drop_table("assessment_part")
    op.drop_table("assessment_measure")
    op.drop_table("assessment_entity")
    with op.batch_alter_table("assessment_country", schema=None) as batch_op:
        batch_op.drop_index("ix_assessment_country_iso3")

    op.drop_table("assessment_country")
    op.drop_table("user_account")
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_iso3"))

    op.drop_table("request")
    with op.batch_alter_table("partnership_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_step_iso3"))

    op.drop_table("partnership_step")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_entity"))

    op.drop_table("membership")
    with op.batch_alter_table("budget_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budget_line_activity_id"))

    op.drop_table("budget_line")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_lead"))

    op.drop_table("assessment")
    op.drop_table("activity_text")
    with op.batch_alter_table("activity_measure", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_measure_measure")

    op.drop_table("activity_measure")
    with op.batch_alter_table("activity_entity", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_entity_entity")

    op.drop_table("activity_entity")
    with op.batch_alter_table("activity_country", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_country_iso3")

    op.drop_table("activity_country")
    with op.batch_alter_table("activity_cell", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_cell_counting")

    op.drop_table("activity_cell")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index("ix_source_record")

    op.drop_table("source")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("ix_revision_record")
        batch_op.drop_index("ix_revision_at")

    op.drop_table("revision")
    with op.batch_alter_table("member_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_state_region"))

    op.drop_table("member_state")
    op.drop_table("measure")
    with op.batch_alter_table("entity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entity_kind"))

    op.drop_table("entity")
    op.drop_table("data_version")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_stale")
        batch_op.drop_index(batch_op.f("ix_activity_parent_id"))
        batch_op.drop_index("ix_activity_changed")

    op.drop_table("activity")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS revision_frozen")
