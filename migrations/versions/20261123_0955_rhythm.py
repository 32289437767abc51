"""How often people are written to, when it is quiet for them, and what they have stopped."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0955"
down_revision = "20261123_0920"
branch_labels = None
depends_on = None

UNADDRESSED = "mail_id IS NULL AND dropped_at IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("together", sa.String(length=80), nullable=False, server_default=""))
    with op.batch_alter_table("notice") as batch:
        batch.alter_column("together", server_default=None)
    op.drop_index("ix_notice_unaddressed", "notice")
    op.create_index(
        "ix_notice_unaddressed",
        "notice",
        ["leaves_at"],
        postgresql_where=sa.text(UNADDRESSED),
        sqlite_where=sa.text(UNADDRESSED),
    )
    op.create_table(
        "mail_rhythm",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("pace", sa.String(length=32), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_mail_rhythm_hour")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_mail_rhythm_weekday")),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23", name=op.f("ck_mail_rhythm_quiet")
        ),
        sa.CheckConstraint("pace IN ('at_once', 'daily', 'weekly')", name=op.f("ck_mail_rhythm_pace")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_rhythm_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_rhythm")),
    )
    op.create_table(
        "mail_stop",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_stop_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_mail_stop")),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
