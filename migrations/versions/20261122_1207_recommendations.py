"""Recommendations obtained: what bodies said to States, where it stands, who follows it, what was seen of it."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1207"
down_revision = "20261122_1206"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("occurrence_id", sa.Uuid(), nullable=True),
        sa.Column("engagement_id", sa.Uuid(), nullable=True),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("symbol", sa.String(length=120), nullable=False),
        sa.Column("paragraph", sa.String(length=60), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("is_gender_integrated", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "under_way",
                "carried_out",
                "partly",
                "not_carried_out",
                "gone_back_on",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("country IS NOT NULL OR addressee <> ''", name=op.f("ck_recommendation_addressed")),
        sa.CheckConstraint("url <> '' OR symbol <> ''", name=op.f("ck_recommendation_source")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_recommendation_added_by_person")),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_recommendation_engagement_id_engagement"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            name=op.f("fk_recommendation_occurrence_id_occurrence"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["advocacy_space.id"], name=op.f("fk_recommendation_space_id_advocacy_space")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    op.create_index(op.f("ix_recommendation_added_by"), "recommendation", ["added_by"], unique=False)
    op.create_index(op.f("ix_recommendation_country"), "recommendation", ["country"], unique=False)
    op.create_index(op.f("ix_recommendation_engagement_id"), "recommendation", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_recommendation_occurrence_id"), "recommendation", ["occurrence_id"], unique=False)
    op.create_index("ix_recommendation_space", "recommendation", ["space_id", "issued_on"], unique=False)
    op.create_index("ix_recommendation_status", "recommendation", ["status", "status_at"], unique=False)
    op.create_table(
        "recommendation_claim",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
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
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_claim_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "claim", name=op.f("pk_recommendation_claim")),
    )
    op.create_index(op.f("ix_recommendation_claim_claim"), "recommendation_claim", ["claim"], unique=False)
    op.create_table(
        "recommendation_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_recommendation_evidence_author_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_evidence_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_evidence")),
    )
    op.create_index(op.f("ix_recommendation_evidence_audience"), "recommendation_evidence", ["audience"], unique=False)
    op.create_index(
        op.f("ix_recommendation_evidence_author_id"), "recommendation_evidence", ["author_id"], unique=False
    )
    op.create_index(
        "ix_recommendation_evidence_seen", "recommendation_evidence", ["recommendation_id", "seen_on"], unique=False
    )
    op.create_table(
        "recommendation_follower",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(organisation_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_recommendation_follower_one")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_recommendation_follower_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recommendation_follower_person_id_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_follower_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_follower")),
        sa.UniqueConstraint("recommendation_id", "organisation_id", name="uq_recommendation_follower_organisation"),
        sa.UniqueConstraint("recommendation_id", "person_id", name="uq_recommendation_follower_person"),
    )
    op.create_index(
        op.f("ix_recommendation_follower_organisation_id"), "recommendation_follower", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_recommendation_follower_person_id"), "recommendation_follower", ["person_id"], unique=False
    )
    op.create_table(
        "recommendation_goal",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.CheckConstraint("goal BETWEEN 1 AND 17", name=op.f("ck_recommendation_goal_goal")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_goal_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "goal", name=op.f("pk_recommendation_goal")),
    )
    op.create_index(op.f("ix_recommendation_goal_goal"), "recommendation_goal", ["goal"], unique=False)
    op.create_table(
        "recommendation_status",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "under_way",
                "carried_out",
                "partly",
                "not_carried_out",
                "gone_back_on",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_recommendation_status_noted_by_person")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_status_recommendation_id_recommendation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_status")),
    )
    op.create_index("ix_recommendation_status_at", "recommendation_status", ["recommendation_id", "at"], unique=False)
    op.create_index(op.f("ix_recommendation_status_noted_by"), "recommendation_status", ["noted_by"], unique=False)
