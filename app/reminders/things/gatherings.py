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
from app.reflections.models import Reflection
from app.reminders.kinds import Kind, Whom
from app.reminders.things.shape import Thing
from app.sessions.hosts import host_of, leaders_key, members_key
from app.sessions.keys import facilitators_key
from app.sessions.models import Attendance, Gathering, LearningSession, Track
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
            after=partial(_afterwards, row),
            concerns=partial(_takes_part, row),
        )


def _of_gathering(row: Gathering, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Everybody who takes part, or those who lead alone; but for those who said that they cannot come."""
    return audience_holders(_key(row, to_whom), now) - who_cannot(row)


def _key(row: Gathering, to_whom: Collection[Whom]) -> str:
    return leaders_key(row) if set(to_whom) <= set(LEADING) else members_key(row)


def _takes_part(row: Gathering, actor: Actor, to_whom: Collection[Whom]) -> bool:
    said = find_intention(row, actor.person_id)
    cannot = said is not None and not said.comes and said.for_start == row.moment.starts_at
    return actor.holds(_key(row, to_whom)) and not cannot


def _afterwards(row: Gathering, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Those who lead, while nobody is marked as here; of a session also whoever was there, or may have been as long as
    nobody is marked, until they have written a reflection."""
    leaders, here = audience_holders(leaders_key(row), now), _here(row)
    found: set[UUID] = set()
    if set(to_whom) & set(LEADING) and not here:
        found |= leaders
    if Whom.PARTICIPANTS in to_whom and isinstance(row, LearningSession):
        were = here or (audience_holders(members_key(row), now) - who_cannot(row))
        found |= were - leaders - _who_wrote(row)
    return found


def _here(row: Gathering) -> set[UUID]:
    marked = sa.select(Attendance.person_id).where(Attendance.gathering_id == row.id, Attendance.unmarked_at.is_(None))
    return set(db.session.scalars(marked))


def _who_wrote(row: Gathering) -> set[UUID]:
    wrote = sa.select(Reflection.author_id).where(Reflection.session_id == row.id, Reflection.author_id.is_not(None))
    return {person_id for person_id in db.session.scalars(wrote) if person_id is not None}


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
