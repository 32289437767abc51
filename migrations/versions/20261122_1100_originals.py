"""Originals: texts in the language of who wrote them, with their versions and translations, whatever they are part of."""

revision = "20261122_1100"
down_revision = "20261122_0410"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
