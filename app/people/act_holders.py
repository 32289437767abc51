"""Who acts by a link of a mail (`core.acts`): the person it went to, or the person without e-mail whom they help.

Asked when the link is used, with what holds then: who was erased or joined with another row has no address, who left
has no keys, and who helps nobody any more acts for nobody.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.acts import Holder, register_finder
from app.core.context import page_language
from app.core.registries import actor_at, actors_at, lent
from app.extensions import db
from app.moments import words
from app.moments.local import in_zone
from app.people.models import Person
from app.people.personal_data import contacts
from app.people.policy import can_help
from app.people.queries.assistance import helpers_of


def find_holder(person_id: UUID, reader_id: UUID, now: datetime) -> Holder | None:
    person, reader = db.session.get(Person, person_id), db.session.get(Person, reader_id)
    contact = contacts([reader_id]).get(reader_id)
    if person is None or reader is None or contact is None or person.erased_at is not None:
        return None
    actor = _actor(person_id, reader_id, now)
    if actor is None:
        return None
    zone = reader.zone
    return Holder(
        actor=replace(actor, is_by_link=True),
        name=person.name,
        reader=contact,
        zone=zone,
        day_of=lambda instant: words.date_of(in_zone(instant, zone or None).date(), page_language()),
        when=lambda instant: _when(instant, zone),
    )


def _when(instant: datetime, zone: str) -> str:
    """Say a day and an hour on the clock of a reader, in UTC where nobody knows theirs."""
    local = in_zone(instant, zone or None)
    day, hour = words.day(local.date(), page_language()), words.hour(local)
    if not zone:
        return str(_("%(day)s, %(hour)s", day=day, hour=words.hour_of_utc(hour, page_language()) + " UTC"))
    return str(_("%(day)s, %(hour)s in %(place)s", day=day, hour=hour, place=words.place(zone, page_language())))


def _actor(person_id: UUID, reader_id: UUID, now: datetime) -> Actor | None:
    """Return the person with the keys that hold now; as lent to a helper where somebody else reads the mail."""
    if person_id == reader_id:
        return actor_at(person_id, now)
    actors = actors_at([person_id, reader_id], now)
    helps = reader_id in helpers_of([person_id])[person_id] and can_help(actors[reader_id])
    return lent(actors[person_id], reader_id) if helps else None


def register() -> None:
    register_finder(find_holder)
