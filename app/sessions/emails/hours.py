"""The mail "your hour changes": both hours on the recipient's clock."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.registries import Contact
from app.extensions import db
from app.moments.shown import shown
from app.people.models import Person
from app.sessions import addresses, telling
from app.sessions.emails.letters import time_words
from app.sessions.models import LearningSession


def _write(parameters: dict[str, Any], contact: Contact) -> Words | None:
    session = db.session.get(LearningSession, UUID(parameters["session"]))
    before = db.session.get(LearningSession, UUID(parameters["before"]))
    person = db.session.get(Person, UUID(parameters["person"]))
    if session is None or before is None or person is None:
        return None
    language = page_language()
    title = names_of("session", [session.id], language)[session.id].text
    track = names_of("track", [session.track_id], language)[session.track_id].text
    now_at = shown(session.moment, person.zone or None, language)
    before_at = shown(before.moment, person.zone or None, language)
    # I18N: subject of a mail; %(hour)s is the new hour on the reader's clock
    subject = _("Your hour changes: %(title)s at %(hour)s", title=title, hour=now_at.first.start)
    opening = _(
        "The next session of the track %(track)s, %(title)s, is at another hour for you than the last one, because "
        "clocks change:",
        track=track,
        title=title,
    )
    # I18N: in a mail, before the hour of the session before, and before that of the next one
    hours = "\n".join(
        (
            _("Last time: %(time)s", time=before_at.words),
            _("This time: %(time)s", time=time_words(now_at)),
        )
    )
    address = addresses.absolute(addresses.session_path(session.id))
    return Words(subject, letter(contact, opening, hours, _("Everything about it: %(address)s", address=address)))


def register() -> None:
    mails.register(telling.hours.CHANGED, _write)
