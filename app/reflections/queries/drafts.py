"""Drafts that wait for their author, and the people of a track whose words a chat may hold."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.originals.queries import LIST_SIZE
from app.people.models import Person
from app.reflections.models import Draft
from app.reflections.whose import Called, PeopleByName
from app.sessions.keys import holders_of_track, track_key
from app.sessions.models import Track


def list_drafts(actor: Actor, *, cursor: str = "", size: int = LIST_SIZE) -> Page[Draft]:
    """Return one page of the drafts that wait for the actor, the newest first. Nobody sees another's."""
    if actor.person_id is None:
        return Page([])
    mine = sa.select(Draft).where(Draft.author_id == actor.person_id).options(joinedload(Draft.track))
    return fetch_page(mine, key=Draft.taken_at, row_id=Draft.id, cursor=cursor, newest_first=True, size=size)


def count_drafts(actor: Actor, *, track_id: UUID | None = None) -> int:
    """Return how many drafts wait for the actor."""
    if actor.person_id is None:
        return 0
    counting = sa.select(sa.func.count()).select_from(Draft).where(Draft.author_id == actor.person_id)
    if track_id is not None:
        counting = counting.where(Draft.track_id == track_id)
    return db.session.scalar(counting) or 0


def get_own_draft(actor: Actor, draft_id: UUID) -> Draft:
    """Return a draft that waits for the actor; raises `NotFound` for every other."""
    found = db.session.get(Draft, draft_id)
    if found is None or actor.person_id is None or found.author_id != actor.person_id:
        raise NotFound
    return found


def people_of(track: Track, now: datetime) -> PeopleByName:
    """Return the people of a track by their names: whose words a chat of its sessions may hold."""
    ids = holders_of_track(track_key(track.id), now)
    found = sa.select(Person.id, Person.name, Person.name_latin, Person.place)
    found = found.where(Person.id.in_(ids), Person.erased_at.is_(None)).order_by(Person.name_fold, Person.id)
    return PeopleByName([Called(*row) for row in db.session.execute(found)])
