"""Working groups: who belongs to them, who runs them, who was asked to come."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1120"
down_revision = "20261122_1110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "working_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "interregional",
                "regional",
                "community_of_practice",
                "chantier",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "active",
                "suspended",
                "closed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("region_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column(
            "admission",
            sa.Enum("open", "invited", name="admission", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("eligible", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("takes_observers", sa.Boolean(), nullable=False),
        sa.Column("objectives_edition", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'regional') = (region_id IS NOT NULL)", name=op.f("ck_working_group_region_of_regional")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_working_group_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_group")),
        sa.UniqueConstraint("code", name=op.f("uq_working_group_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_working_group_slug")),
    )
    op.create_index(op.f("ix_working_group_audience"), "working_group", ["audience"], unique=False)
    op.create_index(op.f("ix_working_group_region_id"), "working_group", ["region_id"], unique=False)
    op.create_table(
        "group_coordinator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appointed_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["working_group.id"],
            name=op.f("fk_group_coordinator_group_id_working_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_coordinator_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_coordinator")),
    )
    op.create_index("ix_group_coordinator_person", "group_coordinator", ["person_id"], unique=False)
    op.create_index(
        "uq_group_coordinator_open",
        "group_coordinator",
        ["group_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "group_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "standing",
            sa.Enum(
                "member", "observer", "guest", name="standing", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "declined",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_group_invitation_person_or_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["working_group.id"],
            name=op.f("fk_group_invitation_group_id_working_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_group_invitation_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_invitation")),
        sa.UniqueConstraint("group_id", "organisation_id", name="uq_group_invitation_organisation"),
        sa.UniqueConstraint("group_id", "person_id", name="uq_group_invitation_person"),
    )
    op.create_index("ix_group_invitation_organisation", "group_invitation", ["organisation_id", "state"], unique=False)
    op.create_index("ix_group_invitation_person", "group_invitation", ["person_id", "state"], unique=False)
    op.create_table(
        "group_membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "standing",
            sa.Enum(
                "member", "observer", "guest", name="standing", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_edition", sa.Integer(), nullable=True),
        sa.Column("admitted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "standing <> 'member' OR acknowledged_at IS NOT NULL", name=op.f("ck_group_membership_members_acknowledged")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["working_group.id"],
            name=op.f("fk_group_membership_group_id_working_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_group_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_membership")),
    )
    op.create_index(op.f("ix_group_membership_organisation_id"), "group_membership", ["organisation_id"], unique=False)
    op.create_index("ix_group_membership_person", "group_membership", ["person_id"], unique=False)
    op.create_index(
        "uq_group_membership_open",
        "group_membership",
        ["group_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
        sqlite_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "group_text",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column(
            "block",
            sa.Enum(
                "purpose",
                "objectives",
                "priorities",
                name="block",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_group_text_group_id_working_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "block", "language", name=op.f("pk_group_text")),
    )
    op.create_table(
        "observer_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["working_group.id"],
            name=op.f("fk_observer_request_group_id_working_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_observer_request_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_observer_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observer_request")),
    )
    op.create_index(
        "ix_observer_request_group", "observer_request", ["group_id", "state", "asked_at", "id"], unique=False
    )
    op.create_index("ix_observer_request_person", "observer_request", ["person_id"], unique=False)
    op.create_index(
        "uq_observer_request_open",
        "observer_request",
        ["group_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
        sqlite_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "group_origin",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_group_origin_group_id_working_group"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_group_origin_track_id_track")),
        sa.PrimaryKeyConstraint("group_id", "track_id", name=op.f("pk_group_origin")),
    )
    op.create_index(op.f("ix_group_origin_track_id"), "group_origin", ["track_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
