"""Applications for a track that wants to decide: give places, put on the waiting list, refuse with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.sessions import queries, telling
from app.sessions.models import Application, ApplicationState, Track
from app.sessions.services import places

LONGEST_REASON = 500


class NobodyChosen(RuleBroken):
    """Nobody was ticked, or everybody ticked has had an answer meanwhile."""


class ReasonMissing(RuleBroken):
    """Who is refused is told why."""


@dataclass(slots=True)
class Decided:
    """What became of the applications that were ticked: a place, the waiting list, or left as they are because R-03
    does not let these people in at present."""

    seated: list[Application] = field(default_factory=list)
    waiting: list[Application] = field(default_factory=list)
    passed_over: list[Application] = field(default_factory=list)


def _chosen(track: Track, ids: Collection[UUID], states: Sequence[ApplicationState]) -> list[Application]:
    """Lock the track and return those ticked that are still open, in the order in which they asked."""
    places.lock_intake(track)
    found = queries.list_applications_among(track, ids, states)
    if not found:
        raise NobodyChosen(_l("Tick those you decide about. Whoever has had an answer meanwhile is not here any more."))
    return found


def accept_applications(actor: Actor, track: Track, *, ids: Collection[UUID], now: datetime) -> Decided:
    """Say yes to people who asked: a place while there is one, else the waiting list. Who asked first comes first, on
    the list too: whoever was answered late keeps the place in it that their own application gave them. But a place
    that is free at this instant goes to those who wait already. R-03 is asked again. Each is told.

    Raises `NobodyChosen`.
    """
    require(actor, "sessions.decide_applications", track)
    applications = _chosen(track, ids, [ApplicationState.ASKED])
    places.advance(actor, track, now=now)  # a free place is theirs who wait
    options = queries.eligible_options(track, [row.person_id for row in applications], now.date())
    decided = Decided()
    for application in applications:
        option = places.place_of(application, options.get(application.person_id, []))
        if option is None:
            decided.passed_over.append(application)
        elif places.take_place(track):
            places.give_place(actor, track, application, option, now=now)
            telling.places.tell_place_given(application, now=now)
            decided.seated.append(application)
        else:
            application.state, application.decided_by = ApplicationState.WAITING, actor.person_id
            telling.places.tell_waiting(application, now=now)
            decided.waiting.append(application)
    db.session.flush()
    facts = {
        "seated": [str(row.person_id) for row in decided.seated],
        "waiting": [str(row.person_id) for row in decided.waiting],
    }
    audit.record(actor, "sessions.applications.accepted", "track", track.id, facts, now=now)
    return decided


def check_refusal(reason: str) -> str:
    """Return the reason of a refusal. Raises `ReasonMissing`."""
    reason = reason.strip()
    if not reason:
        raise ReasonMissing(_l("Write why: whoever is refused reads it on the page of the track."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise ReasonMissing(_l("Use at most %(most)s letters.", most=LONGEST_REASON), field="reason")
    return reason


def refuse_applications(
    actor: Actor, track: Track, *, ids: Collection[UUID], reason: str, now: datetime
) -> list[Application]:
    """Say no to people who asked or wait, with a reason that they read on the page of the track; they may ask again.

    Each is told. Raises `ReasonMissing`, `NobodyChosen`.
    """
    require(actor, "sessions.decide_applications", track)
    reason = check_refusal(reason)
    refused = _chosen(track, ids, [ApplicationState.ASKED, ApplicationState.WAITING])
    for application in refused:
        application.state, application.reason = ApplicationState.REFUSED, reason
        application.decided_at, application.decided_by = now, actor.person_id
        telling.places.tell_refused(application, now=now)
    db.session.flush()
    facts = {"persons": [str(row.person_id) for row in refused]}
    audit.record(actor, "sessions.applications.refused", "track", track.id, facts, now=now)
    return refused
