"""Reading what people chose about their mails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.core import topics
from app.core.topics import Topic
from app.extensions import db
from app.mailings.models import MailRhythm, MailStop
from app.mailings.rhythm import Rhythm
from app.moments.local import known_zones
from app.moments.zones import zone_of_country
from app.people.models import Person


def rhythms_of(person_ids: Iterable[UUID]) -> dict[UUID, Rhythm]:
    """Return how each person is written to, on their own clocks: those of the account, else of a country that has one
    zone, else UTC. Who chose nothing has the house's rhythm."""
    wanted = list(set(person_ids))
    people = db.session.execute(sa.select(Person.id, Person.zone, Person.country).where(Person.id.in_(wanted)))
    zones = {row.id: row.zone if row.zone in known_zones() else zone_of_country(row.country) for row in people}
    chosen = {
        row.person_id: row for row in db.session.scalars(sa.select(MailRhythm).where(MailRhythm.person_id.in_(wanted)))
    }
    return {person_id: _rhythm(chosen.get(person_id), zones.get(person_id, "")) for person_id in wanted}


def _rhythm(row: MailRhythm | None, zone: str) -> Rhythm:
    if row is None:
        return Rhythm(zone=zone)
    return Rhythm(row.pace, row.hour, row.weekday, row.quiet_from, row.quiet_until, zone)


def rhythm_of(person_id: UUID) -> Rhythm:
    return rhythms_of([person_id])[person_id]


def stops_of(person_ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    """Return the topics that each person has stopped."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for row in db.session.scalars(sa.select(MailStop).where(MailStop.person_id.in_(list(person_ids)))):
        found[row.person_id].add(row.topic)
    return found


def optional_topics() -> list[Topic]:
    """Return the topics a person can stop, in the order of the house."""
    return [topic for topic in topics.all_topics() if topic.is_optional]
