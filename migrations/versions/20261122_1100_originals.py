"""Originals: texts in the language of who wrote them, with their versions and translations, whatever they are part of.

What every text has moves from the tables of reflections to tables of its own; ids stay, so do addresses and whatever
points at a reflection. The tables of versions, passages and translations are written anew under their new names.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_1100"
down_revision = "20261122_0410"
branch_labels = None
depends_on = None

MOVED = (
    "author_id", "written_down_by", "language", "audience", "version", "written_at", "changed_at", "withdrawn_at",
    "withheld_at", "erased_at", "is_example",
)  # fmt: skip
"""Columns of a reflection that every original has."""


def upgrade() -> None:
    _make_originals()
    _make_versions_and_passages()
    _make_translations()
    _copy()
    for old in ("reflection_passage", "reflection_version", "reflection_translation"):
        op.drop_table(old)
    _leave_what_is_about_reflections()


def _make_originals() -> None:
    op.create_table(
        "original",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("written_down_by", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_original_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_original")),
    )
    op.create_index("ix_original_audience", "original", ["audience", "written_at", "id"])
    op.create_index(op.f("ix_original_author_id"), "original", ["author_id"])


def _make_versions_and_passages() -> None:
    op.create_table(
        "original_version",
        sa.Column("original_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["original_id"],
            ["original.id"],
            name=op.f("fk_original_version_original_id_original"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("original_id", "number", name=op.f("pk_original_version")),
    )
    op.create_table(
        "original_passage",
        sa.Column("original_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["original_id", "version"],
            ["original_version.original_id", "original_version.number"],
            name="fk_original_passage_version",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("original_id", "version", "position", name=op.f("pk_original_passage")),
    )


def _make_translations() -> None:
    op.create_table(
        "original_translation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("original_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("translator_id", sa.Uuid(), nullable=True),
        sa.Column("machine", sa.String(length=80), nullable=False),
        sa.Column("of_version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "translator_id IS NULL OR machine = ''", name=op.f("ck_original_translation_person_or_machine")
        ),
        sa.ForeignKeyConstraint(
            ["original_id"],
            ["original.id"],
            name=op.f("fk_original_translation_original_id_original"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["translator_id"], ["person.id"], name=op.f("fk_original_translation_translator_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_original_translation")),
        sa.UniqueConstraint("original_id", "language", name="uq_original_translation_language"),
    )
    op.create_index(op.f("ix_original_translation_translator_id"), "original_translation", ["translator_id"])


def _copy() -> None:
    moved = ", ".join(MOVED)
    for table, into, columns, old in (
        ("reflection", "original", f"id, kind, {moved}", f"id, 'reflection', {moved}"),
        (
            "reflection_version",
            "original_version",
            "original_id, number, body, written_at",
            "reflection_id, number, body, written_at",
        ),
        (
            "reflection_passage",
            "original_passage",
            "original_id, version, position, words, language",
            "reflection_id, version, position, words, language",
        ),
        (
            "reflection_translation",
            "original_translation",
            "id, original_id, language, body, translator_id, machine, of_version, written_at, reviewed_at",
            "id, reflection_id, language, body, translator_id, machine, of_version, written_at, reviewed_at",
        ),
    ):
        op.execute(f"INSERT INTO {into} ({columns}) SELECT {old} FROM {table}")  # noqa: S608 - names of columns


def _leave_what_is_about_reflections() -> None:
    """Take the moved columns away; whatever points at a reflection goes on pointing at it."""
    for index in ("ix_reflection_audience", "ix_reflection_author_id", "ix_reflection_track"):
        op.drop_index(index, table_name="reflection")
    with op.batch_alter_table("reflection") as reflection:
        reflection.drop_constraint(op.f("fk_reflection_author_id_person"), type_="foreignkey")
        for column in MOVED:
            reflection.drop_column(column)
        reflection.create_foreign_key(op.f("fk_reflection_id_original"), "original", ["id"], ["id"])
        reflection.create_index(op.f("ix_reflection_track_id"), ["track_id"])


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
