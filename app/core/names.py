"""Names of things in several languages: one row per thing and language, with fold, sort key and certainty.

A reader gets the name in the page's language or, marked, in the language the chain falls back to. Aliases are
kept for search and import and are never shown as the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from markupsafe import Markup, escape
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import searching
from app.core.languages import chain, direction, fold, one_line
from app.core.types import code_type
from app.extensions import Model, db


class Certainty(StrEnum):
    """How sure a name is; an unsure one is shown as a name but marked "to be checked"."""

    FOUNDING = "founding"
    EXT = "ext"
    TYPICAL = "typical"
    INFERRED = "inferred"
    UNSURE = "unsure"
    OWN = "own"  # given by the house itself or by the owner of the thing


class NameRow(Model):
    __tablename__ = "name_row"
    __table_args__ = (
        sa.Index(
            "uq_name_row_main",
            "object_kind",
            "object_id",
            "language",
            unique=True,
            postgresql_where=sa.text("NOT is_alias"),
            sqlite_where=sa.text("NOT is_alias"),
        ),
        sa.Index("ix_name_row_fold", "object_kind", "fold"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    object_kind: Mapped[str] = mapped_column(sa.String(40))
    object_id: Mapped[UUID]
    language: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.String(400))
    fold: Mapped[str] = mapped_column(sa.String(400))
    certainty: Mapped[Certainty] = mapped_column(code_type(Certainty, "certainty"), default=Certainty.OWN)
    is_alias: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def of(
        cls, kind: str, object_id: UUID, language: str, text: str, certainty: Certainty, *, is_alias: bool = False
    ) -> NameRow:
        row = cls(object_kind=kind, object_id=object_id, language=language, is_alias=is_alias)
        row.write(text, certainty)
        return row

    def write(self, text: str, certainty: Certainty) -> None:
        """Let the row say this; what it is found by follows."""
        self.text, self.fold, self.certainty = text, _folded(text), certainty


@dataclass(frozen=True, slots=True)
class Name:
    """A name for one reader. In a template it marks its own language where it is not the page's."""

    text: str
    language: str
    is_fallback: bool = False
    certainty: Certainty = Certainty.OWN

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        if not self.is_fallback:
            return str(Markup("<bdi>{}</bdi>").format(self.text))
        return str(
            Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(
                self.language, direction(self.language), escape(self.text)
            )
        )


def _folded(text: str) -> str:
    """The fold of a name, cut to its column: some letters become many when folded."""
    return fold(text)[:400]


NAMELESS = Name("…", "en", is_fallback=True)


def names_of(kind: str, object_ids: Iterable[UUID], page_language: str) -> dict[UUID, Name]:
    """Return one name per thing for a reader of `page_language`, in one query. Things without any name get "…"."""
    wanted = list(object_ids)
    by_object: dict[UUID, dict[str, NameRow]] = defaultdict(dict)
    if wanted:
        rows = db.session.scalars(
            sa.select(NameRow).where(
                NameRow.object_kind == kind, NameRow.object_id.in_(wanted), sa.not_(NameRow.is_alias)
            )
        )
        for row in rows:
            by_object[row.object_id][row.language] = row
    return {object_id: _choose(by_object[object_id], page_language) for object_id in wanted}


def _choose(rows: dict[str, NameRow], page_language: str) -> Name:
    language = chain(page_language, set(rows))
    if language is None:
        return NAMELESS
    row = rows[language]
    return Name(row.text, language, is_fallback=language != page_language, certainty=row.certainty)


def all_names(kind: str, object_id: UUID) -> dict[str, NameRow]:
    """Return the main name rows of one thing by language."""
    rows = db.session.scalars(
        sa.select(NameRow).where(NameRow.object_kind == kind, NameRow.object_id == object_id, sa.not_(NameRow.is_alias))
    )
    return {row.language: row for row in rows}


def spellings_of(kind: str, object_ids: Iterable[UUID]) -> dict[UUID, dict[str, list[str]]]:
    """Return every name of many things by language, the main one first, then its aliases."""
    rows = db.session.execute(
        sa.select(NameRow.object_id, NameRow.language, NameRow.text)
        .where(NameRow.object_kind == kind, NameRow.object_id.in_(list(object_ids)))
        .order_by(NameRow.is_alias, NameRow.text)
    )
    found: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for object_id, language, text in rows:
        found[object_id][language].append(text)
    return found


def set_name(kind: str, object_id: UUID, language: str, text: str, *, certainty: Certainty = Certainty.OWN) -> None:
    """Give a thing its main name in one language; an empty text takes the name away."""
    row = all_names(kind, object_id).get(language)
    text = one_line(text)
    if not text:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        row = _add_name(kind, object_id, language, text, certainty)
    if row is not None and text and (row.text != text or row.certainty != certainty):
        row.write(text, certainty)
    db.session.flush()
    searching.changed(kind, [object_id])


def _add_name(kind: str, object_id: UUID, language: str, text: str, certainty: Certainty) -> NameRow:
    """Add a main name, or return the one that somebody else has just given."""
    row = NameRow.of(kind, object_id, language, text, certainty)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        taken = all_names(kind, object_id).get(language)
        if taken is None:
            raise
        return taken
    return row


def add_alias(kind: str, object_id: UUID, language: str, text: str, *, certainty: Certainty = Certainty.OWN) -> None:
    """Keep another spelling of a thing's name, once."""
    known = db.session.scalar(
        sa.select(NameRow.id).where(
            NameRow.object_kind == kind,
            NameRow.object_id == object_id,
            NameRow.language == language,
            NameRow.text == text,
        )
    )
    if known is None:
        db.session.add(NameRow.of(kind, object_id, language, text, certainty, is_alias=True))
        db.session.flush()
        searching.changed(kind, [object_id])


def find_by_name(kind: str, text: str) -> list[UUID]:
    """Return the things of a kind that bear this name or alias in any language, case and accents apart."""
    return list(
        db.session.scalars(
            sa.select(NameRow.object_id).where(NameRow.object_kind == kind, NameRow.fold == _folded(text)).distinct()
        )
    )


def find_many_by_name(kind: str, texts: Iterable[str] | None = None) -> dict[str, list[UUID]]:
    """Return things of a kind by the fold of a name or alias they bear, in one query: those that bear one of some
    names, or all of them. A name that nothing bears is missing."""
    wanted = sa.select(NameRow.fold, NameRow.object_id).where(NameRow.object_kind == kind).distinct()
    if texts is not None:
        wanted = wanted.where(NameRow.fold.in_([_folded(text) for text in texts]))
    found: dict[str, list[UUID]] = defaultdict(list)
    for name, object_id in db.session.execute(wanted.order_by(NameRow.fold, NameRow.object_id)):
        found[name].append(object_id)
    return dict(found)
