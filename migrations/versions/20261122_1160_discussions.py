"""Topics of working groups and the replies to them."""

revision = "20261122_1160"
down_revision = "20261122_1150"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
