"""Who is told about a place: each person about their own, one notice per fact, written in the transaction of the fact.

Nobody is told what they did themselves. The mails are in `emails.places`; a refusal's reason stands in none of them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core import notices
from app.extensions import db
from app.people.queries import helpers_of
from app.sessions.models import Application, ApplicationState, TrackMembership

PLACE_GIVEN = "sessions.place_given"
MOVED_UP = "sessions.place_moved_up"
WAITING = "sessions.place_waiting"
REFUSED = "sessions.application_refused"
NAMED = "sessions.place_named"
KINDS = (PLACE_GIVEN, MOVED_UP, WAITING, REFUSED, NAMED)

_TRUE_WHILE = {
    PLACE_GIVEN: (ApplicationState.ACCEPTED,),
    MOVED_UP: (ApplicationState.ACCEPTED,),
    WAITING: (ApplicationState.WAITING,),
    REFUSED: (ApplicationState.REFUSED,),
    NAMED: (ApplicationState.ASKED, ApplicationState.WAITING, ApplicationState.ACCEPTED),
}
"""In which states of the application a mail about it is still true when it leaves."""


def _tell(application: Application, kind: str, now: datetime) -> None:
    parameters = {"track": str(application.track_id), "application": str(application.id)}
    notices.tell_many(_reached(application.person_id), kind, str(application.id), parameters, now=now)


def _reached(person_id: UUID) -> set[UUID]:
    """The person, and who helps them: without e-mail they learn it through their helpers alone."""
    return {person_id} | helpers_of([person_id])[person_id]


def tell_place_given(application: Application, *, now: datetime) -> None:
    """A facilitator said yes and there was a place."""
    _tell(application, PLACE_GIVEN, now)


def tell_moved_up(application: Application, *, now: datetime) -> None:
    """A place became free, and it is theirs."""
    _tell(application, MOVED_UP, now)


def tell_waiting(application: Application, *, now: datetime) -> None:
    """A facilitator said yes and every place was taken."""
    _tell(application, WAITING, now)


def tell_refused(application: Application, *, now: datetime) -> None:
    """A facilitator said no; why stands on the page of the track."""
    _tell(application, REFUSED, now)


def tell_named(row: TrackMembership | Application, *, now: datetime) -> None:
    """Who speaks for their organisation named them: they have a place, wait for one, or were proposed."""
    if isinstance(row, Application):
        _tell(row, NAMED, now)
        return
    parameters = {"track": str(row.track_id), "membership": str(row.id)}
    notices.tell_many(_reached(row.person_id), NAMED, str(row.id), parameters, now=now)


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: what it says is still so."""
    parameters = notice.parameters
    if "membership" in parameters:
        membership = db.session.get(TrackMembership, UUID(parameters["membership"]))
        return membership is not None and membership.left_at is None
    application = db.session.get(Application, UUID(parameters["application"]))
    return application is not None and application.state in _TRUE_WHILE[notice.kind]
