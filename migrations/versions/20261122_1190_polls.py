"""Advisory polls: questions, options, answers that are hidden until the close."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1190"
down_revision = "20261122_1178"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poll",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column(
            "shows",
            sa.Enum("names", "counts", name="shows", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("could", sa.Integer(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("organisations", sa.Integer(), nullable=True),
        sa.Column("regions", sa.Integer(), nullable=True),
        sa.Column("laid_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("laid_down_by", sa.Uuid(), nullable=True),
        sa.Column("laid_down_because", sa.String(length=1000), nullable=False),
        sa.Column("laid_down_language", sa.String(length=35), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(closed_at IS NULL) = (could IS NULL)", name=op.f("ck_poll_counted_when_closed")),
        sa.CheckConstraint("closed_at IS NULL OR laid_down_at IS NULL", name=op.f("ck_poll_closed_or_laid_down")),
        sa.CheckConstraint("most > 0", name=op.f("ck_poll_at_least_one")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_poll_group_id_working_group")),
        sa.ForeignKeyConstraint(["laid_down_by"], ["person.id"], name=op.f("fk_poll_laid_down_by_person")),
        sa.ForeignKeyConstraint(["moment_id"], ["moment.id"], name=op.f("fk_poll_moment_id_moment")),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_poll_started_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("moment_id", name=op.f("uq_poll_moment_id")),
    )
    op.create_index(
        "ix_poll_due",
        "poll",
        ["remind_at"],
        unique=False,
        postgresql_where=sa.text("remind_at IS NOT NULL"),
        sqlite_where=sa.text("remind_at IS NOT NULL"),
    )
    op.create_index("ix_poll_group", "poll", ["group_id", "started_at", "id"], unique=False)
    op.create_index(op.f("ix_poll_laid_down_by"), "poll", ["laid_down_by"], unique=False)
    op.create_index(op.f("ix_poll_started_by"), "poll", ["started_by"], unique=False)
    op.create_table(
        "poll_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("region_id", sa.Uuid(), nullable=True),
        sa.Column("because", sa.String(length=400), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_poll_answer_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_answer_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_answer_poll_id_poll"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_poll_answer_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_answer")),
        sa.UniqueConstraint("poll_id", "person_id", name="uq_poll_answer_person"),
    )
    op.create_index(op.f("ix_poll_answer_organisation_id"), "poll_answer", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_poll_answer_person_id"), "poll_answer", ["person_id"], unique=False)
    op.create_index(op.f("ix_poll_answer_region_id"), "poll_answer", ["region_id"], unique=False)
    op.create_table(
        "poll_option",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("organisations", sa.Integer(), nullable=True),
        sa.Column("regions", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_option_poll_id_poll"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_option")),
        sa.UniqueConstraint("poll_id", "place", name="uq_poll_option_place"),
    )
    op.create_table(
        "poll_reason",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.String(length=400), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_reason_poll_id_poll"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_reason")),
    )
    op.create_index(op.f("ix_poll_reason_poll_id"), "poll_reason", ["poll_id"], unique=False)
    op.create_table(
        "poll_wording",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["poll.id"], name=op.f("fk_poll_wording_poll_id_poll"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_poll_wording_written_by_person")),
        sa.PrimaryKeyConstraint("poll_id", "language", name=op.f("pk_poll_wording")),
    )
    op.create_index(op.f("ix_poll_wording_written_by"), "poll_wording", ["written_by"], unique=False)
    op.create_table(
        "poll_choice",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["poll_answer.id"], name=op.f("fk_poll_choice_answer_id_poll_answer"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["option_id"], ["poll_option.id"], name=op.f("fk_poll_choice_option_id_poll_option"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer_id", "option_id", name=op.f("pk_poll_choice")),
    )
    op.create_index(op.f("ix_poll_choice_option_id"), "poll_choice", ["option_id"], unique=False)
