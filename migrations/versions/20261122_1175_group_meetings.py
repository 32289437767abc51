"""Meetings of working groups: a gathering and a row of what only meetings have."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1175"
down_revision = "20261122_1170"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_group_meeting_group_id_working_group")
        ),
        sa.ForeignKeyConstraint(["id"], ["gathering.id"], name=op.f("fk_group_meeting_id_gathering")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_meeting")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_group_meeting_number")),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
