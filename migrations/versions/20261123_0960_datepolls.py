"""Date polls: the hours that are asked about, and what people say of each."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0960"
down_revision = "20261123_0940"
branch_labels = None
depends_on = None

SAYS = sa.Enum("yes", "if_need", "no", name="says", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "date_poll",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("track_id", sa.Uuid(), nullable=True),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("lasts", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen_by", sa.Uuid(), nullable=True),
        sa.Column("chosen_place", sa.Integer(), nullable=True),
        sa.Column("gathering_id", sa.Uuid(), nullable=True),
        sa.Column("laid_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("laid_down_by", sa.Uuid(), nullable=True),
        sa.Column("laid_down_because", sa.String(length=1000), nullable=False),
        sa.Column("laid_down_language", sa.String(length=35), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(group_id IS NULL) <> (track_id IS NULL)", name=op.f("ck_date_poll_one_circle")),
        sa.CheckConstraint("lasts > 0", name=op.f("ck_date_poll_lasts_some_time")),
        sa.CheckConstraint("chosen_at IS NULL OR laid_down_at IS NULL", name=op.f("ck_date_poll_chosen_or_laid_down")),
        sa.CheckConstraint("(chosen_at IS NULL) = (chosen_place IS NULL)", name=op.f("ck_date_poll_one_hour_chosen")),
        sa.CheckConstraint(
            "gathering_id IS NULL OR chosen_at IS NOT NULL", name=op.f("ck_date_poll_comes_of_a_choice")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_date_poll_group_id_working_group")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_date_poll_track_id_track")),
        sa.ForeignKeyConstraint(["moment_id"], ["moment.id"], name=op.f("fk_date_poll_moment_id_moment")),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_date_poll_started_by_person")),
        sa.ForeignKeyConstraint(["chosen_by"], ["person.id"], name=op.f("fk_date_poll_chosen_by_person")),
        sa.ForeignKeyConstraint(["gathering_id"], ["gathering.id"], name=op.f("fk_date_poll_gathering_id_gathering")),
        sa.ForeignKeyConstraint(["laid_down_by"], ["person.id"], name=op.f("fk_date_poll_laid_down_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll")),
        sa.UniqueConstraint("moment_id", name=op.f("uq_date_poll_moment_id")),
        sa.UniqueConstraint("gathering_id", name=op.f("uq_date_poll_gathering_id")),
    )
    op.create_index("ix_date_poll_group", "date_poll", ["group_id", "started_at", "id"])
    op.create_index("ix_date_poll_track", "date_poll", ["track_id", "started_at", "id"])
    is_due = sa.text("remind_at IS NOT NULL")
    op.create_index("ix_date_poll_due", "date_poll", ["remind_at"], postgresql_where=is_due, sqlite_where=is_due)
    for column in ("started_by", "chosen_by", "laid_down_by"):
        op.create_index(op.f(f"ix_date_poll_{column}"), "date_poll", [column])
    op.create_table(
        "date_poll_note",
        sa.Column("date_poll_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["date_poll_id"],
            ["date_poll.id"],
            name=op.f("fk_date_poll_note_date_poll_id_date_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("date_poll_id", "language", name=op.f("pk_date_poll_note")),
    )
    op.create_table(
        "date_poll_option",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("date_poll_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("wall_start", sa.DateTime(timezone=False), nullable=False),
        sa.Column("is_second_start", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["date_poll_id"],
            ["date_poll.id"],
            name=op.f("fk_date_poll_option_date_poll_id_date_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll_option")),
        sa.UniqueConstraint("date_poll_id", "place", name="uq_date_poll_option_place"),
    )
    op.create_table(
        "date_poll_answer",
        sa.Column("option_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("says", SAYS, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["date_poll_option.id"],
            name=op.f("fk_date_poll_answer_option_id_date_poll_option"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_date_poll_answer_person_id_person")),
        sa.PrimaryKeyConstraint("option_id", "person_id", name=op.f("pk_date_poll_answer")),
    )
    op.create_index(op.f("ix_date_poll_answer_person_id"), "date_poll_answer", ["person_id"])


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
