"""From need to delivery: the ladder, funding requests, plans, and what keeps records true.

Revision ID: 0002
Revises: 0001
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = "record_kind IN ('activity', 'assessment', 'request', 'need', {}'user', 'reference')"
NEW_KINDS = "'funding_request', 'plan', 'proposal', 'reporting', "
STATES = "state IN ('open', {}'partly_addressed', 'addressed', 'withdrawn')"
NEW_STATE = "'being_answered', "
NEW_CHECKS = {
    "answered_on_dated": "length(answered_on) IN (4, 7, 10)",
    "cost_rate_date_dated": "length(cost_rate_date) IN (4, 7, 10)",
    "cost_positive": "estimated_cost > 0",
    "cost_whole": "estimated_cost IS NULL OR cost_currency IS NOT NULL",
}
FOREIGN = {"finding_id": "assessment_finding", "request_item_id": "request_item"}
TEXTS = {
    "assessment": (),
    "need": ("for_whom",),
    "request": ("contact_office", "reasons", "national_strategy"),
}
"""New columns of text, empty where nothing is known."""
COUNTED = ("assessment", "request")
"""Records that get a version."""
FROZEN = (
    "CREATE TRIGGER revision_frozen_update BEFORE UPDATE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END",
    "CREATE TRIGGER revision_frozen_delete BEFORE DELETE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END",
)
"""A table that SQLite has copied has lost its triggers."""


def upgrade() -> None:
    _create_tables()
    for table in TEXTS:
        _add_columns(table)
    need = {f"ck_need_{name}": text for name, text in NEW_CHECKS.items()}
    need["ck_need_state_known"] = STATES.format(NEW_STATE)
    _with_checks("need", need, required=(*TEXTS["need"], "changed_at"), foreign=FOREIGN)
    for table in COUNTED:
        _with_checks(table, {}, required=(*TEXTS[table], "version", "changed_at"))
    for table in ("source", "revision"):
        known = KINDS.format(NEW_KINDS)
        _with_checks(table, {f"ck_{table}_record_kind_known": known})
    _freeze()


def downgrade() -> None:
    for table in ("source", "revision"):
        _with_checks(table, {f"ck_{table}_record_kind_known": KINDS.format("")})
    _freeze()
    for table in COUNTED:
        _with_checks(table, {}, dropped=(*TEXTS[table], "version", "changed_at"))
    need: dict[str, str | None] = {f"ck_need_{name}": None for name in NEW_CHECKS}
    need["ck_need_state_known"] = STATES.format("")
    costs = ("estimated_cost", "cost_currency", "cost_rate_usd", "cost_rate_date")
    dropped = (*TEXTS["need"], *costs, *FOREIGN, "answered_on", "changed_at")
    _with_checks("need", need, dropped=dropped, foreign=FOREIGN)
    _drop_tables()


def _add_columns(table: str) -> None:
    """Add a table's new columns, filled; those that must not be empty are required afterwards."""
    columns: list[sa.Column[Any]] = [
        sa.Column(name, sa.String(), nullable=True) for name in TEXTS[table]
    ]
    columns.append(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    if table in COUNTED:
        columns.append(sa.Column("version", sa.Integer(), nullable=True))
    if table == "need":
        columns += [
            sa.Column("estimated_cost", sa.BigInteger(), nullable=True),
            sa.Column("cost_currency", sa.String(length=3), nullable=True),
            sa.Column("cost_rate_usd", sa.BigInteger(), nullable=True),
            sa.Column("cost_rate_date", sa.String(length=10), nullable=True),
            sa.Column("answered_on", sa.String(length=10), nullable=True),
            *(sa.Column(name, sa.Integer(), nullable=True) for name in FOREIGN),
        ]
    for column in columns:
        op.add_column(table, column)
    filled = sa.table(
        table, *(sa.column(column.name) for column in columns), sa.column("created_at")
    )
    values: dict[str, Any] = dict.fromkeys(TEXTS[table], "")
    values["changed_at"] = filled.c.created_at
    if table in COUNTED:
        values["version"] = 1
    op.execute(filled.update().values(values))


def _with_checks(
    table: str,
    changed: Mapping[str, str | None],
    *,
    required: Sequence[str] = (),
    dropped: Sequence[str] = (),
    foreign: Mapping[str, str] | None = None,
) -> None:
    """Change a table's checks, columns and keys; None drops a check."""
    found = {c["name"] for c in sa.inspect(op.get_bind()).get_check_constraints(table)}
    is_copied = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table(table, recreate="always" if is_copied else "never") as batch:
        for name, text in changed.items():
            if name in found:
                batch.drop_constraint(op.f(name), type_="check")
            if text:
                batch.create_check_constraint(op.f(name), sa.text(text))
        for name in required:
            batch.alter_column(name, nullable=False)
        for column, other in (foreign or {}).items():
            key = op.f(f"fk_{table}_{column}_{other}")
            if column in dropped:
                batch.drop_constraint(key, type_="foreignkey")
            else:
                batch.create_foreign_key(key, other, [column], ["id"])
        for name in dropped:
            batch.drop_column(name)


def _freeze() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in FROZEN:
            op.execute(statement)


def _create_tables() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "funding_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("needed_by", sa.String(length=10), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate_usd", sa.BigInteger(), nullable=True),
        sa.Column("rate_date", sa.String(length=10), nullable=True),
        sa.Column("cofunding", sa.BigInteger(), nullable=True),
        sa.Column("cofunding_from", sa.String(), nullable=False),
        sa.Column("risks", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'under_review', 'returned', 'endorsed', 'offered', 'funded', 'declined', 'reported', 'closed', 'withdrawn')",
            name=op.f("ck_funding_request_state_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'un_system', 'restricted')",
            name=op.f("ck_funding_request_visibility_known"),
        ),
        sa.CheckConstraint(
            "cofunding >= 0", name=op.f("ck_funding_request_cofunding_not_negative")
        ),
        sa.CheckConstraint(
            "length(needed_by) IN (4, 7, 10)", name=op.f("ck_funding_request_needed_by_dated")
        ),
        sa.CheckConstraint(
            "length(rate_date) IN (4, 7, 10)", name=op.f("ck_funding_request_rate_date_dated")
        ),
        sa.CheckConstraint("total > 0", name=op.f("ck_funding_request_total_positive")),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_funding_request_entity_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_request")),
        sa.UniqueConstraint("code", name=op.f("uq_funding_request_code")),
    )
    with op.batch_alter_table("funding_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_request_entity"), ["entity"], unique=False)
        batch_op.create_index("ix_funding_request_state", ["state", "state_since"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.String(length=10), nullable=True),
        sa.Column("agreed_with", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR agreed_on IS NOT NULL", name=op.f("ck_plan_agreement_dated")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'agreed', 'superseded')", name=op.f("ck_plan_state_known")
        ),
        sa.CheckConstraint(
            "visibility IN ('public', 'un_system', 'restricted')",
            name=op.f("ck_plan_visibility_known"),
        ),
        sa.CheckConstraint("length(agreed_on) IN (4, 7, 10)", name=op.f("ck_plan_agreed_on_dated")),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_plan_iso3_member_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("iso3", "number", name=op.f("uq_plan_iso3_number")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(
            "ix_plan_one_agreed",
            ["iso3"],
            unique=True,
            sqlite_where=sa.text("state = 'agreed'"),
            postgresql_where=sa.text("state = 'agreed'"),
        )

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_kind", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.CheckConstraint(
            "record_kind IN ('activity', 'assessment', 'request', 'need', 'funding_request', 'plan', 'proposal', 'reporting', 'user', 'reference')",
            name=op.f("ck_proposal_record_kind_known"),
        ),
        sa.CheckConstraint(
            "action IN ('enter', 'amend', 'confirm')", name=op.f("ck_proposal_action_known")
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'accepted', 'returned', 'withdrawn')",
            name=op.f("ck_proposal_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_proposal_entity_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_record", ["record_kind", "record_id"], unique=False)
        batch_op.create_index("ix_proposal_state", ["state", "made_at"], unique=False)

    op.create_table(
        "quarter_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer IN ('reported', 'nothing_to_report')",
            name=op.f("ck_quarter_report_answer_known"),
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_quarter_report_entity_entity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarter_report")),
        sa.UniqueConstraint("entity", "quarter", name=op.f("uq_quarter_report_entity_quarter")),
    )
    op.create_table(
        "trusted_entity",
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("trusted_by", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_trusted_entity_entity_entity")
        ),
        sa.PrimaryKeyConstraint("entity", name=op.f("pk_trusted_entity")),
    )
    op.create_table(
        "assessment_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("disclosed", sa.String(), nullable=False),
        sa.CheckConstraint(
            "disclosed IN ('yes', 'partly', 'withheld', 'unknown')",
            name=op.f("ck_assessment_finding_disclosed_known"),
        ),
        sa.CheckConstraint(
            "severity IN ('high', 'medium', 'low')",
            name=op.f("ck_assessment_finding_severity_known"),
        ),
        sa.CheckConstraint(
            "(length(finding) > 0) <> (disclosed = 'withheld')",
            name=op.f("ck_assessment_finding_finding_present"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_assessment_finding_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["measure"], ["measure.code"], name=op.f("fk_assessment_finding_measure_measure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_finding")),
    )
    with op.batch_alter_table("assessment_finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_finding_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "form_draft",
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["username"],
            ["user_account.username"],
            name=op.f("fk_form_draft_username_user_account"),
        ),
        sa.PrimaryKeyConstraint("username", "form", name=op.f("pk_form_draft")),
    )
    op.create_table(
        "funding_activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts", sa.String(length=10), nullable=True),
        sa.Column("ends", sa.String(length=10), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "length(ends) IN (4, 7, 10)", name=op.f("ck_funding_activity_ends_dated")
        ),
        sa.CheckConstraint(
            "length(starts) IN (4, 7, 10)", name=op.f("ck_funding_activity_starts_dated")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_funding_activity_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["funding_request.id"],
            name=op.f("fk_funding_activity_request_id_funding_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_activity")),
        sa.UniqueConstraint(
            "request_id", "position", name=op.f("uq_funding_activity_request_id_position")
        ),
    )
    op.create_table(
        "funding_country",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_funding_country_iso3_member_state")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["funding_request.id"],
            name=op.f("fk_funding_country_request_id_funding_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request_id", "iso3", name=op.f("pk_funding_country")),
    )
    with op.batch_alter_table("funding_country", schema=None) as batch_op:
        batch_op.create_index("ix_funding_country_iso3", ["iso3", "request_id"], unique=False)

    op.create_table(
        "funding_flow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("donor", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate_usd", sa.BigInteger(), nullable=True),
        sa.Column("rate_date", sa.String(length=10), nullable=True),
        sa.Column("happened", sa.String(length=10), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('pledge', 'commitment', 'disbursement', 'expenditure')",
            name=op.f("ck_funding_flow_kind_known"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_funding_flow_amount_positive")),
        sa.CheckConstraint(
            "length(happened) IN (4, 7, 10)", name=op.f("ck_funding_flow_happened_dated")
        ),
        sa.CheckConstraint(
            "length(rate_date) IN (4, 7, 10)", name=op.f("ck_funding_flow_rate_date_dated")
        ),
        sa.ForeignKeyConstraint(
            ["donor"], ["entity.acronym"], name=op.f("fk_funding_flow_donor_entity")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["funding_request.id"],
            name=op.f("fk_funding_flow_request_id_funding_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_flow")),
    )
    with op.batch_alter_table("funding_flow", schema=None) as batch_op:
        batch_op.create_index("ix_funding_flow_request", ["request_id", "kind"], unique=False)

    op.create_table(
        "funding_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("activity_position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_funding_line_amount_positive")),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["funding_request.id"],
            name=op.f("fk_funding_line_request_id_funding_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_line")),
        sa.UniqueConstraint(
            "request_id", "position", name=op.f("uq_funding_line_request_id_position")
        ),
    )
    op.create_table(
        "funding_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=True),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.CheckConstraint(
            "from_state IN ('draft', 'submitted', 'under_review', 'returned', 'endorsed', 'offered', 'funded', 'declined', 'reported', 'closed', 'withdrawn')",
            name=op.f("ck_funding_move_from_state_known"),
        ),
        sa.CheckConstraint(
            "to_state IN ('draft', 'submitted', 'under_review', 'returned', 'endorsed', 'offered', 'funded', 'declined', 'reported', 'closed', 'withdrawn')",
            name=op.f("ck_funding_move_to_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["funding_request.id"],
            name=op.f("fk_funding_move_request_id_funding_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_move")),
        sa.UniqueConstraint(
            "request_id", "sequence", name=op.f("uq_funding_move_request_id_sequence")
        ),
    )
    op.create_table(
        "funding_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer IN ('yes', 'partly', 'no')", name=op.f("ck_funding_review_answer_known")
        ),
        sa.CheckConstraint(
            "question IN ('meets_need', 'no_duplication', 'within_mandate', 'budget_sound', 'time_realistic', 'human_rights', 'risks_managed', 'lasting')",
            name=op.f("ck_funding_review_question_known"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["funding_request.id"],
            name=op.f("fk_funding_review_request_id_funding_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_review")),
        sa.UniqueConstraint(
            "request_id",
            "round",
            "question",
            name=op.f("uq_funding_review_request_id_round_question"),
        ),
    )
    op.create_table(
        "proposal_country",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_proposal_country_iso3_member_state")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_proposal_country_proposal_id_proposal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("proposal_id", "iso3", name=op.f("pk_proposal_country")),
    )
    with op.batch_alter_table("proposal_country", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_country_iso3", ["iso3", "proposal_id"], unique=False)

    op.create_table(
        "request_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.CheckConstraint("length(what) > 0", name=op.f("ck_request_item_what_present")),
        sa.ForeignKeyConstraint(
            ["measure"], ["measure.code"], name=op.f("fk_request_item_measure_measure")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["request.id"],
            name=op.f("fk_request_item_request_id_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_item")),
    )
    with op.batch_alter_table("request_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_item_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_on", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_on", sa.String(length=10), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_as", sa.String(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('consents', 'objects')", name=op.f("ck_consent_answer_known")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_consent_answer_whole")
        ),
        sa.CheckConstraint(
            "length(answered_on) IN (4, 7, 10)", name=op.f("ck_consent_answered_on_dated")
        ),
        sa.CheckConstraint(
            "length(asked_on) IN (4, 7, 10)", name=op.f("ck_consent_asked_on_dated")
        ),
        sa.CheckConstraint("length(due_on) IN (4, 7, 10)", name=op.f("ck_consent_due_on_dated")),
        sa.ForeignKeyConstraint(
            ["iso3"], ["member_state.iso3"], name=op.f("fk_consent_iso3_member_state")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_consent_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("need_id", "iso3", "round", name=op.f("uq_consent_need_id_iso3_round")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_iso3"), ["iso3"], unique=False)

    op.create_table(
        "enquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_on", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("rate_usd", sa.BigInteger(), nullable=True),
        sa.Column("rate_date", sa.String(length=10), nullable=True),
        sa.Column("answered_on", sa.String(length=10), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_as", sa.String(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('can', 'can_with_money', 'cannot', 'offers', 'declines', 'silent')",
            name=op.f("ck_enquiry_answer_known"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_enquiry_answer_whole")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_enquiry_amount_positive")),
        sa.CheckConstraint(
            "length(answered_on) IN (4, 7, 10)", name=op.f("ck_enquiry_answered_on_dated")
        ),
        sa.CheckConstraint(
            "length(asked_on) IN (4, 7, 10)", name=op.f("ck_enquiry_asked_on_dated")
        ),
        sa.CheckConstraint("length(due_on) IN (4, 7, 10)", name=op.f("ck_enquiry_due_on_dated")),
        sa.CheckConstraint(
            "length(rate_date) IN (4, 7, 10)", name=op.f("ck_enquiry_rate_date_dated")
        ),
        sa.CheckConstraint("rung IN (1, 2)", name=op.f("ck_enquiry_rung_known")),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_enquiry_entity_entity")
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_enquiry_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
        sa.UniqueConstraint(
            "need_id", "rung", "entity", "round", name=op.f("uq_enquiry_need_id_rung_entity_round")
        ),
    )
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.create_index("ix_enquiry_entity", ["entity", "due_on"], unique=False)

    op.create_table(
        "funding_need",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_funding_need_need_id_need")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["funding_request.id"],
            name=op.f("fk_funding_need_request_id_funding_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request_id", "need_id", name=op.f("pk_funding_need")),
    )
    with op.batch_alter_table("funding_need", schema=None) as batch_op:
        batch_op.create_index("ix_funding_need_need", ["need_id", "request_id"], unique=False)

    op.create_table(
        "need_activity",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('answers', 'does_not')", name=op.f("ck_need_activity_decision_known")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_need_activity_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_need_activity_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("need_id", "activity_id", name=op.f("pk_need_activity")),
    )
    with op.batch_alter_table("need_activity", schema=None) as batch_op:
        batch_op.create_index("ix_need_activity_activity", ["activity_id", "need_id"], unique=False)

    op.create_table(
        "need_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("answered_on", sa.String(length=10), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_as", sa.String(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('met', 'partly', 'not_met')", name=op.f("ck_need_check_answer_known")
        ),
        sa.CheckConstraint(
            "length(answered_on) IN (4, 7, 10)", name=op.f("ck_need_check_answered_on_dated")
        ),
        sa.CheckConstraint("length(due_on) IN (4, 7, 10)", name=op.f("ck_need_check_due_on_dated")),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_need_check_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_check")),
    )
    with op.batch_alter_table("need_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_check_need_id"), ["need_id"], unique=False)

    op.create_table(
        "need_test",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("test", sa.String(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_as", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "test IN ('essential', 'serves_strategy', 'not_from_un', 'donors_unlikely')",
            name=op.f("ck_need_test_test_known"),
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_need_test_need_id_need"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_test")),
    )
    with op.batch_alter_table("need_test", schema=None) as batch_op:
        batch_op.create_index("ix_need_test_need", ["need_id", "test", "id"], unique=False)

    op.create_table(
        "plan_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=True),
        sa.Column("starts", sa.String(length=10), nullable=True),
        sa.Column("ends", sa.String(length=10), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("rate_usd", sa.BigInteger(), nullable=True),
        sa.Column("rate_date", sa.String(length=10), nullable=True),
        sa.Column("funding_request_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cost > 0", name=op.f("ck_plan_item_cost_positive")),
        sa.CheckConstraint("length(ends) IN (4, 7, 10)", name=op.f("ck_plan_item_ends_dated")),
        sa.CheckConstraint(
            "length(rate_date) IN (4, 7, 10)", name=op.f("ck_plan_item_rate_date_dated")
        ),
        sa.CheckConstraint("length(starts) IN (4, 7, 10)", name=op.f("ck_plan_item_starts_dated")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_plan_item_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.acronym"], name=op.f("fk_plan_item_entity_entity")
        ),
        sa.ForeignKeyConstraint(
            ["funding_request_id"],
            ["funding_request.id"],
            name=op.f("fk_plan_item_funding_request_id_funding_request"),
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_plan_item_need_id_need")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_item_plan_id_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_plan_item_plan_id_position")),
    )
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_item_need_id"), ["need_id"], unique=False)

    op.create_table(
        "plan_milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.CheckConstraint("length(due) IN (4, 7, 10)", name=op.f("ck_plan_milestone_due_dated")),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["plan_item.id"],
            name=op.f("fk_plan_milestone_item_id_plan_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_milestone")),
        sa.UniqueConstraint("item_id", "position", name=op.f("uq_plan_milestone_item_id_position")),
    )
    op.create_table(
        "plan_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seen_on", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'ongoing', 'completed', 'dropped')",
            name=op.f("ck_plan_progress_state_known"),
        ),
        sa.CheckConstraint(
            "length(seen_on) IN (4, 7, 10)", name=op.f("ck_plan_progress_seen_on_dated")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["plan_item.id"],
            name=op.f("fk_plan_progress_item_id_plan_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["plan_milestone.id"],
            name=op.f("fk_plan_progress_milestone_id_plan_milestone"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_progress")),
    )
    with op.batch_alter_table("plan_progress", schema=None) as batch_op:
        batch_op.create_index("ix_plan_progress_item", ["item_id", "id"], unique=False)


def _drop_tables() -> None:
    with op.batch_alter_table("plan_progress", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_progress_item")

    op.drop_table("plan_progress")
    op.drop_table("plan_milestone")
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_item_need_id"))

    op.drop_table("plan_item")
    with op.batch_alter_table("need_test", schema=None) as batch_op:
        batch_op.drop_index("ix_need_test_need")

    op.drop_table("need_test")
    with op.batch_alter_table("need_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_check_need_id"))

    op.drop_table("need_check")
    with op.batch_alter_table("need_activity", schema=None) as batch_op:
        batch_op.drop_index("ix_need_activity_activity")

    op.drop_table("need_activity")
    with op.batch_alter_table("funding_need", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_need_need")

    op.drop_table("funding_need")
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.drop_index("ix_enquiry_entity")

    op.drop_table("enquiry")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_iso3"))

    op.drop_table("consent")
    with op.batch_alter_table("request_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_item_request_id"))

    op.drop_table("request_item")
    with op.batch_alter_table("proposal_country", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_country_iso3")

    op.drop_table("proposal_country")
    op.drop_table("funding_review")
    op.drop_table("funding_move")
    op.drop_table("funding_line")
    with op.batch_alter_table("funding_flow", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_flow_request")

    op.drop_table("funding_flow")
    with op.batch_alter_table("funding_country", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_country_iso3")

    op.drop_table("funding_country")
    op.drop_table("funding_activity")
    op.drop_table("form_draft")
    with op.batch_alter_table("assessment_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_finding_assessment_id"))

    op.drop_table("assessment_finding")
    op.drop_table("trusted_entity")
    op.drop_table("quarter_report")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_state")
        batch_op.drop_index("ix_proposal_record")

    op.drop_table("proposal")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_plan_one_agreed",
            sqlite_where=sa.text("state = 'agreed'"),
            postgresql_where=sa.text("state = 'agreed'"),
        )

    op.drop_table("plan")
    with op.batch_alter_table("funding_request", schema=None) as batch_op:
        batch_op.drop_index("ix_funding_request_state")
        batch_op.drop_index(batch_op.f("ix_funding_request_entity"))

    op.drop_table("funding_request")
    op.drop_table("calendar_day")
