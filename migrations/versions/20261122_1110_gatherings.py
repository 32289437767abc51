"""Gatherings: what the sessions of tracks and the meetings of groups have in common."""

revision = "20261122_1110"
down_revision = "20261122_1100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
