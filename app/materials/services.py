"""What people do with the material of a shelf: add a link or a file, edit, put in order, remove.

A shelf is whatever owns material, a track or a group; its kind (`shelves`) says who may do this, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, files, searching
from app.core.actors import Actor
from app.core.addresses import is_web_address
from app.core.database import change_rows
from app.core.errors import NotFound, RuleBroken
from app.core.files import Incoming, StoredFile
from app.core.languages import check_tag, one_line
from app.core.permissions import require
from app.extensions import db
from app.materials.models import Material
from app.materials.shelves import ShelfKind, kind_of, kind_of_shelf

LONGEST_TITLE = 200
LONGEST_LINK = 500


class BadLink(RuleBroken):
    """No address of the web, or one with a password in it."""


class BadTitle(RuleBroken):
    """Material without a name, or with a whole text for one."""


class UnknownReaders(RuleBroken):
    """Readers among whom one cannot choose on this kind of shelf."""


def add_link(
    actor: Actor,
    shelf: Any,
    *,
    title: str,
    url: str,
    language: str,
    readers: str,
    session_id: UUID | None = None,
    now: datetime,
) -> Material:
    """Add a link, after what is there. `readers` is the code of a choice of the shelf's kind.

    Raises `BadLink`, `BadTitle`, `UnknownReaders`, and `RuleBroken` at `language` or `session`.
    """
    require(actor, kind_of_shelf(shelf).adding, shelf)
    material = _new(actor, shelf, title=title, language=language, readers=readers, session_id=session_id, now=now)
    material.url = check_link(url)
    return _added(actor, material, now)


def add_file(
    actor: Actor,
    shelf: Any,
    *,
    title: str,
    incoming: Incoming,
    language: str,
    readers: str,
    session_id: UUID | None = None,
    now: datetime,
) -> Material:
    """Add a file that the form has checked, after what is there. The same name twice is no mistake.

    Raises `BadTitle`, `UnknownReaders`, `files.KeptTwice`, and `RuleBroken` at `language` or `session`.
    """
    require(actor, kind_of_shelf(shelf).adding, shelf)
    material = _new(actor, shelf, title=title, language=language, readers=readers, session_id=session_id, now=now)
    material.file = files.keep(actor, incoming, now=now)
    return _added(actor, material, now)


def edit_material(
    actor: Actor,
    material: Material,
    *,
    title: str,
    language: str,
    readers: str,
    session_id: UUID | None,
    url: str = "",
    now: datetime,
) -> Material:
    """Change everything but the file itself. In another session, it is the last one.

    Raises `BadLink` (of a link alone), `BadTitle`, `UnknownReaders`, and `RuleBroken` at `language` or `session`.
    """
    kind, shelf = kind_of(material), material.shelf
    require(actor, kind.editing, material)
    kind.lock(shelf)
    if session_id != kind.session_of(material):
        _check_session(actor, kind, shelf, session_id)
        material.position = _next_position(kind, shelf, session_id)
        kind.put(material, session_id)
    material.title, material.language = _check_title(title), check_tag(language)
    material.audience = _audience(kind, shelf, readers)
    if material.file_id is None:
        material.url = check_link(url)
    db.session.flush()
    searching.changed("material", [material.id])
    _record(actor, "edited", material, now)
    return material


def move_material(actor: Actor, material: Material, *, up: bool, now: datetime) -> Material:
    """Put material one place up or down among its neighbours; at the end of the list nothing changes."""
    kind = kind_of(material)
    require(actor, kind.editing, material)
    kind.lock(material.shelf)
    group = list(_group(kind, material))
    place = group.index(material)
    other = place - 1 if up else place + 1
    if 0 <= other < len(group):
        group[place], group[other] = group[other], group[place]
        for position, row in enumerate(group):
            row.position = position
        _record(actor, "moved", material, now)
    return material


def remove_material(actor: Actor, material: Material, *, now: datetime) -> Any:
    """Take material away, and its file when no other material names it. Returns the shelf.

    Raises `NotFound` when somebody else was quicker.
    """
    require(actor, kind_of(material).editing, material)
    shelf, stored = material.shelf, material.file
    if stored is not None:
        files.hold(stored)
    _record(actor, "removed", material, now)
    if change_rows(sa.delete(Material).where(Material.id == material.id)) == 0:
        raise NotFound
    searching.changed("material", [material.id])
    if stored is not None and not _is_named(stored):
        files.remove(stored, now=now)
    return shelf


def check_link(typed: str) -> str:
    """Return an address of the web, trimmed; raises `BadLink`."""
    link = typed.strip()
    if not is_web_address(link, longest=LONGEST_LINK):
        raise BadLink(
            _l("The link must begin with https:// or http:// and hold no user name. Copy it whole."), field="url"
        )
    return link


def _new(
    actor: Actor, shelf: Any, *, title: str, language: str, readers: str, session_id: UUID | None, now: datetime
) -> Material:
    kind = kind_of_shelf(shelf)
    kind.lock(shelf)  # two who add at once get two places
    _check_session(actor, kind, shelf, session_id)
    return kind.row(
        shelf,
        session_id,
        audience=_audience(kind, shelf, readers),
        title=_check_title(title),
        language=check_tag(language),
        position=_next_position(kind, shelf, session_id),
        added_by=actor.person_id,
        added_at=now,
    )


def _added(actor: Actor, material: Material, now: datetime) -> Material:
    db.session.add(material)
    db.session.flush()
    searching.changed("material", [material.id])
    _record(actor, "added", material, now)
    return material


def _check_title(typed: str) -> str:
    title = one_line(typed)
    if not title:
        raise BadTitle(_l("Write a title: what is it?"), field="title")
    if len(title) > LONGEST_TITLE:
        raise BadTitle(
            _l("This title is too long. Choose one of %(longest)s characters or fewer.", longest=LONGEST_TITLE),
            field="title",
        )
    return title


def _check_session(actor: Actor, kind: ShelfKind, shelf: Any, session_id: UUID | None) -> None:
    if session_id is None:
        return
    if kind.sessions is None:
        raise NotFound
    if not kind.sessions.has(actor, shelf, session_id):
        raise RuleBroken(kind.sessions.refusal, field="session")


def _audience(kind: ShelfKind, shelf: Any, readers: str) -> str:
    choice = kind.readers_called(readers)
    if choice is None:
        raise UnknownReaders(_l("Choose who may read it."), field="readers")
    return choice.audience(shelf.id)


def _group(kind: ShelfKind, material: Material) -> Sequence[Material]:
    """All material of one session, or of the shelf as a whole, in its order."""
    beside = kind.beside(material.shelf, kind.session_of(material))
    rows = sa.select(kind.model).where(beside)
    return db.session.scalars(rows.order_by(Material.position, Material.added_at, Material.id)).unique().all()


def _next_position(kind: ShelfKind, shelf: Any, session_id: UUID | None) -> int:
    last = sa.select(sa.func.max(kind.model.position)).where(kind.beside(shelf, session_id))
    found = db.session.scalar(last)
    return 0 if found is None else found + 1


def _is_named(stored: StoredFile) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(Material.file_id == stored.id))))


def _record(actor: Actor, what: str, material: Material, now: datetime) -> None:
    facts = {material.kind: str(material.shelf.id), "file": material.file_id and str(material.file_id)}
    audit.record(actor, f"materials.material.{what}", "material", material.id, facts, now=now)
