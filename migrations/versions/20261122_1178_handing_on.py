"""Handing a group on: notes of those who ran it, and exports of a whole group."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1178"
down_revision = "20261122_1175"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(ready_at IS NULL) = (file_id IS NULL)", name=op.f("ck_group_export_ready_with_file")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_group_export_asked_by_person")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_group_export_file_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_group_export_group_id_working_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_export")),
        sa.UniqueConstraint("file_id", name=op.f("uq_group_export_file_id")),
    )
    op.create_index("ix_group_export_asked_by", "group_export", ["asked_by", "asked_at"], unique=False)
    op.create_index(
        "uq_group_export_waiting",
        "group_export",
        ["group_id", "asked_by"],
        unique=True,
        postgresql_where=sa.text("ready_at IS NULL AND failed_at IS NULL"),
        sqlite_where=sa.text("ready_at IS NULL AND failed_at IS NULL"),
    )
    op.create_table(
        "group_handover_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["working_group.id"],
            name=op.f("fk_group_handover_note_group_id_working_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_group_handover_note_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_handover_note")),
        sa.UniqueConstraint("group_id", "version", name="uq_group_handover_note_version"),
    )
    op.create_index(op.f("ix_group_handover_note_written_by"), "group_handover_note", ["written_by"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
