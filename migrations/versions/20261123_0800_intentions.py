"""Whether people say that they will come to a gathering."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0800"
down_revision = "20261122_1208"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance_intention",
        sa.Column("gathering_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("comes", sa.Boolean(), nullable=False),
        sa.Column("for_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_attendance_intention_gathering_id_gathering")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_intention_person_id_person")),
        sa.PrimaryKeyConstraint("gathering_id", "person_id", name=op.f("pk_attendance_intention")),
    )
    op.create_index("ix_attendance_intention_person", "attendance_intention", ["person_id"])


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
