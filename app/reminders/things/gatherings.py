"""Sessions of tracks and meetings of groups, and the windows in which tracks take people."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.registries import audience_holders
from app.extensions import db
from app.moments.models import Moment
from app.reminders.kinds import Kind, Whom
from app.reminders.things.shape import Thing
from app.sessions.hosts import host_of, leaders_key, members_key
from app.sessions.keys import facilitators_key
from app.sessions.models import Gathering, Track
from app.sessions.queries import find_intention, who_cannot

KINDS = {"session": Kind.SESSION, "meeting": Kind.MEETING}
"""Kinds of gatherings, by the word the house knows them by."""

LEADING = (Whom.FACILITATORS, Whom.COORDINATORS)


def read_gatherings(moments: Collection[Moment]) -> Iterator[Thing]:
    """Yield gatherings by their moments, in one query for all kinds."""
    by_subject = {moment.subject_id: moment for moment in moments if moment.subject_kind in KINDS}
    if not by_subject:
        return
    for row in db.session.scalars(sa.select(Gathering).where(Gathering.id.in_(by_subject))).unique():
        moment = by_subject[row.id]
        yield Thing(
            moment=moment,
            kind=KINDS[row.kind],
            scope_id=host_of(row).part_of(row)[1],
            row=row,
            people=partial(_of_gathering, row),
            is_quiet=not host_of(row).is_announced(row),
            concerns=partial(_takes_part, row),
        )


def _of_gathering(row: Gathering, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Everybody who takes part, or those who lead alone; but for those who said that they cannot come."""
    key = leaders_key(row) if set(to_whom) <= set(LEADING) else members_key(row)
    return audience_holders(key, now) - who_cannot(row)


def _takes_part(row: Gathering, actor: Actor) -> bool:
    said = find_intention(row, actor.person_id)
    cannot = said is not None and not said.comes and said.for_start == row.moment.starts_at
    return actor.holds(members_key(row)) and not cannot


def read_windows(moments: Collection[Moment]) -> Iterator[Thing]:
    """Yield the windows of tracks by their moments; those of drafts are quiet."""
    by_track = {moment.subject_id: moment for moment in moments if moment.subject_kind == "intake"}
    if not by_track:
        return
    for track in db.session.scalars(sa.select(Track).where(Track.id.in_(by_track))).unique():
        yield Thing(
            moment=by_track[track.id],
            kind=Kind.JOINING,
            scope_id=track.id,
            row=track,
            people=partial(_of_track, track.id),
            is_quiet=track.published_at is None,
        )


def _of_track(track_id: UUID, _to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    return audience_holders(facilitators_key(track_id), now)
