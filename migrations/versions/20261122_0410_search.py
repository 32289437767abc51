"""Search: what can be found, and the full-text index over it, which each database has in its own way.

On SQLite a virtual table of FTS5 that holds no words of its own and follows `search_entry` by triggers; on PostgreSQL
two GIN indexes on expressions. Both cut words at blanks alone: folding and stemming are done before. Rows are written
by the worker, for every kind of thing, as soon as it runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_0410"
down_revision = "20261122_0400"
branch_labels = None
depends_on = None

COLUMNS = ("title_words", "words")


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("dated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title_words", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "object_id", "language", name="uq_search_entry_document"),
    )
    op.create_index(op.f("ix_search_entry_author_id"), "search_entry", ["author_id"])
    op.create_table(
        "search_progress",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_search_progress")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _index_on_sqlite()
    else:
        _index_on_postgresql()


def _index_on_sqlite() -> None:
    columns = ", ".join(COLUMNS)
    op.execute(
        f"CREATE VIRTUAL TABLE fts_search_entry USING fts5({columns}, content='search_entry', content_rowid='id', "
        "detail=column, tokenize=\"ascii tokenchars '_'\")"
    )
    new = ", ".join(f"new.{column}" for column in COLUMNS)
    old = ", ".join(f"old.{column}" for column in COLUMNS)
    add = f"INSERT INTO fts_search_entry(rowid, {columns}) VALUES (new.id, {new});"  # noqa: S608 - names of columns
    named = f"fts_search_entry, rowid, {columns}"
    take = f"INSERT INTO fts_search_entry({named}) VALUES ('delete', old.id, {old});"  # noqa: S608 - as above
    op.execute(f"CREATE TRIGGER fts_search_entry_added AFTER INSERT ON search_entry BEGIN {add} END")
    op.execute(f"CREATE TRIGGER fts_search_entry_gone AFTER DELETE ON search_entry BEGIN {take} END")
    op.execute(
        "CREATE TRIGGER fts_search_entry_changed AFTER UPDATE OF title_words, words ON search_entry "
        f"BEGIN {take} {add} END"
    )


def _index_on_postgresql() -> None:
    for column in COLUMNS:
        op.execute(
            f"CREATE INDEX fts_search_entry_{column} ON search_entry "
            f"USING gin (array_to_tsvector(string_to_array({column}, ' ')))"
        )


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy made before the upgrade (SQLite) or the backup")
