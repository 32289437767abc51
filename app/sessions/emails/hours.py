"""The mail "your hour changes": both hours on the clock of whose hour changes, of whom a helper helps too."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.registries import Contact
from app.extensions import db
from app.moments.mailed import time_words
from app.moments.shown import shown
from app.people.helping import clock_of, told_for
from app.people.queries import own_name_of
from app.sessions import addresses, telling
from app.sessions.acts import offer_coming
from app.sessions.hosts import owner_of, title_of, words_of
from app.sessions.models import Gathering


def _write(parameters: dict[str, Any], contact: Contact) -> Words | None:
    about = told_for(parameters)
    return mails.or_helper(partial(_changed, parameters, about), parameters, contact, about=about, name_of=own_name_of)


def _changed(parameters: dict[str, Any], about: UUID, contact: Contact) -> Words | None:
    gathering = db.session.get(Gathering, UUID(parameters["session"]))
    before = db.session.get(Gathering, UUID(parameters["before"]))
    if gathering is None or before is None:
        return None
    language, zone = page_language(), clock_of(parameters) or None
    title = title_of(gathering, language).text
    owner = owner_of(gathering, language).name.text
    now_at = shown(gathering.moment, zone, language)
    before_at = shown(before.moment, zone, language)
    # I18N: subject of a mail; %(hour)s is the new hour on the reader's clock
    subject = _("Your hour changes: %(title)s at %(hour)s", title=title, hour=now_at.first.start)
    opening = words_of(gathering).mail_hour_changes(owner, title)
    # I18N: in a mail, before the hour of the session or meeting before, and before that of the next one
    hours = "\n".join(
        (
            _("Last time: %(time)s", time=before_at.words),
            _("This time: %(time)s", time=time_words(now_at)),
        )
    )
    answer = offer_coming(gathering, parameters, contact, person_id=about)
    address = absolute(addresses.session_path(gathering.id))
    everything = _("Everything about it: %(address)s", address=address)
    return letter(subject, opening, hours, answer, everything, date=gathering.moment.starts_at)


def register() -> None:
    mails.register(telling.hours.CHANGED, _write)
