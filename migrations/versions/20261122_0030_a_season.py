"""A season: intake, attendance in three figures, materials, outcomes, voices, mandates, settings."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0030"
down_revision = "20261121_2100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "house_setting",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_house_setting")),
    )
    op.create_table(
        "people_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("separator", sa.String(length=1), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=True),
        sa.Column("headings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("adds_organisations", sa.Boolean(), nullable=False),
        sa.Column("invites", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "mapping",
                "tried",
                "running",
                "done",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_import")),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("brought_by", sa.Uuid(), nullable=True),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_removed_at"), ["removed_at"], unique=False)

    op.create_table(
        "people_import_line",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(none_as_null=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "waiting",
                "added",
                "known",
                "refused",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["people_import.id"],
            name=op.f("fk_people_import_line_import_id_people_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_people_import_line")),
    )
    op.create_table(
        "assistance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("agreed", sa.String(length=300), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("person_id <> helper_id", name=op.f("ck_assistance_not_oneself")),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["person.id"], name=op.f("fk_assistance_helper_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_assistance_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
    )
    with op.batch_alter_table("assistance", schema=None) as batch_op:
        batch_op.create_index("ix_assistance_helper", ["helper_id"], unique=False)
        batch_op.create_index(
            "uq_assistance_open",
            ["person_id", "helper_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "contact_subject",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_contact_subject_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_subject")),
    )
    op.create_table(
        "erasure_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("was_done", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_language", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_erasure_request_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")),
    )
    with op.batch_alter_table("erasure_request", schema=None) as batch_op:
        batch_op.create_index(
            "uq_erasure_request_open",
            ["person_id"],
            unique=True,
            postgresql_where=sa.text("closed_at IS NULL"),
            sqlite_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "organisation_contact",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_contact_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_organisation_contact")),
    )
    op.create_table(
        "organisation_parent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("organisation_id <> parent_id", name=op.f("ck_organisation_parent_not_itself")),
        sa.CheckConstraint(
            "until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name=op.f("ck_organisation_parent_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_parent_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_parent_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_parent")),
    )
    with op.batch_alter_table("organisation_parent", schema=None) as batch_op:
        batch_op.create_index("ix_organisation_parent_organisation", ["organisation_id"], unique=False)
        batch_op.create_index("ix_organisation_parent_parent", ["parent_id"], unique=False)

    op.create_table(
        "organisation_text",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_text_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "language", name=op.f("pk_organisation_text")),
    )
    op.create_table(
        "person_need",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "need",
            sa.Enum(
                "captions",
                "sign_language",
                "large_print",
                "phone_dial_in",
                "low_bandwidth",
                "shared_screen",
                "companion",
                name="need",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_need_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "need", name=op.f("pk_person_need")),
    )
    op.create_table(
        "translation_offer",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_translation_offer_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "language", name=op.f("pk_translation_offer")),
    )
    op.create_table(
        "contact_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_message_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["contact_subject.id"], name=op.f("fk_contact_message_subject_id_contact_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_message")),
    )
    with op.batch_alter_table("contact_message", schema=None) as batch_op:
        batch_op.create_index("ix_contact_message_audience", ["audience", "sent_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_message_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_message_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "waiting",
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
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_application_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_application_person_id_person")),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_application_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index("ix_application_person", ["person_id"], unique=False)
        batch_op.create_index("ix_application_track", ["track_id", "state", "asked_at", "id"], unique=False)
        batch_op.create_index(
            "uq_application_open",
            ["track_id", "person_id"],
            unique=True,
            postgresql_where=sa.text("state IN ('asked', 'waiting')"),
            sqlite_where=sa.text("state IN ('asked', 'waiting')"),
        )

    op.create_table(
        "intake",
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_intake_some_places")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_intake_taken_counts")),
        sa.ForeignKeyConstraint(["moment_id"], ["moment.id"], name=op.f("fk_intake_moment_id_moment")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_intake_track_id_track"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_intake")),
        sa.UniqueConstraint("moment_id", name=op.f("uq_intake_moment_id")),
    )
    op.create_table(
        "intake_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("line", "text", "yes_no", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("prompts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_intake_question_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_question")),
    )
    with op.batch_alter_table("intake_question", schema=None) as batch_op:
        batch_op.create_index("ix_intake_question_track", ["track_id", "position"], unique=False)

    op.create_table(
        "announcement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(length=150), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_announcement_author_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_announcement_session_id_learning_session"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_announcement_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_announcement_track", ["track_id", "sent_at", "id"], unique=False)

    op.create_table(
        "application_answer",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_answer_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["intake_question.id"], name=op.f("fk_application_answer_question_id_intake_question")
        ),
        sa.PrimaryKeyConstraint("application_id", "question_id", name=op.f("pk_application_answer")),
    )
    op.create_table(
        "attendance_claim",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("for_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["for_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_attendance_claim_for_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_claim_person_id_person")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["learning_session.id"], name=op.f("fk_attendance_claim_session_id_learning_session")
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_attendance_claim")),
    )
    with op.batch_alter_table("attendance_claim", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_claim_person", ["person_id"], unique=False)

    op.create_table(
        "head_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("counted_by", sa.Uuid(), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("people > 0", name=op.f("ck_head_count_somebody")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_head_count_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["learning_session.id"], name=op.f("fk_head_count_session_id_learning_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_count")),
    )
    with op.batch_alter_table("head_count", schema=None) as batch_op:
        batch_op.create_index("ix_head_count_session", ["session_id"], unique=False)

    op.create_table(
        "material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(url = '') = (file_id IS NOT NULL)", name=op.f("ck_material_link_or_file")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_material_file_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_material_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_material_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
    )
    with op.batch_alter_table("material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_file_id"), ["file_id"], unique=False)
        batch_op.create_index("ix_material_session", ["session_id"], unique=False)
        batch_op.create_index("ix_material_track", ["track_id", "position", "id"], unique=False)

    op.create_table(
        "meeting_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("brought_by", sa.Uuid(), nullable=True),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_meeting_list_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_list")),
    )
    with op.batch_alter_table("meeting_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_list_session_id"), ["session_id"], unique=False)

    op.create_table(
        "outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "priority", "action", "commitment", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("open", "done", "dropped", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("with_whom", sa.String(length=300), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=True),
        sa.Column("noted_by", sa.Uuid(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["moment_id"], ["moment.id"], name=op.f("fk_outcome_moment_id_moment")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_outcome_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["learning_session.id"], name=op.f("fk_outcome_session_id_learning_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("moment_id", name=op.f("uq_outcome_moment_id")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_outcome_session", ["session_id", "position"], unique=False)

    op.create_table(
        "session_notes",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_session_notes_session_id_learning_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "language", name=op.f("pk_session_notes")),
    )
    op.create_table(
        "abuse_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("reporter_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_abuse_report_reflection_id_reflection"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["person.id"], name=op.f("fk_abuse_report_reporter_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abuse_report")),
        sa.UniqueConstraint("reflection_id", "reporter_id", name="uq_abuse_report_reporter"),
    )
    op.create_table(
        "consent_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_consent_request_reflection_id_reflection"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_request")),
    )
    with op.batch_alter_table("consent_request", schema=None) as batch_op:
        batch_op.create_index(
            "uq_consent_request_open",
            ["reflection_id"],
            unique=True,
            postgresql_where=sa.text("answered_at IS NULL"),
            sqlite_where=sa.text("answered_at IS NULL"),
        )

    op.create_table(
        "reflection_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum("chat", "transcript", name="origin", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("of_reflection_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(origin = 'transcript') = (of_reflection_id IS NOT NULL)", name=op.f("ck_reflection_draft_transcript_of")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_reflection_draft_author_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["of_reflection_id"],
            ["reflection.id"],
            name=op.f("fk_reflection_draft_of_reflection_id_reflection"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_session.id"],
            name=op.f("fk_reflection_draft_session_id_learning_session"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["track.id"], name=op.f("fk_reflection_draft_track_id_track"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection_draft")),
    )
    with op.batch_alter_table("reflection_draft", schema=None) as batch_op:
        batch_op.create_index("ix_reflection_draft_author", ["author_id", "taken_at"], unique=False)

    op.create_table(
        "reflection_quote",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quoted_id", sa.Uuid(), nullable=False),
        sa.Column("quoted_version", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["quoted_id"], ["reflection.id"], name=op.f("fk_reflection_quote_quoted_id_reflection")
        ),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_reflection_quote_reflection_id_reflection"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reflection_id", "position", name=op.f("pk_reflection_quote")),
    )
    with op.batch_alter_table("reflection_quote", schema=None) as batch_op:
        batch_op.create_index("ix_reflection_quote_quoted", ["quoted_id"], unique=False)

    op.create_table(
        "reflection_voice",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_reflection_voice_file_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_reflection_voice_reflection_id_reflection"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reflection_id", name=op.f("pk_reflection_voice")),
        sa.UniqueConstraint("file_id", name=op.f("uq_reflection_voice_file_id")),
    )
    op.create_table(
        "withholding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum("care", "abuse", name="ground", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appeal", sa.Text(), nullable=False),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_answer", sa.Text(), nullable=False),
        sa.Column("appeal_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_answered_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reflection_id"],
            ["reflection.id"],
            name=op.f("fk_withholding_reflection_id_reflection"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withholding")),
    )
    with op.batch_alter_table("withholding", schema=None) as batch_op:
        batch_op.create_index(
            "uq_withholding_open",
            ["reflection_id"],
            unique=True,
            postgresql_where=sa.text("lifted_at IS NULL"),
            sqlite_where=sa.text("lifted_at IS NULL"),
        )

    op.create_table(
        "reflection_passage",
        sa.Column("reflection_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["reflection_id", "version"],
            ["reflection_version.reflection_id", "reflection_version.number"],
            name="fk_reflection_passage_version",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reflection_id", "version", "position", name=op.f("pk_reflection_passage")),
    )
    with op.batch_alter_table("audit_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("for_organisation_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("helper_id", sa.Uuid(), nullable=True))

    with op.batch_alter_table("auth_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("acting_for_organisation_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("helping_person_id", sa.Uuid(), nullable=True))

    with op.batch_alter_table("learning_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hours_told_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "level",
                sa.Enum(
                    "local",
                    "national",
                    "regional",
                    "world",
                    name="level",
                    native_enum=False,
                    create_constraint=True,
                    length=32,
                ),
                nullable=True,
            )
        )

    with op.batch_alter_table("person_language", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_spoken", sa.Boolean(), server_default=sa.true(), nullable=False))

    with op.batch_alter_table("reflection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answers_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("written_down_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_reflection_answers_id"), ["answers_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_reflection_answers_id_reflection"), "reflection", ["answers_id"], ["id"]
        )

    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("from_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("until_on", sa.Date(), nullable=True))

    with op.batch_alter_table("track_membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joined_by", sa.Uuid(), nullable=True))

    with op.batch_alter_table("mail_link") as batch_op:
        batch_op.drop_constraint(op.f("ck_mail_link_purpose"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_mail_link_purpose"), "purpose IN ('verify', 'reset', 'invite', 'sign_in')"
        )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
