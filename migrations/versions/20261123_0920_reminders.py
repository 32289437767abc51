"""Reminders: plans of one's own, what is planned for each moment, who takes care of a deadline."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0920"
down_revision = "20261123_0950"
branch_labels = None
depends_on = None

KINDS = ("session", "joining", "meeting", "task", "review", "text", "event", "registration", "occurrence")
SCOPES = ("house", "track", "group", "space")


def upgrade() -> None:
    op.create_table(
        "reminder_own_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(*SCOPES, name="scope", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("scope_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind", sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32), nullable=False
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(scope = 'house') = (scope_id IS NULL)", name=op.f("ck_reminder_own_plan_house_alone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_own_plan")),
        sa.UniqueConstraint("scope_id", "kind", name="uq_reminder_own_plan_scope"),
    )
    op.create_index(
        "uq_reminder_own_plan_house",
        "reminder_own_plan",
        ["kind"],
        unique=True,
        postgresql_where=sa.text("scope_id IS NULL"),
        sqlite_where=sa.text("scope_id IS NULL"),
    )
    op.create_table(
        "reminder_rule",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("to_whom", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("can_wait", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["reminder_own_plan.id"],
            name=op.f("fk_reminder_rule_plan_id_reminder_own_plan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_id", "minutes", name=op.f("pk_reminder_rule")),
    )
    op.create_table(
        "reminder_plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("arming", sa.Integer(), nullable=False),
        sa.Column("anchor_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Integer(), nullable=True),
        sa.CheckConstraint("due_at < until_at", name=op.f("ck_reminder_plan_due_before_the_end")),
        sa.ForeignKeyConstraint(
            ["moment_id"], ["moment.id"], name=op.f("fk_reminder_plan_moment_id_moment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_plan")),
        sa.UniqueConstraint("moment_id", "minutes", "arming", name="uq_reminder_plan_arming"),
    )
    op.create_index(
        "ix_reminder_plan_due",
        "reminder_plan",
        ["due_at"],
        postgresql_where=sa.text("done_at IS NULL"),
        sqlite_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "reminder_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["moment_id"], ["moment.id"], name=op.f("fk_reminder_mark_moment_id_moment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_mark")),
    )
    op.create_index(op.f("ix_reminder_mark_moment_id"), "reminder_mark", ["moment_id"])
    op.create_index(op.f("ix_reminder_mark_marked_at"), "reminder_mark", ["marked_at"])
    op.create_table(
        "deadline_care",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalates_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["moment_id"], ["moment.id"], name=op.f("fk_deadline_care_moment_id_moment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["working_group.id"],
            name=op.f("fk_deadline_care_group_id_working_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["person.id"], name=op.f("fk_deadline_care_acknowledged_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_care")),
        sa.UniqueConstraint("moment_id", "group_id", "closes_at", name="uq_deadline_care"),
    )
    op.create_index(op.f("ix_deadline_care_group_id"), "deadline_care", ["group_id"])
    op.create_index(op.f("ix_deadline_care_acknowledged_by"), "deadline_care", ["acknowledged_by"])
    op.create_index(
        "ix_deadline_care_escalates",
        "deadline_care",
        ["escalates_at"],
        postgresql_where=sa.text("escalated_at IS NULL AND acknowledged_at IS NULL"),
        sqlite_where=sa.text("escalated_at IS NULL AND acknowledged_at IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
