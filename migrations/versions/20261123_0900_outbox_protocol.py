"""The outbox survives crashes: mails that dead workers held, addresses nobody knows, workers as they were seen."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0900"
down_revision = "20261123_0960"
branch_labels = None
depends_on = None

PENDING = sa.text("state = 'pending'")
HELD = sa.text("state IN ('leased', 'handoff')")


def upgrade() -> None:
    op.drop_index("ix_outbox_mail_due", "outbox_mail")
    with op.batch_alter_table("outbox_mail") as batch:
        batch.add_column(sa.Column("abandoned", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("outbox_mail") as batch:
        batch.alter_column("abandoned", server_default=None)
    op.create_index(
        "ix_outbox_mail_pending", "outbox_mail", ["not_before", "id"], postgresql_where=PENDING, sqlite_where=PENDING
    )
    op.create_index("ix_outbox_mail_held", "outbox_mail", ["lease_until"], postgresql_where=HELD, sqlite_where=HELD)
    op.create_index("ix_outbox_mail_state", "outbox_mail", ["state", "created_at"])
    op.create_table(
        "suppressed_address",
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_suppressed_address")),
    )
    op.create_table(
        "worker_heartbeat",
        sa.Column("worker", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_worker_heartbeat")),
    )
    op.create_index(op.f("ix_worker_heartbeat_seen_at"), "worker_heartbeat", ["seen_at"])


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
