"""Topics of working groups and the replies to them."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1160"
down_revision = "20261122_1150"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "topic",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_topic_group_id_working_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
    )
    op.create_index("ix_topic_group", "topic", ["group_id", "is_pinned", "last_at", "id"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("is_opening", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("answers_id", sa.Uuid(), nullable=True),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(answers_id IS NULL) = (thread_id IS NULL)", name=op.f("ck_post_thread_of_answer")),
        sa.ForeignKeyConstraint(["answers_id"], ["post.id"], name=op.f("fk_post_answers_id_post")),
        sa.ForeignKeyConstraint(["id"], ["original.id"], name=op.f("fk_post_id_original")),
        sa.ForeignKeyConstraint(["thread_id"], ["post.id"], name=op.f("fk_post_thread_id_post")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_post_topic_id_topic"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_answers_id"), "post", ["answers_id"], unique=False)
    op.create_index(op.f("ix_post_thread_id"), "post", ["thread_id"], unique=False)
    op.create_index(op.f("ix_post_topic_id"), "post", ["topic_id"], unique=False)
    op.create_index(
        "uq_post_opening",
        "post",
        ["topic_id"],
        unique=True,
        postgresql_where=sa.text("is_opening"),
        sqlite_where=sa.text("is_opening"),
    )
    op.create_table(
        "post_withholding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plea", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_post_withholding_post_id_post"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_withholding")),
    )
    op.create_index(
        "uq_post_withholding_open",
        "post_withholding",
        ["post_id"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
        sqlite_where=sa.text("lifted_at IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
