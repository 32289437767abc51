"""The mails about a series: one for all its dates, each at the recipient's hour. A helper reads for whom it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.registries import Contact
from app.extensions import db
from app.moments.earlier import before_lines, days_earlier
from app.moments.mailed import dated_line, unsure_words
from app.moments.models import Status
from app.moments.shown import shown, shown_facts
from app.people.helping import told_for
from app.people.models import Person
from app.people.queries import own_name_of
from app.sessions import addresses, telling
from app.sessions.emails.reasons import because
from app.sessions.models import Track

Told = Sequence[telling.series.Told]
Begin = Callable[[str, Told], tuple[str, str]]
"""Returns subject and opening, of a track and what is told of its sessions."""


def _dates(told: Told, person: Person) -> str:
    """Return a line for each session: its title and its hour; of one that moved, what it was below."""
    language = page_language()
    names = names_of("session", [one.session.id for one in told], language)
    lines = []
    for one in told:
        name, zone = names[one.session.id].text, person.zone or None
        is_off = one.session.moment.status is Status.CANCELLED
        before = shown_facts(one.before, zone) if one.before is not None else None
        time = shown(one.session.moment, zone, language)
        lines.append(dated_line(name, before if before and is_off else time))
        if before and not is_off:
            lines.append(before_lines(before, days_earlier(before, time, mails.now(), closes=False)))
    return "\n".join(lines)


def _planned(track: str, told: Told) -> tuple[str, str]:
    number, first = len(told), shown(min((one.session.moment for one in told), key=lambda moment: moment.starts_at))
    if first.has_hour:
        subject = ngettext(
            # I18N: subject of a mail; %(day)s is the day of the first of them, with its name and year
            "%(track)s: %(num)s new session on %(day)s",
            "%(track)s: %(num)s new sessions from %(day)s",
            number,
            track=track,
            day=first.first.day,
        )
    else:
        subject = ngettext("%(track)s: %(num)s new session", "%(track)s: %(num)s new sessions", number, track=track)
    opening = ngettext(
        "The track %(track)s, which you joined, has %(num)s new session:",
        "The track %(track)s, which you joined, has %(num)s new sessions:",
        len(told),
        track=track,
    )
    return subject, opening


def _moved(track: str, told: Told) -> tuple[str, str]:
    subject = ngettext(
        "%(track)s: %(num)s session has another time",
        "%(track)s: %(num)s sessions have another time",
        len(told),
        track=track,
    )
    opening = ngettext(
        "%(num)s session of the track %(track)s has another time:",
        "%(num)s sessions of the track %(track)s have another time:",
        len(told),
        track=track,
    )
    return subject, opening


def _cancelled(track: str, told: Told) -> tuple[str, str]:
    subject = ngettext(
        "%(track)s: %(num)s session cancelled", "%(track)s: %(num)s sessions cancelled", len(told), track=track
    )
    opening = ngettext(
        "%(num)s session of the track %(track)s will not take place. It was planned for:",
        "%(num)s sessions of the track %(track)s will not take place. They were planned for:",
        len(told),
        track=track,
    )
    return subject, opening


def _writer(kind: str, begin: Begin) -> mails.Writer:
    def written(parameters: dict[str, Any], contact: Contact) -> Words | None:
        write = partial(_words, kind, begin, parameters)
        return mails.or_helper(write, parameters, contact, about=told_for(parameters), name_of=own_name_of)

    return written


def _words(kind: str, begin: Begin, parameters: dict[str, Any], _contact: Contact) -> Words | None:
    track = db.session.get(Track, UUID(parameters["track"]))
    person = db.session.get(Person, UUID(parameters["person"]))
    told = telling.series.told_of(kind, parameters)
    if track is None or person is None or not told:
        return None
    subject, opening = begin(names_of("track", [track.id], page_language())[track.id].text, told)
    address = absolute(addresses.track_path(track.slug))
    everything = _("Everything about it: %(address)s", address=address)
    first = min(one.session.moment.starts_at for one in told)
    return letter(
        subject, opening, _dates(told, person), _unsure(told), because(told[0].reason), everything, date=first
    )


def _unsure(told: Told) -> str:
    """Return that none of these dates is certain, "" where one is."""
    if any(one.session.moment.status is not Status.PLANNED for one in told):
        return ""
    return unsure_words(told[0].session.moment) if len(told) == 1 else str(_("None of these dates is confirmed yet."))


def register() -> None:
    mails.register(telling.series.PLANNED, _writer(telling.series.PLANNED, _planned))
    mails.register(telling.series.MOVED, _writer(telling.series.MOVED, _moved))
    mails.register(telling.series.CANCELLED, _writer(telling.series.CANCELLED, _cancelled))
