"""Who is told that a government changed its clocks: everybody whose own hour of something moves, once, whatever moved.

Somebody at the place itself reads the same hour as before, and hears nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices
from app.core.notices import Notice
from app.core.remembering import remembered
from app.extensions import db
from app.moments.models import Moment, MomentChange, Precision
from app.people.models import Person
from app.reminders.kinds import Whom
from app.reminders.reckoning import TAKES_PLACE
from app.reminders.things import Thing, find_thing, read_things

CLOCKS = "reminders.clocks_changed"
STALE_AFTER = timedelta(days=14)
ANYBODY = frozenset(Whom)


def tell_clocks_changed(moment: Moment, change: MomentChange, *, now: datetime) -> None:
    """Tell those whom a moment concerns and who live by other clocks. One notice for all that moved at this instant:
    the mail lists it."""
    thing = find_thing(moment.id)
    if thing is None or thing.is_quiet or not _has_hour(moment):
        return
    starts = (moment.starts_at, datetime.fromisoformat(change.old["starts_at"]))
    ahead = [start for start in starts if start > now]
    if not ahead:
        return
    people = thing.people(ANYBODY, now)
    elsewhere = sa.select(Person.id).where(Person.id.in_(people), Person.zone != "", Person.zone != moment.zone)
    told = sorted(db.session.scalars(elsewhere), key=str)
    notices.tell_many(
        told,
        CLOCKS,
        now.isoformat(),
        {"at": now.isoformat()},
        now=now,
        expires_at=now + STALE_AFTER,
        happens_at=min(ahead),
        is_urgent=True,
    )
    sooner = sa.update(Notice).where(
        Notice.key.in_([notices.key_of(CLOCKS, now.isoformat(), person_id) for person_id in told]),
        Notice.happens_at > min(ahead),
    )
    db.session.execute(sooner.values(happens_at=min(ahead)), execution_options={"synchronize_session": "fetch"})


def moved_for(
    person_id: UUID, parameters: dict[str, Any], now: datetime | None = None
) -> Iterator[tuple[MomentChange, Thing]]:
    """Yield what moved then and still concerns a person, the first first; of what is not over at `now`, where given."""
    at = datetime.fromisoformat(parameters["at"])
    person = db.session.get(Person, person_id)
    for change, thing in _moved(at, now or at):
        if thing.is_quiet or person is None or person.zone == thing.moment.zone:
            continue
        stands = change.new["starts_at"] == thing.moment.starts_at.isoformat()
        if stands and thing.still_concerns(person_id, 0, ANYBODY, at):
            yield change, thing


@remembered
def _moved(at: datetime, since: datetime) -> list[tuple[MomentChange, Thing]]:
    """Return what moved at an instant and is not over, the first first: asked once for all who are told of it."""
    rows = db.session.execute(
        sa.select(MomentChange, Moment)
        .join(Moment, Moment.id == MomentChange.moment_id)
        .where(MomentChange.at == at, Moment.until >= since)
        .order_by(Moment.starts_at, Moment.id)
    ).all()
    changes = {moment.id: change for change, moment in rows if "zone_data" in change.new and _has_hour(moment)}
    things = read_things([moment for _change, moment in rows])
    return [(change, things[moment_id]) for moment_id, change in changes.items() if moment_id in things]


def _has_hour(moment: Moment) -> bool:
    return moment.precision is Precision.MINUTE and moment.status in TAKES_PLACE


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked before the mail leaves: something of what moved is still to come, at the hour that it moved to."""
    return next(moved_for(notice.person_id, notice.parameters, now), None) is not None
