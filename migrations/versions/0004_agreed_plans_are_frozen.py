"""An agreed plan is frozen, and progress on it is append-only.

Revision ID: 0004
Revises: 0003
"""

from collections.abc import Iterator

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PLAN_COLUMNS = (
    "id",
    "iso3",
    "number",
    "title",
    "agreed_on",
    "agreed_with",
    "visibility",
    "note",
    "version",
    "author",
    "created_at",
    "changed_at",
)
"""All but the state, which alone may still change, and only to superseded."""
TOLD = "an agreed plan is frozen"
APPENDED = "progress on a plan is append-only"
TRIGGERS = (
    "plan_frozen_update",
    "plan_frozen_delete",
    *(
        f"{t}_frozen_{v}"
        for t in ("plan_item", "plan_milestone")
        for v in ("insert", "update", "delete")
    ),
    "plan_progress_frozen_update",
    "plan_progress_frozen_delete",
    "plan_progress_agreed_insert",
)
FUNCTIONS = ("plan_frozen", "plan_item_frozen", "plan_milestone_frozen", "plan_progress_frozen")


def _on_sqlite() -> Iterator[str]:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in PLAN_COLUMNS)
    superseded = f"OLD.state = 'agreed' AND NEW.state = 'superseded' AND {same}"
    raised = f"BEGIN SELECT RAISE(ABORT, '{TOLD}'); END"
    appended = f"BEGIN SELECT RAISE(ABORT, '{APPENDED}'); END"
    yield (
        "CREATE TRIGGER plan_frozen_update BEFORE UPDATE ON plan "
        f"WHEN OLD.state <> 'draft' AND NOT ({superseded}) {raised}"
    )
    yield (
        "CREATE TRIGGER plan_frozen_delete BEFORE DELETE ON plan "
        f"WHEN OLD.state <> 'draft' {raised}"
    )
    of_plan = "(SELECT state FROM plan WHERE id = {row}.plan_id) <> 'draft'"
    of_item = (
        "(SELECT plan.state FROM plan JOIN plan_item ON plan_item.plan_id = plan.id "
        "WHERE plan_item.id = {row}.item_id) <> 'draft'"
    )
    for table, frozen in (("plan_item", of_plan), ("plan_milestone", of_item)):
        old, new = frozen.format(row="OLD"), frozen.format(row="NEW")
        for verb, when in (("INSERT", new), ("UPDATE", f"{old} OR {new}"), ("DELETE", old)):
            yield (
                f"CREATE TRIGGER {table}_frozen_{verb.lower()} BEFORE {verb} ON {table} "
                f"WHEN {when} {raised}"
            )
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER plan_progress_frozen_{verb.lower()} BEFORE {verb} "
            f"ON plan_progress {appended}"
        )
    draft = of_item.format(row="NEW").replace("<>", "=")
    yield (
        "CREATE TRIGGER plan_progress_agreed_insert BEFORE INSERT ON plan_progress "
        f"WHEN {draft} BEGIN SELECT RAISE(ABORT, 'a draft has no progress'); END"
    )


def _on_postgresql() -> Iterator[str]:
    head = "CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$ "
    done = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    raised = f"RAISE EXCEPTION '{TOLD}'; END IF; "
    yield (
        head.format("plan_frozen") + "BEGIN "
        "IF OLD.state = 'draft' THEN NULL; "
        "ELSIF TG_OP = 'UPDATE' AND OLD.state = 'agreed' AND NEW.state = 'superseded' "
        "AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN NULL; "
        f"ELSE {raised}{done}"
    )
    of_plan = "EXISTS (SELECT 1 FROM plan WHERE id = {row}.plan_id AND state <> 'draft')"
    of_item = (
        "EXISTS (SELECT 1 FROM plan JOIN plan_item ON plan_item.plan_id = plan.id "
        "WHERE plan_item.id = {row}.item_id AND plan.state <> 'draft')"
    )
    for table, frozen in (("plan_item", of_plan), ("plan_milestone", of_item)):
        yield (
            head.format(f"{table}_frozen") + "BEGIN "
            f"IF TG_OP <> 'INSERT' THEN IF {frozen.format(row='OLD')} THEN {raised}END IF; "
            f"IF TG_OP <> 'DELETE' THEN IF {frozen.format(row='NEW')} THEN {raised}END IF; {done}"
        )
    is_draft = of_item.format(row="NEW").replace("<>", "=")
    yield (
        head.format("plan_progress_frozen") + "BEGIN "
        f"IF TG_OP <> 'INSERT' THEN RAISE EXCEPTION '{APPENDED}'; END IF; "
        f"IF {is_draft} THEN RAISE EXCEPTION 'a draft has no progress'; END IF; {done}"
    )
    for trigger in TRIGGERS:
        table, verb = trigger.rsplit("_", 2)[0], trigger.rsplit("_", 1)[1]
        yield (
            f"CREATE TRIGGER {trigger} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
        )


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _on_postgresql() if on_postgresql else _on_sqlite():
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for function in FUNCTIONS:
            op.execute(f"DROP FUNCTION {function} CASCADE")
    else:
        for trigger in TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger}")
