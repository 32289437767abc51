"""Tables of the search: what can be found, as one row per thing and language, and how far the index is written.

No text is kept here: the folded words alone, each once, sorted. What a page shows of a find is asked of its owner. The
full-text index over `words` is written by hand in the migration, per database: see `docs/decisions/0010`.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.types import UTCDateTime
from app.extensions import Model


class SearchEntry(Model):
    """One thing in one language, by its folded words and stems. `title_words` are those of its name, `words` all of
    them. `author_id` reads it whatever the audience; it names nobody."""

    __tablename__ = "search_entry"
    __table_args__ = (sa.UniqueConstraint("kind", "object_id", "language", name="uq_search_entry_document"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(40))
    object_id: Mapped[UUID]
    language: Mapped[str] = mapped_column(sa.String(20))
    audience: Mapped[str] = mapped_column(sa.String(80))
    author_id: Mapped[UUID | None] = mapped_column(index=True)
    dated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    title_words: Mapped[str] = mapped_column(sa.Text)
    words: Mapped[str] = mapped_column(sa.Text)


class SearchProgress(Model):
    """How far things of one kind are in the index, by the rules of reading of one version: written page after page
    by the worker until `done_at`."""

    __tablename__ = "search_progress"

    kind: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    version: Mapped[int]
    after_id: Mapped[UUID | None]
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
