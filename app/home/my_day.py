"""What a person does from the front page: their sessions and meetings, their tracks, and what is at hand in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.core.actors import Actor
from app.core.permissions import can
from app.sessions import policy
from app.sessions import queries as programme
from app.sessions.models import Gathering, LearningSession, Track
from app.workinggroups import queries as groups

NEXT_SESSIONS = 5

FRESH = timedelta(days=60)
"""So long after a session the front page offers to write about it."""


@dataclass(frozen=True, slots=True)
class MyDay:
    """`coming` are my own next sessions and meetings, or everybody's sessions where I have none (`is_mine`); `fresh` is
    the last session that has begun in each of my tracks; `can_mark_now` says that the sheet of the first coming one is
    open to me."""

    coming: Sequence[Gathering]
    is_mine: bool
    tracks: Sequence[Track]
    led: Sequence[Track]
    others: Sequence[Track]
    fresh: dict[UUID, LearningSession]
    can_mark_now: bool

    @property
    def first(self) -> Gathering | None:
        return self.coming[0] if self.coming else None

    @property
    def own(self) -> list[Track]:
        """Every track I take part in or lead, each once."""
        return list({track.id: track for track in (*self.led, *self.tracks)}.values())

    @property
    def all_tracks(self) -> list[Track]:
        return [*self.own, *self.others]


def my_day(actor: Actor, now: datetime) -> MyDay:
    """Return what the front page shows to this reader; a visitor has no track and sees everybody's next session."""
    mine = _mine(actor, now) if actor.is_person else []
    coming = mine or programme.list_next_sessions(actor, now=now, limit=NEXT_SESSIONS)
    tracks, led = programme.list_my_tracks(actor), programme.list_my_facilitated(actor)
    own = {track.id for track in (*tracks, *led)}
    return MyDay(
        coming,
        is_mine=bool(mine),
        tracks=tracks,
        led=led,
        others=[track for track in programme.list_visible_tracks(actor) if track.id not in own],
        fresh=_fresh(actor, list(own), now),
        can_mark_now=bool(coming) and _can_mark_now(actor, coming[0], now),
    )


def _mine(actor: Actor, now: datetime) -> list[Gathering]:
    """Return the next sessions of my tracks and meetings of my groups, in the order of time."""
    found: list[Gathering] = [
        *programme.list_next_sessions(actor, now=now, limit=NEXT_SESSIONS, mine=True),
        *groups.list_my_next_meetings(actor, now=now, limit=NEXT_SESSIONS),
    ]
    return sorted(found, key=lambda row: row.moment.starts_at)[:NEXT_SESSIONS]


def _fresh(actor: Actor, track_ids: list[UUID], now: datetime) -> dict[UUID, LearningSession]:
    by_track = programme.list_sessions_of_tracks(actor, track_ids) if track_ids else {}
    begun = {
        track_id: [row for row in sessions if policy.takes_place(row) and now - FRESH < row.moment.starts_at <= now]
        for track_id, sessions in by_track.items()
    }
    return {track_id: sessions[-1] for track_id, sessions in begun.items() if sessions}


def _can_mark_now(actor: Actor, gathering: Gathering, now: datetime) -> bool:
    return policy.attendance_is_open(gathering, now) and can(actor, "sessions.mark_attendance", gathering)
