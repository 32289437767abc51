"""The mails about one session: a track has a new one, it moved, was cancelled, takes place after all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.registries import Contact
from app.extensions import db
from app.moments.models import MomentChange
from app.moments.shown import shown
from app.people.models import Person
from app.sessions import addresses, telling
from app.sessions.emails.letters import because, time_words
from app.sessions.models import LearningSession


@dataclass(frozen=True, slots=True)
class Facts:
    """What every mail about a session says."""

    track: str
    title: str
    time: str
    reason: str
    address: str


def _facts(parameters: dict[str, Any]) -> Facts | None:
    session = db.session.get(LearningSession, UUID(parameters["session"]))
    person = db.session.get(Person, UUID(parameters["person"]))
    if session is None or person is None:
        return None
    change = db.session.get(MomentChange, UUID(parameters["fact"]))
    language = page_language()
    return Facts(
        track=names_of("track", [session.track_id], language)[session.track_id].text,
        title=names_of("session", [session.id], language)[session.id].text,
        time=time_words(shown(session.moment, person.zone or None, language)),
        reason=change.reason if change is not None else "",
        address=addresses.absolute(addresses.session_path(session.id)),
    )


def _write_planned(facts: Facts, contact: Contact) -> Words:
    return Words(
        _("%(track)s: a new session", track=facts.track),
        letter(
            contact,
            _(
                "The track %(track)s, which you joined, has a new session: %(title)s.",
                track=facts.track,
                title=facts.title,
            ),
            facts.time,
            _("Everything about it: %(address)s", address=facts.address),
        ),
    )


def _write_moved(facts: Facts, contact: Contact) -> Words:
    return Words(
        _("Another time: %(title)s", title=facts.title),
        letter(
            contact,
            _("The session %(title)s of the track %(track)s has another time:", track=facts.track, title=facts.title),
            facts.time,
            because(facts.reason),
            _("Everything about it: %(address)s", address=facts.address),
        ),
    )


def _write_cancelled(facts: Facts, contact: Contact) -> Words:
    return Words(
        _("Cancelled: %(title)s", title=facts.title),
        letter(
            contact,
            _(
                "The session %(title)s of the track %(track)s will not take place.",
                track=facts.track,
                title=facts.title,
            ),
            # I18N: in a mail about a cancelled session; %(time)s is when it would have been
            _("It was planned for: %(time)s", time=facts.time),
            because(facts.reason),
            _("Everything about it: %(address)s", address=facts.address),
        ),
    )


def _write_reopened(facts: Facts, contact: Contact) -> Words:
    return Words(
        _("Planned again: %(title)s", title=facts.title),
        letter(
            contact,
            _("The session %(title)s of the track %(track)s is planned again:", track=facts.track, title=facts.title),
            facts.time,
            _("Everything about it: %(address)s", address=facts.address),
        ),
    )


def _writer(write: Callable[[Facts, Contact], Words]) -> mails.Writer:
    def written(parameters: dict[str, Any], contact: Contact) -> Words | None:
        facts = _facts(parameters)
        return write(facts, contact) if facts is not None else None

    return written


def register() -> None:
    mails.register(telling.sessions.PLANNED, _writer(_write_planned))
    mails.register(telling.sessions.MOVED, _writer(_write_moved))
    mails.register(telling.sessions.CANCELLED, _writer(_write_cancelled))
    mails.register(telling.sessions.REOPENED, _writer(_write_reopened))
