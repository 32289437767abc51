"""Which links of mails were used."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0950"
down_revision = "20261123_0930"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spent_act",
        sa.Column("nonce", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("choice", sa.String(30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_spent_act")),
    )
    op.create_index(op.f("ix_spent_act_at"), "spent_act", ["at"])
    op.create_index(op.f("ix_spent_act_person_id"), "spent_act", ["person_id"])


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
