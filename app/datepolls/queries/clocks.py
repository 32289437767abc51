"""On whose clocks an hour would be lived, and how often each place has had a hard one already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.registries import audience_holders
from app.datepolls.circles import circle_of
from app.extensions import db
from app.people.models import Person
from app.sessions import queries as programme
from app.sessions.models import Gathering, Track
from app.sessions.queries.zones import Clocks, clocks_of_track
from app.sessions.showing.strip import hard_turns, with_hour
from app.workinggroups import queries as groups
from app.workinggroups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class HardTurns:
    """`turns` by zone: in how many of `among` gatherings with an hour it was early, late or night there."""

    among: int
    turns: dict[str, int]


def clocks_of(owner: Track | WorkingGroup) -> Clocks:
    """Return the places from which a track or group is followed; none by which a single person could be found."""
    if isinstance(owner, WorkingGroup):
        return Clocks(groups.zones_of_group(owner), ramadan=())
    return clocks_of_track(owner)


def count_by_zone(owner: Track | WorkingGroup, now: datetime) -> dict[str, int]:
    """Return how many of those who are asked live by each zone; who said none is not counted. For those who lead, and
    only to be summed up: a zone with one person in it would tell where that person lives."""
    voices = audience_holders(circle_of(owner).voices, now)
    rows = sa.select(Person.zone, sa.func.count()).where(Person.id.in_(voices), Person.zone != "")
    return {zone: int(count) for zone, count in db.session.execute(rows.group_by(Person.zone))}


def hard_turns_of(actor: Actor, owner: Track | WorkingGroup, zones: Sequence[str], *, now: datetime) -> HardTurns:
    """Return how many hard turns each place has had, and will have by what is planned already."""
    gatherings = with_hour(_gatherings(actor, owner, now))
    ramadan = clocks_of(owner).ramadan
    return HardTurns(len(gatherings), dict(hard_turns(gatherings, zones, ramadan)))


def _gatherings(actor: Actor, owner: Track | WorkingGroup, now: datetime) -> list[Gathering]:
    if isinstance(owner, WorkingGroup):
        held, coming = groups.list_held(actor, owner, now=now), groups.list_coming_meetings(actor, owner, now=now)
        return [*held, *coming]
    return [*programme.list_sessions(actor, owner)]
