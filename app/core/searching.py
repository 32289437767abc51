"""What can be searched: each package registers its kinds of things here, and says when one of them changed.

The kernel searches nothing itself. A package (`search`, where it is part of the house) listens to `thing_changed` and
keeps an index; without it nothing happens. What was said to have changed is read again as it stands at the end of the
same transaction, so saying it too often costs little, and saying it too early costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from blinker import Namespace

from app.extensions import db

_signals = Namespace()

thing_changed = _signals.signal("core.thing-changed")
"""Words of things, or who reads them, changed. Sender: the kind; `ids`: a set of UUIDs. Sent by `changed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one thing says in one language, to whom. There is at most one per thing and language.

    `author_id` is who reads it whatever its audience ("own words"); nobody is named by it, so a name that an author
    chose is not given away. `title` is found before `text`. `dated_at` is what "newest" means for this kind.
    `part_of` is the thing it belongs to, as kind and id.
    """

    kind: str
    object_id: UUID
    language: str
    audience: str
    dated_at: datetime
    title: str = ""
    text: str = ""
    author_id: UUID | None = None
    part_of: tuple[str, UUID] | None = None


Documents = Callable[[list[UUID]], list[Document]]
ListIds = Callable[[UUID | None, int], list[UUID]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """One kind of thing. `documents` reads many things at once, and leaves out what nobody should find; `list_ids`
    returns ids in pages, those after one id. `one` and `many` are lazy words; `is_voice`: people's own words;
    `is_named`: what it is called is told apart from its text. What is not is called by the words that were found."""

    kind: str
    one: Any
    many: Any
    documents: Documents
    list_ids: ListIds
    order: int
    is_voice: bool = False
    is_named: bool = True


_kinds: dict[str, Searchable] = {}


def register(searchable: Searchable) -> None:
    _kinds[searchable.kind] = searchable


def kinds() -> dict[str, Searchable]:
    """Return every registered kind in the order of the pages."""
    return {one.kind: one for one in sorted(_kinds.values(), key=lambda one: one.order)}


def changed(kind: str, ids: Iterable[UUID]) -> None:
    """Say inside the transaction that things changed: their names, their words, who may read them, or that they are
    gone. Kinds that nobody registered are nobody's business."""
    if (several := set(ids)) and kind in _kinds:
        thing_changed.send(kind, ids=several)


def pages_of(column: Any) -> ListIds:
    """Return the `list_ids` of a table whose rows are the things: pages by id."""

    def list_ids(after: UUID | None, limit: int) -> list[UUID]:
        wanted = sa.select(column).order_by(column).limit(limit)
        return list(db.session.scalars(wanted if after is None else wanted.where(column > after)))

    return list_ids
