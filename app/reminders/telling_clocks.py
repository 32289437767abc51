"""Who is told that a government changed its clocks: everybody whose own hour of something moves, once, whatever moved;
of an event and of the time in which one can join a track, those who were reminded. Who helps somebody is told for them.

Somebody at the place itself reads the same hour as before, and hears nothing. What people answer until some hour tells
of another hour itself, in the words in which it always does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices
from app.core.notices import Notice
from app.core.remembering import remembered
from app.core.types import Facts
from app.events.models import EVENT
from app.extensions import db
from app.moments.endings import window_end
from app.moments.models import Moment, MomentChange, Precision
from app.people.helping import clock_of, still_helps, told_for
from app.people.queries import by_other_clocks, helpers_of
from app.reminders.kinds import Whom
from app.reminders.reckoning import TAKES_PLACE
from app.reminders.telling import NOTICE_OF, OWN
from app.reminders.telling_moved import MOVED, who_was_reminded
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
    ahead = [at for at in (_hour(moment, change.old), _hour(moment, change.new)) if at > now]
    if not ahead:
        return
    people = thing.people(ANYBODY, now)
    if moment.subject_kind in MOVED and not _is_own(thing):
        people = who_was_reminded(moment, people)
    told = by_other_clocks(people, moment.zone)
    _leave(told, now.isoformat(), {"at": now.isoformat()}, min(ahead), now)
    for person_id, helpers in helpers_of(people).items() if _is_own(thing) else ():
        reached = {one for one in helpers if _lives_elsewhere(person_id, one, thing)}
        about = {"at": now.isoformat(), "for": str(person_id)}
        _leave(reached, f"{now.isoformat()}:{person_id}", about, min(ahead), now)


def _leave(person_ids: Iterable[UUID], key: str, parameters: Facts, happens_at: datetime, now: datetime) -> None:
    told = sorted(person_ids, key=str)
    expires_at = now + STALE_AFTER
    notices.tell_many(
        told, CLOCKS, key, parameters, now=now, expires_at=expires_at, happens_at=happens_at, is_urgent=True
    )
    sooner = sa.update(Notice).where(
        Notice.key.in_([notices.key_of(CLOCKS, key, person_id) for person_id in told]), Notice.happens_at > happens_at
    )
    db.session.execute(sooner.values(happens_at=happens_at), execution_options={"synchronize_session": "fetch"})


def _is_own(thing: Thing) -> bool:
    """Whether who helps somebody is reminded of this for them."""
    return NOTICE_OF[thing.kind] in OWN and thing.moment.subject_kind != EVENT


def _hour(moment: Moment, facts: Facts) -> datetime:
    """Return the instant that counts of the values a change keeps: until when something is open, or when it begins."""
    return datetime.fromisoformat(facts["until" if window_end(moment) is not None else "starts_at"])


def _lives_elsewhere(about: UUID, reader_id: UUID, thing: Thing) -> bool:
    return clock_of({"person": str(reader_id), "for": str(about)}) not in ("", thing.moment.zone)


def moved_for(
    person_id: UUID, parameters: dict[str, Any], now: datetime | None = None
) -> Iterator[tuple[MomentChange, Thing]]:
    """Yield what moved then and still concerns a person, or whom they help, the first first; of what is not over at
    `now`, where given."""
    at, about = datetime.fromisoformat(parameters["at"]), told_for({"person": str(person_id)} | parameters)
    for change, thing in _moved(at, now or at):
        if (
            thing.is_quiet
            or not _lives_elsewhere(about, person_id, thing)
            or not (about == person_id or _is_own(thing))
        ):
            continue
        stands = change.new["starts_at"] == thing.moment.starts_at.isoformat()
        if stands and thing.still_concerns(about, 0, ANYBODY, at):
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
    """Asked before the mail leaves: something of what moved is still to come, at the hour that it moved to; who helps
    somebody still does."""
    return (
        still_helps(notice.parameters) and next(moved_for(notice.person_id, notice.parameters, now), None) is not None
    )
