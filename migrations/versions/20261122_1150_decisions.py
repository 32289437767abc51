"""Decisions by consent, their roll, voices and outcome."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1150"
down_revision = "20261122_1140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "drafted",
                "clarification",
                "reactions",
                "objections",
                "objected",
                "no_quorum",
                "adopted",
                "laid_down",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("proxies_per_holder", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(stage IN ('adopted', 'laid_down')) = (settled_at IS NOT NULL)", name=op.f("ck_decision_settled_when")
        ),
        sa.CheckConstraint("proxies_per_holder >= 0", name=op.f("ck_decision_no_fewer_than_none")),
        sa.CheckConstraint("quorum > 0", name=op.f("ck_decision_quorum_of_one")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_decision_group_id_working_group")),
        sa.ForeignKeyConstraint(["review_id"], ["moment.id"], name=op.f("fk_decision_review_id_moment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("review_id", name=op.f("uq_decision_review_id")),
    )
    op.create_index("ix_decision_group", "decision", ["group_id", "created_at", "id"], unique=False)
    op.create_table(
        "decision_proxy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.String(length=300), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("mandate_id", sa.Uuid(), nullable=True),
        sa.Column("mandate_from", sa.Date(), nullable=True),
        sa.Column("mandate_until", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(paper = '') = (mandate_id IS NOT NULL)", name=op.f("ck_decision_proxy_mandate_or_paper")),
        sa.CheckConstraint("giver_id <> holder_id", name=op.f("ck_decision_proxy_to_another")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_proxy_decision_id_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_decision_proxy_given_by_person")),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["organisation.id"], name=op.f("fk_decision_proxy_giver_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["organisation.id"], name=op.f("fk_decision_proxy_holder_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_proxy")),
    )
    op.create_index(op.f("ix_decision_proxy_given_by"), "decision_proxy", ["given_by"], unique=False)
    op.create_index(op.f("ix_decision_proxy_giver_id"), "decision_proxy", ["giver_id"], unique=False)
    op.create_index(op.f("ix_decision_proxy_holder_id"), "decision_proxy", ["holder_id"], unique=False)
    op.create_index(
        "uq_decision_proxy_standing",
        "decision_proxy",
        ["decision_id", "giver_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
        sqlite_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "decision_roll",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column(
            "entry",
            sa.Enum("member", "carrier", name="entry", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_roll_decision_id_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_decision_roll_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("decision_id", "organisation_id", name=op.f("pk_decision_roll")),
    )
    op.create_index(op.f("ix_decision_roll_organisation_id"), "decision_roll", ["organisation_id"], unique=False)
    op.create_table(
        "decision_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "intent",
            sa.Enum(
                "question",
                "answer",
                "reaction",
                "reason",
                "withdrawal",
                "laying_down",
                "outcome",
                name="intent",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("about_version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("answers_id", sa.Uuid(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["decision_statement.id"], name=op.f("fk_decision_statement_answers_id_decision_statement")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_statement_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["id"], ["original.id"], name=op.f("fk_decision_statement_id_original")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_decision_statement_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_statement")),
    )
    op.create_index(op.f("ix_decision_statement_answers_id"), "decision_statement", ["answers_id"], unique=False)
    op.create_index(op.f("ix_decision_statement_decision_id"), "decision_statement", ["decision_id"], unique=False)
    op.create_index(
        op.f("ix_decision_statement_organisation_id"), "decision_statement", ["organisation_id"], unique=False
    )
    op.create_table(
        "decision_window",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "clarification",
                "reactions",
                "objections",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "drafted",
                "clarification",
                "reactions",
                "objections",
                "objected",
                "no_quorum",
                "adopted",
                "laid_down",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("spoken", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_window_decision_id_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["moment_id"], ["moment.id"], name=op.f("fk_decision_window_moment_id_moment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_window")),
        sa.UniqueConstraint("moment_id", name=op.f("uq_decision_window_moment_id")),
    )
    op.create_index("ix_decision_window_decision", "decision_window", ["decision_id", "opened_at"], unique=False)
    op.create_index(
        "ix_decision_window_due",
        "decision_window",
        ["remind_at"],
        unique=False,
        postgresql_where=sa.text("remind_at IS NOT NULL"),
        sqlite_where=sa.text("remind_at IS NOT NULL"),
    )
    op.create_index(
        "uq_decision_window_open",
        "decision_window",
        ["decision_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_proposal_decision_id_decision")),
        sa.ForeignKeyConstraint(["id"], ["original.id"], name=op.f("fk_proposal_id_original")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_proposal_decision_id")),
    )
    op.create_table(
        "decision_voice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("through_id", sa.Uuid(), nullable=True),
        sa.Column(
            "stand",
            sa.Enum("consent", "abstain", "object", name="stand", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("words_id", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("mandate_id", sa.Uuid(), nullable=False),
        sa.Column("mandate_from", sa.Date(), nullable=True),
        sa.Column("mandate_until", sa.Date(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawal_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "stand <> 'object' OR words_id IS NOT NULL", name=op.f("ck_decision_voice_objection_has_reason")
        ),
        sa.CheckConstraint("through_id <> organisation_id", name=op.f("ck_decision_voice_through_another")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_voice_decision_id_decision"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_decision_voice_given_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_decision_voice_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["through_id"], ["organisation.id"], name=op.f("fk_decision_voice_through_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawal_id"],
            ["decision_statement.id"],
            name=op.f("fk_decision_voice_withdrawal_id_decision_statement"),
        ),
        sa.ForeignKeyConstraint(
            ["words_id"], ["decision_statement.id"], name=op.f("fk_decision_voice_words_id_decision_statement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_voice")),
        sa.UniqueConstraint("withdrawal_id", name=op.f("uq_decision_voice_withdrawal_id")),
        sa.UniqueConstraint("words_id", name=op.f("uq_decision_voice_words_id")),
    )
    op.create_index(op.f("ix_decision_voice_decision_id"), "decision_voice", ["decision_id"], unique=False)
    op.create_index(op.f("ix_decision_voice_given_by"), "decision_voice", ["given_by"], unique=False)
    op.create_index(op.f("ix_decision_voice_organisation_id"), "decision_voice", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_decision_voice_through_id"), "decision_voice", ["through_id"], unique=False)
    op.create_index(
        "uq_decision_voice_standing",
        "decision_voice",
        ["decision_id", "version", "organisation_id", "is_late"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
        sqlite_where=sa.text("replaced_at IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
