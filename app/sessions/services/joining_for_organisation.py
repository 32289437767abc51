"""Who speaks for an organisation names its people for a track: all in one act, each told and free to leave."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.people.models import Organisation, Person
from app.sessions import queries, telling
from app.sessions.models import Application, ApplicationState, Track, TrackMembership
from app.sessions.services import places
from app.sessions.services.membership import ask, check_door

MOST_AT_ONCE = 10


class NobodyNamed(RuleBroken):
    """Nobody was ticked, or too many at once."""


class NotOfThisOrganisation(RuleBroken):
    """R-03: somebody has no current, confirmed affiliation to the organisation of a kind the track is open to."""


class Outcome(StrEnum):
    """What became of somebody who was named."""

    SEATED = "seated"
    WAITING = "waiting"
    ASKED = "asked"
    KNOWN = "known"  # in the track, on its list, or an application of their own is open


Sent = dict[Outcome, list[Person]]


def check_number(person_ids: Collection[UUID]) -> None:
    """Raise `NobodyNamed` unless one to ten people are named."""
    if not person_ids:
        raise NobodyNamed(_l("Tick at least one person who takes part."), field="people")
    if len(person_ids) > MOST_AT_ONCE:
        raise NobodyNamed(
            _l("Name at most %(most)s people at once, then come back for the others.", most=MOST_AT_ONCE),
            field="people",
        )


def join_for_organisation(
    actor: Actor, track: Track, organisation: Organisation, *, person_ids: Collection[UUID], now: datetime
) -> Sent:
    """Let up to ten people take part for an organisation (R-03, asked of each): a place, the waiting list, or an
    application where a facilitator decides. One who may not is named and nothing is done. Each one but the actor is
    told and may leave; who is in the track already stays as they are. Never enrols in a group (R-06).

    Raises `TrackIsClosed`, `NobodyNamed`, `NotOfThisOrganisation`.
    """
    require(actor, "sessions.join_for_organisation", organisation)
    check_door(track, now)
    check_number(person_ids)
    people = _check_people(track, organisation, person_ids, now)
    places.lock_intake(track)
    places.advance(actor, track, now=now)  # nobody passes those who wait
    sent: Sent = {outcome: [] for outcome in Outcome}
    for person in people:
        sent[_name(actor, track, organisation, person, now=now)].append(person)
    return sent


def _check_people(track: Track, organisation: Organisation, ids: Collection[UUID], now: datetime) -> list[Person]:
    found = queries.people_to_name_among(track, organisation, now.date(), ids)
    if len(found) < len(set(ids)):
        raise NotOfThisOrganisation(
            _l(
                "Somebody you named has no current, confirmed affiliation to this organisation any more. Look at the "
                "list below, which is up to date, and send it again."
            ),
            field="people",
            rule="R-03",
        )
    return list(found.values())


def _name(actor: Actor, track: Track, organisation: Organisation, person: Person, *, now: datetime) -> Outcome:
    if queries.find_membership(track, person.id) or queries.find_open_application(track, person.id):
        return Outcome.KNOWN
    by = None if person.id == actor.person_id else actor.person_id
    needs_approval, ids = track.intake.needs_approval, (person.id, organisation.id)
    row: TrackMembership | Application
    if not needs_approval and places.take_place(track):
        row, outcome = places.seat(actor, track, *ids, joined_by=by, now=now), Outcome.SEATED
    else:
        state = ApplicationState.ASKED if needs_approval else ApplicationState.WAITING
        row, outcome = ask(actor, track, *ids, state=state, asked_by=by, now=now), Outcome(state)
    if by is not None:
        telling.places.tell_named(row, now=now)
    return outcome
