"""Events of others, and the calendars they come with."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0930"
down_revision = "20261123_0910"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _events()
    _feeds()
    op.create_table(
        "calendar_entry",
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["calendar_feed.id"], name=op.f("fk_calendar_entry_feed_id_calendar_feed"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_calendar_entry_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed_id", "key", name=op.f("pk_calendar_entry")),
        sa.UniqueConstraint("event_id", name=op.f("uq_calendar_entry_event_id")),
    )


def _events() -> None:
    states = sa.Enum("proposed", "published", "refused", "withdrawn", name="state", native_enum=False, length=32)
    sources = sa.Enum("hand", "calendar", name="source", native_enum=False, length=32)
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("organiser", sa.String(200), nullable=False),
        sa.Column("address", sa.String(1000), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("source", sources, nullable=False),
        sa.Column("source_name", sa.String(200), nullable=False),
        sa.Column("origin", sa.String(600), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("group_id IS NULL OR organisation_id IS NULL", name=op.f("ck_event_at_most_one_owner")),
        sa.CheckConstraint("(source = 'calendar') = (origin <> '')", name=op.f("ck_event_origin")),
        sa.CheckConstraint("state IN ('proposed', 'published', 'refused', 'withdrawn')", name=op.f("ck_event_state")),
        sa.CheckConstraint("source IN ('hand', 'calendar')", name=op.f("ck_event_source")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_event_group_id_working_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_event_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["moment_id"], ["moment.id"], name=op.f("fk_event_moment_id_moment")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_event_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("moment_id", name=op.f("uq_event_moment_id")),
    )
    op.create_index("ix_event_origin", "event", ["origin"])
    for column in ("group_id", "organisation_id", "written_by"):
        op.create_index(op.f(f"ix_event_{column}"), "event", [column])


def _feeds() -> None:
    states = sa.Enum("tried", "active", "paused", name="state", native_enum=False, length=32)
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("address", sa.String(2000), nullable=False),
        sa.Column("audience", sa.String(80), nullable=False),
        sa.Column("zone", sa.String(60), nullable=True),
        sa.Column("state", states, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.String(300), nullable=False),
        sa.Column("last_modified", sa.String(100), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(40), nullable=False),
        sa.Column("last_tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_ok_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(group_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_calendar_feed_one_owner")),
        sa.CheckConstraint("state IN ('tried', 'active', 'paused')", name=op.f("ck_calendar_feed_state")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_calendar_feed_group_id_working_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_calendar_feed_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_calendar_feed_added_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
    )
    op.create_index("ix_calendar_feed_due", "calendar_feed", ["state", "next_at"])
    for column in ("group_id", "organisation_id", "added_by"):
        op.create_index(op.f(f"ix_calendar_feed_{column}"), "calendar_feed", [column])


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
