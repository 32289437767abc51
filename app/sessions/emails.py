"""The mails of this package: a track has a new session, a session moved, was cancelled, takes place after all.

Written at sending, in the recipient's language and at the recipient's hour. Never with the join link: with the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.context import page_language
from app.core.mails import Words
from app.core.names import names_of
from app.core.registries import Contact
from app.extensions import db
from app.moments.models import MomentChange
from app.moments.shown import Shown, shown
from app.people.models import Person
from app.sessions import addresses, telling
from app.sessions.models import LearningSession


@dataclass(frozen=True, slots=True)
class Facts:
    """What every mail about a session says."""

    track: str
    title: str
    time: str
    reason: str
    address: str


def time_words(time: Shown) -> str:
    """Return the hour for the recipient first, then the session's own and UTC."""
    if not time.has_hour:
        return time.words
    if time.second is None:
        # I18N: an hour in a mail: "Saturday 13 February 2027, 17:00–19:00 in Nairobi (14:00 UTC)"
        return str(_("%(time)s (%(utc)s UTC)", time=time.words, utc=time.utc.start))
    # I18N: an hour in a mail, with the hour at the session's own place and in universal time
    return str(
        _(
            "%(time)s (%(hour)s in %(place)s, %(utc)s UTC)",
            time=time.words,
            hour=time.second.start,
            place=time.second.place,
            utc=time.utc.start,
        )
    )


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


def letter(contact: Contact, *paragraphs: str) -> str:
    # I18N: how a mail begins
    greeting = _("Dear %(name)s,", name=contact.name) if contact.name else _("Hello,")
    return "\n\n".join((greeting, *(part for part in paragraphs if part)))


def because(reason: str) -> str:
    # I18N: in a mail; the reason is written by a facilitator, in whatever language
    return _("Why: %(reason)s", reason=reason) if reason else ""


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
    mails.register(telling.PLANNED, _writer(_write_planned))
    mails.register(telling.MOVED, _writer(_write_moved))
    mails.register(telling.CANCELLED, _writer(_write_cancelled))
    mails.register(telling.REOPENED, _writer(_write_reopened))
