"""Places where a track's facilitators said that Ramadan is kept."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0400"
down_revision = "20261122_0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ramadan_place",
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_ramadan_place_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "zone", name=op.f("pk_ramadan_place")),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
