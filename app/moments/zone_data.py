"""After new zone data: which moments that are not over have other instants now (governments change their clocks).

The wall clock stays, since it is what was announced; `starts_at` and `until` follow it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from uuid import UUID

from app.core import audit
from app.core.actors import Actor
from app.core.permissions import require
from app.moments import queries
from app.moments.models import Moment
from app.moments.services import facts_of, keep_change, set_timing, take_next_sequence
from app.moments.timing import DayDoesNotExist, HourDoesNotExist, Timing, next_existing, resolve


@dataclass(frozen=True, slots=True)
class Moved:
    """One moment that new zone data moved. `hour_exists` is False where its wall clock is skipped now: it takes
    place as if the clocks had not jumped, and somebody has to choose another hour."""

    moment_id: UUID
    subject_kind: str
    subject_id: UUID
    zone: str
    wall: datetime
    old_starts_at: datetime
    old_until: datetime
    starts_at: datetime
    until: datetime
    hour_exists: bool = True


def zone_data_version() -> str:
    """Return the release of the zone data in use: "2026.6"."""
    return version("tzdata")


def recompute(actor: Actor, *, now: datetime, apply: bool) -> list[Moved]:
    """Recompute every moment that is not over; return those that moved, in the order of their new starts.

    With `apply`, write the new instants, let SEQUENCE grow, keep the change with "zone data <version>" as its
    reason and send `moment_changed`. Asks for the right to do so ("moments.recompute").
    """
    require(actor, "moments.recompute")
    found: list[Moved] = []
    for batch in queries.walk_not_over(now):
        for moment in batch:
            moved = _moved(moment, now)
            if moved is None:
                continue
            found.append(moved)
            if apply:
                _apply(actor, moment, moved, now)
    return sorted(found, key=lambda moved: (moved.starts_at, moved.moment_id))


def _moved(moment: Moment, now: datetime) -> Moved | None:
    timing, hour_exists = Timing.of(moment), True
    try:
        starts_at, until = resolve(timing)
    except (HourDoesNotExist, DayDoesNotExist):
        hour_exists = False
        starts_at, until = resolve(_beyond_the_gap(timing))
    if (starts_at, until) == (moment.starts_at, moment.until) or max(until, moment.until) < now:
        return None
    wall = moment.wall_start or moment.wall_end
    assert wall is not None and moment.zone is not None  # noqa: S101, PT018 - asked for by the query and a constraint
    return Moved(
        moment.id,
        moment.subject_kind,
        moment.subject_id,
        moment.zone,
        wall,
        moment.starts_at,
        moment.until,
        starts_at,
        until,
        hour_exists,
    )


def _beyond_the_gap(timing: Timing) -> Timing:
    zone = timing.zone or "UTC"
    start, end = (wall and next_existing(wall, zone) for wall in (timing.wall_start, timing.wall_end))
    return replace(timing, wall_start=start, wall_end=end)


def _apply(actor: Actor, moment: Moment, moved: Moved, now: datetime) -> None:
    release = zone_data_version()
    old = facts_of(moment)
    take_next_sequence(moment)
    set_timing(moment, Timing.of(moment), moved.starts_at, moved.until)
    new = facts_of(moment) | {"zone_data": release}
    keep_change(actor, moment, old=old, new=new, reason=f"zone data {release}", now=now)
    audit.record(
        actor,
        "moments.moment.recomputed",
        moment.subject_kind,
        moment.subject_id,
        {"old": old["starts_at"], "new": new["starts_at"], "zone": moved.zone, "zone_data": release},
        now=now,
    )
