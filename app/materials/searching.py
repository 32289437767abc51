"""What can be found of materials: their titles, each in its language.

What is in a file, or behind a link, is not read. Material is found by whoever sees it on its shelf: `queries` asks for
its own audience and the shelf's at once; each kind of shelf makes one key of them (`ShelfKind.reach`).
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.actors import PUBLIC, SECRETARIAT
from app.core.searching import Document, Searchable
from app.extensions import db
from app.materials.models import Material
from app.materials.shelves import Reach, kinds


def documents(ids: list[UUID]) -> list[Document]:
    reach: dict[UUID, Reach] = {}
    for kind in kinds():
        reach |= kind.reach(ids)
    table = Material.__table__
    rows = db.session.execute(
        sa.select(table.c.id, table.c.title, table.c.language, table.c.added_at).where(table.c.id.in_(list(reach)))
    )
    return [
        Document(
            kind="material",
            object_id=row.id,
            language=row.language,
            audience=reach[row.id].audience,
            dated_at=row.added_at,
            title=row.title,
            part_of=reach[row.id].part_of,
        )
        for row in rows
    ]


def narrowest(*audiences: str) -> str:
    """Return the audience of those who hold all of these. There are two, everybody and the people of the track; were
    there others that do not lie within each other, the secretariat alone would find what they guard."""
    guarded = set(audiences) - {PUBLIC}
    if len(guarded) > 1:
        return SECRETARIAT
    return guarded.pop() if guarded else PUBLIC


def register() -> None:
    searching.register(
        Searchable(
            kind="material",
            # I18N: kind of thing that a search finds, one: material of a track or a group, either a link or a file
            one=_l("Link or file"),
            many=_l("Materials"),
            documents=documents,
            list_ids=searching.pages_of(Material.__table__.c.id),
            order=32,
        )
    )
