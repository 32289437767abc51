"""Private calendar links; indexes for what is not over and what was put off."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0940"
down_revision = "20261123_0955"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("reach", sa.Enum("mine", "all", name="reach", native_enum=False, length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("reach IN ('mine', 'all')", name=op.f("ck_calendar_link_reach")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_link_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_calendar_link_token_sha256")),
    )
    op.create_index(op.f("ix_calendar_link_person_id"), "calendar_link", ["person_id"])
    op.create_index("ix_moment_until", "moment", ["until", "starts_at"])
    put_off = sa.text("status = 'postponed'")
    op.create_index("ix_moment_put_off", "moment", ["until"], postgresql_where=put_off, sqlite_where=put_off)


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
