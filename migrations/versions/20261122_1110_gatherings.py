"""Gatherings: what the sessions of tracks and the meetings of groups have in common.

A learning session becomes a gathering and a row of what only sessions of tracks have, under the id it had. What
belongs to any gathering points at it; what belongs to the co-learning programme keeps pointing at the session.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1110"
down_revision = "20261122_1100"
branch_labels = None
depends_on = None

POINTING = {
    "agenda_item": "CASCADE",
    "attendance": None,
    "attendance_claim": None,
    "head_count": None,
    "meeting_list": "CASCADE",
    "session_language": "CASCADE",
    "session_notes": "CASCADE",
}
"""Tables of any gathering, with what happens to their rows when it goes."""

INDEXES = {
    "head_count": ("ix_head_count_session", "ix_head_count_gathering"),
    "meeting_list": ("ix_meeting_list_session_id", "ix_meeting_list_gathering_id"),
}
"""Indexes named after the column: before and after."""


def upgrade() -> None:
    op.create_table(
        "gathering",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("join_link", sa.String(length=500), nullable=False),
        sa.Column("hours_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["moment_id"], ["moment.id"], name=op.f("fk_gathering_moment_id_moment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering")),
        sa.UniqueConstraint("moment_id", name=op.f("uq_gathering_moment_id")),
    )
    op.execute(
        "INSERT INTO gathering (id, kind, moment_id, join_link, hours_told_at, created_at) "
        "SELECT id, 'session', moment_id, join_link, hours_told_at, created_at FROM learning_session"
    )
    for table, ondelete in POINTING.items():
        _point_at_gatherings(table, ondelete)
    with op.batch_alter_table("learning_session") as batch:
        batch.drop_constraint(op.f("fk_learning_session_moment_id_moment"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_learning_session_moment_id"), type_="unique")
        for column in ("moment_id", "join_link", "hours_told_at", "created_at"):
            batch.drop_column(column)
        batch.create_foreign_key(op.f("fk_learning_session_id_gathering"), "gathering", ["id"], ["id"])


def _point_at_gatherings(table: str, ondelete: str | None) -> None:
    before, after = INDEXES.get(table, ("", ""))
    if before:
        op.drop_index(before, table_name=table)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"fk_{table}_session_id_learning_session"), type_="foreignkey")
        batch.alter_column(
            "session_id", new_column_name="gathering_id", existing_type=sa.Uuid(), existing_nullable=False
        )
    with op.batch_alter_table(table) as batch:
        name = op.f(f"fk_{table}_gathering_id_gathering")
        batch.create_foreign_key(name, "gathering", ["gathering_id"], ["id"], ondelete=ondelete)
    if after:
        op.create_index(after, table, ["gathering_id"])


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
