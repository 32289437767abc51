"""Notice "your hour changes": a gathering falls on another hour than the one before, for those whose clocks did it.

Who is told is worked out from the clocks, person by person: the hour at its own place is the same as last
time (or the series was put on other clocks), and the hour on the person's wall is not (A1). Who has no e-mail hears
it through who helps them, by their own clock, or the helper's where nobody knows theirs. Who moves a gathering on
purpose has told everybody already; that is no change of clocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices, registries
from app.core.types import Facts
from app.extensions import db
from app.moments import queries as moments
from app.moments.local import in_zone, known_zones
from app.moments.models import NOT_TAKING_PLACE, Moment, Precision
from app.people.helping import clock_of, with_helpers
from app.people.models import Person
from app.sessions import policy
from app.sessions.hosts import host_of, members_key
from app.sessions.models import Gathering, LearningSession
from app.sessions.queries.series import series_of
from app.sessions.telling.sessions import still_concerns

CHANGED = "sessions.hour_changed"
KINDS = (CHANGED,)


def session_before(gathering: Gathering) -> Gathering | None:
    """Return the one before this that takes place: of its series, or of the same owner where it is in none."""
    host, series_id = host_of(gathering), series_of(gathering)
    same = (
        LearningSession.series_id == series_id if series_id is not None else host.model.id.in_(host.siblings(gathering))
    )
    found: Gathering | None = db.session.scalar(
        sa.select(host.model)
        .join(Moment, Moment.id == host.model.moment_id)
        .where(
            same,
            host.model.id != gathering.id,
            Moment.starts_at < gathering.moment.starts_at,
            Moment.precision == Precision.MINUTE,
            Moment.status.not_in(NOT_TAKING_PLACE),
        )
        .order_by(Moment.starts_at.desc(), host.model.created_at.desc(), host.model.id)
        .limit(1)
    )
    return found


def _was_put_on_other_clocks(before: Gathering, gathering: Gathering) -> bool:
    """Whether the two go by different clocks because somebody moved one of them there, not because they always did."""
    if (series_id := series_of(before)) is not None and series_id == series_of(gathering):
        return True
    found = moments.list_changes_of([before.moment_id, gathering.moment_id])
    return any(change.old["zone"] != change.new["zone"] for changes in found.values() for change in changes)


def may_shift(before: Gathering, gathering: Gathering) -> bool:
    """Whether another hour on somebody's wall would come from clocks: the hour at their own place, or the
    instant of the day, is the same as before; or the place itself is another one."""
    old, new = before.moment, gathering.moment
    if old.zone != new.zone:
        return _was_put_on_other_clocks(before, gathering)
    same_hour = _at_its_place(old).time() == _at_its_place(new).time()
    return same_hour or old.starts_at.time() == new.starts_at.time()


def _at_its_place(moment: Moment) -> datetime:
    """Return when a gathering begins on the clock of its own place; both of those compared here have an hour."""
    return in_zone(moment.starts_at, moment.zone)


def differs_in(zone: str, before: Moment, after: Moment) -> bool:
    """Whether the clocks of a zone show another hour than before, or another day of the week although the sessions'
    own place does not."""
    if zone not in known_zones():
        return False
    old, new = in_zone(before.starts_at, zone), in_zone(after.starts_at, zone)
    same_weekday = before.zone != after.zone or _at_its_place(before).weekday() == _at_its_place(after).weekday()
    return old.time() != new.time() or (same_weekday and old.weekday() != new.weekday())


def _was_told_of_new_clocks(moment: Moment) -> Callable[[str], bool]:
    """Return who, by their zone, was told both hours of this gathering when new rules of clocks gave it its start:
    whoever lives by other clocks than it does (`app/reminders`). They are not told twice."""
    start = moment.starts_at.isoformat()
    changes = moments.list_changes_of([moment.id])[moment.id]
    is_moved = any("zone_data" in change.new and change.new["starts_at"] == start for change in changes)
    return lambda zone: is_moved and zone != moment.zone


def tell_hour_changes(gathering: Gathering, *, now: datetime) -> int:
    """Tell everybody who takes part and whose hour this one changes; returns how many. Nobody who is not concerned."""
    before = session_before(gathering)
    if before is None or not may_shift(before, gathering):
        return 0
    audience, was_told = members_key(gathering), _was_told_of_new_clocks(gathering.moment)
    fact = f"{gathering.id}:{gathering.moment.starts_at:%Y%m%dT%H%M}"  # moved and moved back, it is the same fact
    said: Facts = {"session": str(gathering.id), "before": str(before.id)}
    count = 0
    for clocks, key, parameters in _with_clocks(registries.audience_holders(audience, now), fact, said):
        concerned = [
            reader_id
            for reader_id, zone in clocks.items()
            if differs_in(zone, before.moment, gathering.moment) and not was_told(zone)
        ]
        notices.tell_many(
            concerned,
            CHANGED,
            key,
            parameters,
            now=now,
            audience=audience,
            expires_at=gathering.moment.starts_at,
            happens_at=gathering.moment.starts_at,
        )
        count += len(concerned)
    return count


def _with_clocks(
    person_ids: Iterable[UUID], key: str, parameters: Facts
) -> Iterator[tuple[dict[UUID, str], str, Facts]]:
    """Yield as `with_helpers` does, of each reader the zone whose hours count (`clock_of`, asked once for all)."""
    leaving = list(with_helpers(person_ids, key, parameters))
    zones = _zones_of({reader_id for told, _key, _parameters in leaving for reader_id in told})
    for told, each, about in leaving:
        theirs = zones.get(UUID(about["for"])) if "for" in about else None
        yield {reader_id: theirs or zones.get(reader_id, "") for reader_id in told}, each, about


def _zones_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = db.session.execute(
        sa.select(Person.id, Person.zone).where(Person.id.in_(list(person_ids)), Person.zone != "")
    )
    return {row.id: row.zone for row in rows}


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: it has not begun, it takes place, the person still takes part,
    and their hour still differs."""
    gathering = db.session.get(Gathering, UUID(notice.parameters["session"]))
    before = db.session.get(Gathering, UUID(notice.parameters["before"]))
    zone = clock_of(notice.parameters)
    if gathering is None or before is None:
        return False
    if gathering.moment.starts_at <= now or not policy.takes_place(gathering):
        return False
    if gathering.moment.precision is not Precision.MINUTE or before.moment.precision is not Precision.MINUTE:
        return False
    if not still_concerns(notice, gathering, now):
        return False
    if _was_told_of_new_clocks(gathering.moment)(zone):
        return False
    return may_shift(before, gathering) and differs_in(zone, before.moment, gathering.moment)
