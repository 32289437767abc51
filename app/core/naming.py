"""Names in several languages and the address word made of them: one name at least, one slug that nobody else has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.errors import RuleBroken
from app.core.languages import fold, is_blank
from app.core.names import Certainty, set_name
from app.extensions import db

RESERVED = {"new"}
LONGEST_SLUG = 74
"""Room for a number behind it within the 80 letters of the column."""

Names = Mapping[str, str]


class NeedsName(RuleBroken):
    """A thing without a name in any language."""


def check_names(names: Names) -> None:
    """Raise `NeedsName` when no language has a name."""
    if all(is_blank(text) for text in names.values()):
        raise NeedsName(
            _l("Write a name in at least one language: it is what people see first."),
            field=f"name_{next(iter(names), 'en')}",
        )


def write_names(kind: str, thing_id: UUID, names: Names, *, certainty: Certainty = Certainty.OWN) -> None:
    """Set the given names; an empty one takes the name of that language away."""
    for language, text in names.items():
        set_name(kind, thing_id, language, text, certainty=certainty)


def slug_of(names: Names, fallback: str) -> str:
    """Return the address word of a name: the English one, else the first that has Latin letters."""
    for text in (names.get("en", ""), *names.values()):
        slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:LONGEST_SLUG].strip("-")
        if len(slug) >= 3:
            return slug
    return fallback


def add_with_free_slug(row: Any, wanted: str) -> None:
    """Add a row (with columns `id` and `slug`) under the wanted slug, or under the first `wanted-2`, `-3`… that is
    free, also when two ask at once."""
    table: Any = type(row)
    for number in range(1, 1000):
        slug = wanted if number == 1 else f"{wanted}-{number}"
        if slug in RESERVED or db.session.scalar(sa.select(table.id).where(table.slug == slug)) is not None:
            continue
        row.slug = slug
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            if db.session.scalar(sa.select(table.id).where(table.slug == slug)) is None:
                raise  # it was something else than the slug
            continue
        return
    raise NeedsName(_l("Too many things bear this name already. Write one that tells them apart."), field="name_en")
