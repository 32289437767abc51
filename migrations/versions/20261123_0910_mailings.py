"""When a notice may leave, by when it must, and why it never did."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0910"
down_revision = "20261123_0800"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("happens_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("is_urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("dropped_because", sa.String(length=30), nullable=False, server_default=""))
    with op.batch_alter_table("notice") as batch:
        batch.alter_column("is_urgent", server_default=None)
        batch.alter_column("dropped_because", server_default=None)


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
