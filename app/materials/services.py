"""What those who lead a track do with its material: add a link or a file, edit, put in order, remove."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
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
from app.materials.readers import Readers, audience_of
from app.sessions.models import Track
from app.sessions.queries import is_session_of
from app.sessions.services.tracks import lock_track

LONGEST_TITLE = 200
LONGEST_LINK = 500


class BadLink(RuleBroken):
    """No address of the web, or one with a password in it."""


class BadTitle(RuleBroken):
    """Material without a name, or with a whole text for one."""


def add_link(
    actor: Actor,
    track: Track,
    *,
    title: str,
    url: str,
    language: str,
    readers: Readers,
    session_id: UUID | None = None,
    now: datetime,
) -> Material:
    """Add a link, after what is there. Raises `BadLink`, `BadTitle`, and `RuleBroken` at `language` or `session`."""
    require(actor, "materials.add", track)
    material = _new(actor, track, title=title, language=language, readers=readers, session_id=session_id, now=now)
    material.url = check_link(url)
    return _added(actor, material, now)


def add_file(
    actor: Actor,
    track: Track,
    *,
    title: str,
    incoming: Incoming,
    language: str,
    readers: Readers,
    session_id: UUID | None = None,
    now: datetime,
) -> Material:
    """Add a file that the form has checked, after what is there. The same name twice is no mistake.

    Raises `BadTitle`, `files.KeptTwice`, and `RuleBroken` at `language` or `session`.
    """
    require(actor, "materials.add", track)
    material = _new(actor, track, title=title, language=language, readers=readers, session_id=session_id, now=now)
    material.file = files.keep(actor, incoming, now=now)
    return _added(actor, material, now)


def edit_material(
    actor: Actor,
    material: Material,
    *,
    title: str,
    language: str,
    readers: Readers,
    session_id: UUID | None,
    url: str = "",
    now: datetime,
) -> Material:
    """Change everything but the file itself. In another session, it is the last one.

    Raises `BadLink` (of a link alone), `BadTitle`, and `RuleBroken` at `language` or `session`.
    """
    require(actor, "materials.edit", material)
    lock_track(material.track)
    if session_id != material.session_id:
        _check_session(actor, material.track, session_id)
        material.position = _next_position(material.track_id, session_id)
        material.session_id = session_id
    material.title, material.language = _check_title(title), check_tag(language)
    material.audience = audience_of(readers, material.track_id)
    if material.file_id is None:
        material.url = check_link(url)
    db.session.flush()
    searching.changed("material", [material.id])
    _record(actor, "edited", material, now)
    return material


def move_material(actor: Actor, material: Material, *, up: bool, now: datetime) -> Material:
    """Put material one place up or down among its neighbours; at the end of the list nothing changes."""
    require(actor, "materials.edit", material)
    lock_track(material.track)
    group = list(_group(material.track_id, material.session_id))
    place = group.index(material)
    other = place - 1 if up else place + 1
    if 0 <= other < len(group):
        group[place], group[other] = group[other], group[place]
        for position, row in enumerate(group):
            row.position = position
        _record(actor, "moved", material, now)
    return material


def remove_material(actor: Actor, material: Material, *, now: datetime) -> Track:
    """Take material away, and its file when no other material names it. Returns the track.

    Raises `NotFound` when somebody else was quicker.
    """
    require(actor, "materials.edit", material)
    track, stored = material.track, material.file
    if stored is not None:
        files.hold(stored)
    _record(actor, "removed", material, now)
    if change_rows(sa.delete(Material).where(Material.id == material.id)) == 0:
        raise NotFound
    searching.changed("material", [material.id])
    if stored is not None and not _is_named(stored):
        files.remove(stored, now=now)
    return track


def check_link(typed: str) -> str:
    """Return an address of the web, trimmed; raises `BadLink`."""
    link = typed.strip()
    if not is_web_address(link, longest=LONGEST_LINK):
        raise BadLink(
            _l("The link must begin with https:// or http:// and hold no user name. Copy it whole."), field="url"
        )
    return link


def _new(
    actor: Actor, track: Track, *, title: str, language: str, readers: Readers, session_id: UUID | None, now: datetime
) -> Material:
    lock_track(track)  # two who add at once get two places
    _check_session(actor, track, session_id)
    return Material(
        track_id=track.id,
        session_id=session_id,
        audience=audience_of(readers, track.id),
        title=_check_title(title),
        language=check_tag(language),
        position=_next_position(track.id, session_id),
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


def _check_session(actor: Actor, track: Track, session_id: UUID | None) -> None:
    if session_id is not None and not is_session_of(actor, track, session_id):
        raise RuleBroken(_l("This session is not one of this track. Choose one of the list."), field="session")


def _group(track_id: UUID, session_id: UUID | None) -> Sequence[Material]:
    """All material of one session, or of the track as a whole, in its order."""
    rows = sa.select(Material).where(Material.track_id == track_id, Material.session_id == session_id)
    return db.session.scalars(rows.order_by(Material.position, Material.added_at, Material.id)).unique().all()


def _next_position(track_id: UUID, session_id: UUID | None) -> int:
    last = sa.select(sa.func.max(Material.position)).where(
        Material.track_id == track_id, Material.session_id == session_id
    )
    found = db.session.scalar(last)
    return 0 if found is None else found + 1


def _is_named(stored: StoredFile) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(Material.file_id == stored.id))))


def _record(actor: Actor, what: str, material: Material, now: datetime) -> None:
    facts = {"track": str(material.track_id), "file": material.file_id and str(material.file_id)}
    audit.record(actor, f"materials.material.{what}", "material", material.id, facts, now=now)
