"""The first tables: people, moments, programme, reflections, mail."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_2100"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_line")),
    )
    op.create_index("ix_audit_line_audience", "audit_line", ["audience", "at"], unique=False)
    op.create_index("ix_audit_line_subject", "audit_line", ["subject_kind", "subject_id", "at"], unique=False)
    op.create_table(
        "moment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.String(length=255), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column(
            "precision",
            sa.Enum(
                "minute",
                "day",
                "month",
                "year",
                "window",
                name="precision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("wall_start", sa.DateTime(), nullable=True),
        sa.Column("wall_end", sa.DateTime(), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=True),
        sa.Column("is_second_start", sa.Boolean(), nullable=False),
        sa.Column("is_second_end", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "confirmed",
                "postponed",
                "cancelled",
                "held",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "certainty",
            sa.Enum(
                "verified",
                "typical",
                "unsure",
                "estimated",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "modality",
            sa.Enum(
                "online", "on_site", "hybrid", name="modality", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "precision <> 'minute' OR (zone IS NOT NULL AND wall_start IS NOT NULL)",
            name=op.f("ck_moment_minute_has_zone"),
        ),
        sa.CheckConstraint("starts_at <= until", name=op.f("ck_moment_in_order")),
        sa.CheckConstraint("wall_start IS NOT NULL OR wall_end IS NOT NULL", name=op.f("ck_moment_one_end_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment")),
        sa.UniqueConstraint("uid", name=op.f("uq_moment_uid")),
    )
    op.create_index("ix_moment_audience", "moment", ["audience", "starts_at", "id"], unique=False)
    op.create_index("ix_moment_starts_at", "moment", ["starts_at", "id"], unique=False)
    op.create_index("ix_moment_subject", "moment", ["subject_kind", "subject_id"], unique=False)
    op.create_index("ix_moment_zone", "moment", ["zone", "until"], unique=False)
    op.create_table(
        "name_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("fold", sa.String(length=400), nullable=False),
        sa.Column(
            "certainty",
            sa.Enum(
                "founding",
                "ext",
                "typical",
                "inferred",
                "unsure",
                "own",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_alias", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_row")),
    )
    op.create_index("ix_name_row_fold", "name_row", ["object_kind", "fold"], unique=False)
    op.create_index(
        "uq_name_row_main",
        "name_row",
        ["object_kind", "object_id", "language"],
        unique=True,
        postgresql_where=sa.text("NOT is_alias"),
        sqlite_where=sa.text("NOT is_alias"),
    )
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "leased",
                "handoff",
                "sent",
                "presumed_sent",
                "failed",
                "cancelled",
                "expired",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("parameters", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("rendered", sa.LargeBinary(), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_mail_dedupe_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_mail_message_id")),
    )
    op.create_index(
        "ix_outbox_mail_due",
        "outbox_mail",
        ["not_before"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'leased')"),
        sqlite_where=sa.text("state IN ('pending', 'leased')"),
    )
    op.create_index(op.f("ix_outbox_mail_person_id"), "outbox_mail", ["person_id"], unique=False)
    op.create_table(
        "region",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("code", name=op.f("uq_region_code")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("endpoint", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("leads_to", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    op.create_index(op.f("ix_submission_at"), "submission", ["at"], unique=False)
    op.create_table(
        "moment_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("old", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("new", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["moment_id"], ["moment.id"], name=op.f("fk_moment_change_moment_id_moment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment_change")),
    )
    op.create_index("ix_moment_change_moment", "moment_change", ["moment_id", "sequence"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("parameters", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["outbox_mail.id"], name=op.f("fk_notice_mail_id_outbox_mail")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index(op.f("ix_notice_mail_id"), "notice", ["mail_id"], unique=False)
    op.create_index(op.f("ix_notice_person_id"), "notice", ["person_id"], unique=False)
    op.create_index(
        "ix_notice_unaddressed",
        "notice",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("mail_id IS NULL AND dropped_at IS NULL"),
        sqlite_where=sa.text("mail_id IS NULL AND dropped_at IS NULL"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("acronym", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("city", sa.String(length=120), nullable=False),
        sa.Column("region_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_organisation_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
    )
    op.create_index(op.f("ix_organisation_region_id"), "organisation", ["region_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_latin", sa.String(length=160), nullable=False),
        sa.Column("name_fold", sa.String(length=330), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("region_id", sa.Uuid(), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("page_language", sa.String(length=20), nullable=False),
        sa.Column("preferred_language", sa.String(length=20), nullable=False),
        sa.Column(
            "gender",
            sa.Enum(
                "woman",
                "man",
                "other",
                "undisclosed",
                name="gender",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "appearance",
            sa.Enum(
                "nobody", "network", "public", name="appearance", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("appearance_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scheme", sa.String(length=8), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_person_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_name_fold", "person", ["name_fold", "id"], unique=False)
    op.create_index(op.f("ix_person_region_id"), "person", ["region_id"], unique=False)
    op.create_table(
        "account",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_norm", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_account_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_norm", name=op.f("uq_account_email_norm")),
    )
    op.create_table(
        "affiliation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("member", "friend", "ally", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "pending", "confirmed", "refused", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_affiliation_in_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_affiliation_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_affiliation_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
    )
    op.create_index("ix_affiliation_organisation", "affiliation", ["organisation_id", "state"], unique=False)
    op.create_index("ix_affiliation_person", "affiliation", ["person_id", "state"], unique=False)
    op.create_index(
        "uq_affiliation_open",
        "affiliation",
        ["person_id", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("until_on IS NULL AND state <> 'refused'"),
        sqlite_where=sa.text("until_on IS NULL AND state <> 'refused'"),
    )
    op.create_table(
        "auth_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_auth_session_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auth_session")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_auth_session_token_sha256")),
    )
    op.create_index(op.f("ix_auth_session_person_id"), "auth_session", ["person_id"], unique=False)
    op.create_table(
        "mail_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("verify", "reset", "invite", name="purpose", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("email_norm", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_link_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_link")),
    )
    op.create_index(op.f("ix_mail_link_person_id"), "mail_link", ["person_id"], unique=False)
    op.create_table(
        "person_language",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_language_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "language", name=op.f("pk_person_language")),
    )
    op.create_table(
        "phase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("owner_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("year_from", sa.Integer(), nullable=False),
        sa.Column("year_to", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"], ["organisation.id"], name=op.f("fk_phase_owner_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("code", name=op.f("uq_phase_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_phase_slug")),
    )
    op.create_index(op.f("ix_phase_owner_organisation_id"), "phase", ["owner_organisation_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "secretariat",
                "coordinator",
                "mandated",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role = 'mandated') = (organisation_id IS NOT NULL)", name=op.f("ck_role_grant_mandate_names_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_role_grant_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index("ix_role_grant_person", "role_grant", ["person_id"], unique=False)
    op.create_index(
        "uq_role_grant_house",
        "role_grant",
        ["person_id", "role"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND organisation_id IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL AND organisation_id IS NULL"),
    )
    op.create_index(
        "uq_role_grant_organisation",
        "role_grant",
        ["person_id", "role", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "phase_region",
        sa.Column("phase_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["phase.id"], name=op.f("fk_phase_region_phase_id_phase"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_phase_region_region_id_region")),
        sa.PrimaryKeyConstraint("phase_id", "region_id", name=op.f("pk_phase_region")),
    )
    op.create_table(
        "track",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("phase_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("eligible", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_track_phase_id_phase")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
        sa.UniqueConstraint("code", name=op.f("uq_track_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_track_slug")),
    )
    op.create_index(op.f("ix_track_audience"), "track", ["audience"], unique=False)
    op.create_index(op.f("ix_track_phase_id"), "track", ["phase_id"], unique=False)
    op.create_table(
        "learning_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("join_link", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["moment_id"], ["moment.id"], name=op.f("fk_learning_session_moment_id_moment")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_learning_session_track_id_track")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_session")),
        sa.UniqueConstraint("moment_id", name=op.f("uq_learning_session_moment_id")),
        sa.UniqueConstraint("track_id", "number", name="uq_learning_session_number"),
    )
    op.create_index(op.f("ix_learning_session_series_id"), "learning_session", ["series_id"], unique=False)
    op.create_table(
        "programme_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("phase_id", sa.Uuid(), nullable=True),
        sa.Column("track_id", sa.Uuid(), nullable=True),
        sa.Column(
            "block",
            sa.Enum(
                "aims",
                "purpose",
                "interregional",
                "pedagogy",
                "team",
                "learning_models",
                name="block",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("(phase_id IS NULL) <> (track_id IS NULL)", name=op.f("ck_programme_text_one_subject")),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["phase.id"], name=op.f("fk_programme_text_phase_id_phase"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_programme_text_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_text")),
        sa.UniqueConstraint("phase_id", "block", "language", name="uq_programme_text_phase"),
        sa.UniqueConstraint("track_id", "block", "language", name="uq_programme_text_track"),
    )
    op.create_table(
        "track_facilitator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Uuid(), nullable=True),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_track_facilitator_person_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_track_facilitator_region_id_region")),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_track_facilitator_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_facilitator")),
    )
    op.create_index("ix_track_facilitator_person", "track_facilitator", ["person_id"], unique=False)
    op.create_index(
        "uq_track_facilitator_open",
        "track_facilitator",
        ["track_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "track_membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_track_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_track_membership_person_id_person")),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_track_membership_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_membership")),
    )
    op.create_index("ix_track_membership_person", "track_membership", ["person_id"], unique=False)
    op.create_index(
        "uq_track_membership_open",
        "track_membership",
        ["track_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
        sqlite_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes_after_start", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_agenda_item_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("session_id", "position", name="uq_agenda_item_position"),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("attended_for_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("attended_on", sa.Date(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=True),
        sa.Column("unmarked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attended_for_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_attendance_attended_for_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["learning_session.id"], name=op.f("fk_attendance_session_id_learning_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("session_id", "person_id", name="uq_attendance_person"),
    )
    op.create_index(
        op.f("ix_attendance_attended_for_organisation_id"), "attendance", ["attended_for_organisation_id"], unique=False
    )
    op.create_index("ix_attendance_person", "attendance", ["person_id"], unique=False)
    op.create_table(
        "reflection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("pseudonym", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_reflection_author_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["learning_session.id"], name=op.f("fk_reflection_session_id_learning_session")
        ),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_reflection_track_id_track")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection")),
    )
    op.create_index("ix_reflection_audience", "reflection", ["audience", "written_at", "id"], unique=False)
    op.create_index(op.f("ix_reflection_author_id"), "reflection", ["author_id"], unique=False)
    op.create_index(op.f("ix_reflection_session_id"), "reflection", ["session_id"], unique=False)
    op.create_index("ix_reflection_track", "reflection", ["track_id", "written_at", "id"], unique=False)
    op.create_table(
        "session_language",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("spoken", "interpreted", name="mode", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_session_language_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "language", name=op.f("pk_session_language")),
    )
    op.create_table(
        "reflection_translation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("translator_id", sa.Uuid(), nullable=True),
        sa.Column("machine", sa.String(length=80), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "translator_id IS NULL OR machine = ''", name=op.f("ck_reflection_translation_person_or_machine")
        ),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_reflection_translation_reflection_id_reflection"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["translator_id"], ["person.id"], name=op.f("fk_reflection_translation_translator_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection_translation")),
        sa.UniqueConstraint("reflection_id", "language", name="uq_reflection_translation_language"),
    )
    op.create_index(
        op.f("ix_reflection_translation_translator_id"), "reflection_translation", ["translator_id"], unique=False
    )
    op.create_table(
        "reflection_version",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_reflection_version_reflection_id_reflection"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reflection_id", "number", name=op.f("pk_reflection_version")),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
