"""Drafts that wait for their author, and the people of a track whose words a chat may hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.languages import fold
from app.extensions import db
from app.people.models import Person
from app.reflections.models import Draft
from app.sessions.keys import holders_of_track, track_key
from app.sessions.models import Track


def list_drafts(actor: Actor) -> Sequence[Draft]:
    """Return the drafts that wait for the actor, the oldest first. Nobody sees another's."""
    if actor.person_id is None:
        return []
    mine = sa.select(Draft).where(Draft.author_id == actor.person_id).options(joinedload(Draft.track))
    return db.session.scalars(mine.order_by(Draft.taken_at, Draft.id)).unique().all()


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


def list_people_of(track: Track, now: datetime) -> list[Person]:
    """Return the people of a track in the order of their names: whose words a chat of its sessions may hold."""
    ids = holders_of_track(track_key(track.id), now)
    found = sa.select(Person).where(Person.id.in_(ids), Person.erased_at.is_(None))
    return list(db.session.scalars(found.order_by(Person.name_fold, Person.id)))


def recognise(names: Sequence[str], people: Sequence[Person]) -> dict[str, UUID]:
    """Return who is meant where a name of a chat is exactly one person's, as written or in Latin letters."""
    by_fold: dict[str, set[UUID]] = {}
    for person in people:
        for name in {fold(person.name), fold(person.name_latin)} - {""}:
            by_fold.setdefault(name, set()).add(person.id)
    found = {name: by_fold.get(fold(name), set()) for name in names}
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
