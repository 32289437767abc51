"""From which shared template the text of an engagement was begun."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1208"
down_revision = "20261122_1207"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("engagement_text") as batch:
        batch.add_column(sa.Column("instrument_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_engagement_text_instrument_id_instrument"),
            "instrument",
            ["instrument_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch.create_index(op.f("ix_engagement_text_instrument_id"), ["instrument_id"])


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
