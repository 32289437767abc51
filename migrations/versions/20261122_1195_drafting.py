"""Texts that groups write together: versions, keepers, comments with their answers."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1195"
down_revision = "20261122_1190"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "joint_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "closed", "adopted", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("translation_of_id", sa.Uuid(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(state = 'adopted') = (adopted_on IS NOT NULL)", name=op.f("ck_joint_text_adopted_when")),
        sa.CheckConstraint("translation_of_id <> id", name=op.f("ck_joint_text_translation_of_another")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_joint_text_group_id_working_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["translation_of_id"], ["joint_text.id"], name=op.f("fk_joint_text_translation_of_id_joint_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_text")),
    )
    op.create_index("ix_joint_text_group", "joint_text", ["group_id", "changed_at", "id"], unique=False)
    op.create_index(op.f("ix_joint_text_translation_of_id"), "joint_text", ["translation_of_id"], unique=False)
    op.create_table(
        "joint_text_keeper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_joint_text_keeper_person_id_person")),
        sa.ForeignKeyConstraint(
            ["text_id"], ["joint_text.id"], name=op.f("fk_joint_text_keeper_text_id_joint_text"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_text_keeper")),
    )
    op.create_index(op.f("ix_joint_text_keeper_person_id"), "joint_text_keeper", ["person_id"], unique=False)
    op.create_index(
        "uq_joint_text_keeper_open",
        "joint_text_keeper",
        ["text_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "joint_text_version",
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("changes", sa.String(length=300), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["text_id"], ["joint_text.id"], name=op.f("fk_joint_text_version_text_id_joint_text"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_joint_text_version_written_by_person")),
        sa.PrimaryKeyConstraint("text_id", "number", name=op.f("pk_joint_text_version")),
    )
    op.create_index(op.f("ix_joint_text_version_written_by"), "joint_text_version", ["written_by"], unique=False)
    op.create_table(
        "joint_text_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("about_version", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("taken", "partly", "not", name="verdict", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("because_language", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("settled_in", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(verdict IS NULL) = (answered_at IS NULL)", name=op.f("ck_joint_text_comment_answered_when")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_joint_text_comment_answered_by_person")),
        sa.ForeignKeyConstraint(["id"], ["original.id"], name=op.f("fk_joint_text_comment_id_original")),
        sa.ForeignKeyConstraint(
            ["text_id", "about_version"],
            ["joint_text_version.text_id", "joint_text_version.number"],
            name="fk_joint_text_comment_version",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["joint_text.id"], name=op.f("fk_joint_text_comment_text_id_joint_text"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_text_comment")),
    )
    op.create_index(op.f("ix_joint_text_comment_answered_by"), "joint_text_comment", ["answered_by"], unique=False)
    op.create_index("ix_joint_text_comment_text", "joint_text_comment", ["text_id", "verdict"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
