"""What somebody proposes for the agenda, until a person answers."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0970"
down_revision = "20261123_0900"
branch_labels = None
depends_on = None

STATES = ("sent", "waiting", "published", "refused")
PRECISIONS = ("minute", "day", "month", "year", "window")


def _code(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "event_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("organiser", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("precision", _code("precision", PRECISIONS), nullable=False),
        sa.Column("wall_start", sa.DateTime(timezone=False), nullable=False),
        sa.Column("wall_end", sa.DateTime(timezone=False), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("is_second_start", sa.Boolean(), nullable=False),
        sa.Column("is_second_end", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("page_language", sa.String(length=20), nullable=False),
        sa.Column("state", _code("state", STATES), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("because", sa.String(length=1000), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "event_id IS NULL OR state = 'published'", name=op.f("ck_event_proposal_published_is_an_event")
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'refused')) = (answered_at IS NOT NULL)",
            name=op.f("ck_event_proposal_answered_at"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_event_proposal_group_id_working_group")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_event_proposal_answered_by_person")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_proposal_event_id_event"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_proposal")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_proposal_event_id")),
    )
    op.create_index("ix_event_proposal_state", "event_proposal", ["state", "sent_at"])
    for column in ("group_id", "answered_by"):
        op.create_index(op.f(f"ix_event_proposal_{column}"), "event_proposal", [column])


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
