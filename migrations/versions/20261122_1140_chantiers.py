"""Carriers, mission letters and partnership agreements of chantiers."""

revision = "20261122_1140"
down_revision = "20261122_1130"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
