"""What can be found of advocacy: spaces by every name, acronym and note; sessions by what they are called, their theme
and their city. Everybody finds them. Who writes names, labels and notes says that they changed."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.advocacy.models import OCCURRENCE, SPACE, AdvocacySpace, CatalogueNote, Occurrence
from app.core import searching
from app.core.actors import PUBLIC
from app.core.names import spellings_of
from app.core.searching import Document, Searchable
from app.extensions import db

PLAIN = "en"
"""Under which language acronyms and cities go that belong to none."""

BySpace = dict[UUID | None, dict[str, list[str]]]


def documents_of_spaces(ids: list[UUID]) -> list[Document]:
    """One document per space and language of its names and notes."""
    rows = db.session.execute(
        sa.select(AdvocacySpace.id, AdvocacySpace.acronym, AdvocacySpace.place, AdvocacySpace.created_at).where(
            AdvocacySpace.id.in_(ids)
        )
    ).all()
    names, notes = spellings_of(SPACE, ids), _notes(ids)
    return [
        Document(
            kind=SPACE,
            object_id=row.id,
            language=language,
            audience=PUBLIC,
            dated_at=row.created_at,
            title="\n".join(filter(None, [*names[row.id].get(language, []), row.acronym])),
            text="\n\n".join(filter(None, [row.place, *notes[row.id].get(language, [])])),
        )
        for row in rows
        for language in dict.fromkeys([*names[row.id], *notes[row.id]])
    ]


def _notes(ids: list[UUID]) -> BySpace:
    found: BySpace = defaultdict(lambda: defaultdict(list))
    rows = db.session.execute(
        sa.select(CatalogueNote.space_id, CatalogueNote.texts)
        .where(CatalogueNote.space_id.in_(ids))
        .order_by(CatalogueNote.position, CatalogueNote.id)
    )
    for space_id, texts in rows:
        for language, text in texts.items():
            found[space_id][language].append(text)
    return found


def documents_of_occurrences(ids: list[UUID]) -> list[Document]:
    """One document per session and language of its label and themes; one for a session that has neither."""
    rows = list(db.session.scalars(sa.select(Occurrence).where(Occurrence.id.in_(ids))))
    return [
        Document(
            kind=OCCURRENCE,
            object_id=row.id,
            language=language,
            audience=PUBLIC,
            dated_at=row.moment.starts_at,
            title="\n".join(
                filter(None, [row.label.get(language, ""), f"{row.space.acronym} {row.number or ''}".strip()])
            ),
            text=" ".join(filter(None, [row.themes.get(language, ""), row.city])),
            part_of=(SPACE, row.space_id),
        )
        for row in rows
        for language in dict.fromkeys([*row.label, *row.themes]) or {PLAIN: None}
    ]


def register() -> None:
    searching.register(
        Searchable(
            kind=SPACE,
            # I18N: kind of thing that a search finds, one: a body or process that can be influenced
            one=_l("Advocacy space"),
            many=_l("Advocacy spaces"),
            documents=documents_of_spaces,
            list_ids=searching.pages_of(AdvocacySpace.id),
            order=47,
        )
    )
    searching.register(
        Searchable(
            kind=OCCURRENCE,
            # I18N: kind of thing that a search finds, one: a session or another date of an advocacy space
            one=_l("Date of an advocacy space"),
            many=_l("Dates of advocacy spaces"),
            documents=documents_of_occurrences,
            list_ids=searching.pages_of(Occurrence.id),
            order=48,
        )
    )
