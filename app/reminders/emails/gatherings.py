"""The mails that a session or a meeting comes near, and that a track takes people for some days more."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.languages import name_in
from app.core.lists import listed
from app.core.mails import Words, letter
from app.core.masking import is_masked
from app.core.names import names_of
from app.core.registries import Contact
from app.events.addresses import event_path
from app.events.models import Event
from app.moments.mailed import time_words, unsure_words
from app.moments.models import Modality
from app.people.helping import told_for
from app.people.queries import own_name_of
from app.reminders.emails.when import near_subject, shown_to, still_meant, way_in_is_there
from app.reminders.telling import GATHERING, told_too
from app.reminders.things import Thing, find_thing
from app.sessions.acts import offer_coming
from app.sessions.addresses import session_path, track_path
from app.sessions.hosts import owner_of, title_of
from app.sessions.models import Gathering, LanguageMode


def write_gathering(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """To whoever takes part, or who helps them; to who takes part and helps others, one mail for all."""
    thing = find_thing(UUID(parameters["moment"]))
    if thing is None:
        return None
    first, *others = _people(thing, parameters)
    about = parameters | {"for": str(first)}
    write = partial(_gathering, thing, about)
    words = mails.or_helper(write, about, contact, about=first, name_of=own_name_of)
    more = [line for person_id in others for line in _for_another(thing.row, person_id, parameters, contact)]
    return replace(words, paragraphs=(*words.paragraphs, *more)) if words is not None else None


def _people(thing: Thing, parameters: dict[str, Any]) -> list[UUID]:
    """Return for whom a mail is: one at least, the reader first."""
    about, others = told_for(parameters), [] if is_masked() else told_too(GATHERING, parameters)
    return (still_meant(thing, [about, *others], parameters) if others else []) or [about]


def _for_another(row: Gathering, person_id: UUID, parameters: dict[str, Any], contact: Contact) -> tuple[str, str]:
    return mails.help_words(own_name_of(person_id)), offer_coming(row, parameters, contact, person_id=person_id)


def _gathering(thing: Thing, parameters: dict[str, Any], contact: Contact) -> Words:
    """When it is for the reader first, in which languages, where to find the rest. Never the link to come in."""
    row: Gathering = thing.row
    language, time = page_language(), shown_to(UUID(parameters["person"]), thing.moment)
    title, owner = title_of(row, language).text, owner_of(row, language).name.text
    address = absolute(session_path(row.id))
    return letter(
        near_subject(time, title),
        # I18N: in a reminder; %(owner)s is a track or a group, %(title)s its next session or meeting
        _("%(owner)s meets: “%(title)s”.", owner=owner, title=title),
        time_words(time),
        unsure_words(thing.moment),
        _languages(row),
        _what_to_do(row, address),
        offer_coming(row, parameters, contact, person_id=told_for(parameters)),
        # I18N: in a reminder of a session or a meeting
        _("Whoever says that they cannot come is not reminded of this one again."),
        date=thing.moment.starts_at,
    )


def _languages(row: Gathering) -> str:
    spoken, interpreted = (
        [name_in(line.language, page_language()) for line in row.languages if line.mode is mode]
        for mode in (LanguageMode.SPOKEN, LanguageMode.INTERPRETED)
    )
    lines = []
    if spoken:
        lines.append(_("Spoken: %(languages)s.", languages=listed(spoken, page_language())))
    if interpreted:
        lines.append(_("Interpreted into: %(languages)s.", languages=listed(interpreted, page_language())))
    return "\n".join(lines)


def _what_to_do(row: Gathering, address: str) -> str:
    if row.moment.modality is Modality.ON_SITE:
        return str(_("Where it is, and everything else: %(address)s", address=address))
    if way_in_is_there(row):
        if not row.join_link:
            return str(_("Everything about it: %(address)s", address=address))
        # I18N: in a reminder; the link to the online meeting stands on a page of the house already
        return str(_("The way in stands on its page now: %(address)s", address=address))
    # I18N: in a reminder; the link to the online meeting stands on a page of the house
    return str(_("The way in stands on its page, from 24 hours before: %(address)s", address=address))


def write_event(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    """Of what others organise: when it is for the reader first, where, who organises it; the rest on its page."""
    thing = find_thing(UUID(parameters["moment"]))
    if thing is None:
        return None
    event: Event = thing.row
    time = shown_to(UUID(parameters["person"]), thing.moment)
    return letter(
        near_subject(time, event.title),
        _("“%(title)s” begins:", title=event.title),
        time_words(time),
        unsure_words(thing.moment),
        "\n".join(words for words in (event.place, event.organiser) if words),
        _("Everything about it: %(address)s", address=absolute(event_path(event.id))),
        date=thing.moment.starts_at,
    )


def write_joining(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    """For facilitators: until when their track takes people."""
    thing = find_thing(UUID(parameters["moment"]))
    if thing is None:
        return None
    name = names_of("track", [thing.row.id], page_language())[thing.row.id].text
    time = shown_to(UUID(parameters["person"]), thing.moment)
    address = absolute(track_path(thing.row.slug))
    return letter(
        # I18N: subject of a mail; a track does not take people any more after some day
        _("%(track)s takes people for some days more", track=name),
        _("One can join %(track)s during this time:", track=name),
        time_words(time),
        _("If somebody should still hear of it, send them this address: %(address)s", address=address),
        date=thing.moment.until,
    )
