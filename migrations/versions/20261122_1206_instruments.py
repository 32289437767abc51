"""Advocacy instruments: statements that others may use, by language and version."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1206"
down_revision = "20261122_1200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instrument",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_because", sa.String(length=300), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("audience IN ('network', 'public')", name=op.f("ck_instrument_audience")),
        sa.CheckConstraint("withdrawn_at IS NOT NULL OR withdrawn_because = ''", name=op.f("ck_instrument_withdrawn")),
        sa.CheckConstraint("(group_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_instrument_one_owner")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_instrument_group_id_working_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["offered_by"], ["person.id"], name=op.f("fk_instrument_offered_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_instrument_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["person.id"], name=op.f("fk_instrument_withdrawn_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
    )
    op.create_index(op.f("ix_instrument_audience"), "instrument", ["audience"], unique=False)
    op.create_index("ix_instrument_changed", "instrument", ["changed_at", "id"], unique=False)
    op.create_index(op.f("ix_instrument_group_id"), "instrument", ["group_id"], unique=False)
    op.create_index(op.f("ix_instrument_offered_by"), "instrument", ["offered_by"], unique=False)
    op.create_index(op.f("ix_instrument_organisation_id"), "instrument", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_instrument_withdrawn_by"), "instrument", ["withdrawn_by"], unique=False)
    op.create_table(
        "instrument_claim",
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column(
            "claim",
            sa.Enum(
                "adequate_housing",
                "forced_eviction",
                "security_of_tenure",
                "right_to_land",
                "right_to_the_city",
                "social_production",
                "community_finance",
                "feminist_approaches",
                "climate_justice",
                "water_and_services",
                "participation",
                name="claim",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"],
            ["instrument.id"],
            name=op.f("fk_instrument_claim_instrument_id_instrument"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("instrument_id", "claim", name=op.f("pk_instrument_claim")),
    )
    op.create_index(op.f("ix_instrument_claim_claim"), "instrument_claim", ["claim"], unique=False)
    op.create_table(
        "instrument_goal",
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.CheckConstraint("goal BETWEEN 1 AND 17", name=op.f("ck_instrument_goal_goal")),
        sa.ForeignKeyConstraint(
            ["instrument_id"],
            ["instrument.id"],
            name=op.f("fk_instrument_goal_instrument_id_instrument"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("instrument_id", "goal", name=op.f("pk_instrument_goal")),
    )
    op.create_index(op.f("ix_instrument_goal_goal"), "instrument_goal", ["goal"], unique=False)
    op.create_table(
        "instrument_text",
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("changes", sa.String(length=300), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instrument_id"],
            ["instrument.id"],
            name=op.f("fk_instrument_text_instrument_id_instrument"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_instrument_text_written_by_person")),
        sa.PrimaryKeyConstraint("instrument_id", "language", "version", name=op.f("pk_instrument_text")),
    )
    op.create_index(op.f("ix_instrument_text_written_by"), "instrument_text", ["written_by"], unique=False)
