"""Every track of before knows how many places are taken: a row of intake each, without a limit."""

from alembic import op

revision = "20261122_0031"
down_revision = "20261122_0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO intake (track_id, capacity, taken, needs_approval, moment_id) "
        "SELECT track.id, NULL, (SELECT count(*) FROM track_membership "
        "WHERE track_membership.track_id = track.id AND track_membership.left_at IS NULL), false, NULL FROM track"
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
