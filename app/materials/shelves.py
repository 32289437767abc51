"""Shelves: what owns material. Each kind says once what differs (a track has sessions, a group has not); adding,
editing, putting in order, removing and all pages are shared.

Filled once per process in a package's `init_app`, as the registries of core are. A kind of shelf is about thirty lines
and a class of material: see `tracks`, and `app.workinggroups.shelf`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from app.core.actors import Actor
from app.core.names import Name, names_of
from app.extensions import Model
from app.materials.models import Material


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of who reads: `audience` is the key for the shelf with an id, `words` name the readers, and `note`
    says of one shelf who that is."""

    code: str
    audience: Callable[[UUID], str]
    words: Any
    note: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a shelf that has material of its own, as pages name it."""

    id: UUID
    name: Name
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """The parts of a shelf, where it has some. `column` is where material names its own, `listed` returns those that
    the actor sees in the order of their time, `has` says whether one is among them, `refusal` what is said if not."""

    column: InstrumentedAttribute[UUID | None]
    listed: Callable[[Actor, Any], list[Part]]
    has: Callable[[Actor, Any, UUID], bool]
    refusal: Any


@dataclass(frozen=True, slots=True)
class Words:
    """Whole sentences about one kind of shelf: `lead` under the title of its list, `whole` above what belongs to no
    part of it, `nothing` for readers of an empty one, `back` for the way to its own page."""

    lead: Any
    whole: Any
    nothing: Any
    back: Any


@dataclass(frozen=True, slots=True)
class Reach:
    """By whom one material can be found, as one key, and what it is part of, as kind and id."""

    audience: str
    part_of: tuple[str, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfKind:
    """One kind of shelf. `model` is the class of its material, `owner` that of the shelf, which has an `id` and a
    `slug`; `shelf_id` is the column of the one that names the other, and `root` where shelves of this kind have their
    pages: `/tracks`, and then `/tracks/<slug>/materials`. `section` is the package for which the roof is lit there.

    `adding` is the action asked of a shelf, `editing` that asked of material. `readers` are the choices, the safest
    first. `seen` is the condition on `model` under which an actor sees the shelf and the part that material belongs to;
    its own audience is asked beside it. `reach` says the same of many materials for the search. `lock` lets nobody else
    put material on a shelf before this work is done. `get_visible` finds a shelf by its slug, or raises `NotFound`.
    `named` says what a shelf is called where that stands in no name row.
    """

    model: type[Material]
    owner: type[Model]
    shelf_id: InstrumentedAttribute[UUID]
    root: str
    section: str
    adding: str
    editing: str
    readers: Sequence[Choice]
    words: Words
    get_visible: Callable[[Actor, str], Any]
    seen: Callable[[Actor], sa.ColumnElement[bool]]
    reach: Callable[[list[UUID]], dict[UUID, Reach]]
    lock: Callable[[Any], None]
    named: Callable[[Any, str], Name] | None = None
    sessions: Sessions | None = None

    @property
    def code(self) -> str:
        """The word that names, audits and the search know a shelf of this kind by."""
        return str(self.model.__mapper__.polymorphic_identity)

    def href(self, shelf: Any) -> str:
        """Return the page of a shelf's owner, on which it has a room."""
        return f"{self.root}/{shelf.slug}"

    def list_href(self, shelf: Any) -> str:
        """Return the page of all material of a shelf."""
        return f"{self.href(shelf)}/materials"

    def name(self, shelf: Any, language: str) -> Name:
        if self.named is not None:
            return self.named(shelf, language)
        return names_of(self.code, [shelf.id], language)[shelf.id]

    def readers_called(self, code: str) -> Choice | None:
        return next((choice for choice in self.readers if choice.code == code), None)

    def readers_of(self, material: Material) -> Choice:
        """Return the choice that was made for a material; whatever is not one of them is kept as the safest."""
        shelf_id = getattr(material, self.shelf_id.key)
        chosen = (choice for choice in self.readers if choice.audience(shelf_id) == material.audience)
        return next(chosen, self.readers[0])

    def session_of(self, material: Material) -> UUID | None:
        """Return the part of the shelf that a material belongs to; None for the whole."""
        return None if self.sessions is None else getattr(material, self.sessions.column.key)

    def put(self, material: Material, session_id: UUID | None) -> None:
        """Let a material belong to a part of its shelf, or to the whole."""
        if self.sessions is not None:
            setattr(material, self.sessions.column.key, session_id)

    def row(self, shelf: Any, session_id: UUID | None, **values: Any) -> Material:
        """Return a new material of this kind."""
        material = self.model(**{self.shelf_id.key: shelf.id}, **values)
        self.put(material, session_id)
        return material

    def beside(self, shelf: Any, session_id: UUID | None) -> sa.ColumnElement[bool]:
        """Return the condition for what stands in one list: all of one part, or of the whole."""
        of_shelf = self.shelf_id == shelf.id
        return of_shelf if self.sessions is None else sa.and_(of_shelf, self.sessions.column == session_id)


_kinds: dict[str, ShelfKind] = {}


def register(kind: ShelfKind) -> None:
    _kinds[kind.code] = kind


def kinds() -> list[ShelfKind]:
    return list(_kinds.values())


def kind_of(material: Material) -> ShelfKind:
    return _kinds[material.kind]


def kind_of_shelf(shelf: Any) -> ShelfKind:
    return next(kind for kind in _kinds.values() if isinstance(shelf, kind.owner))
