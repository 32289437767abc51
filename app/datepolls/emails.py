"""The mails about date polls: until when, each hour on the reader's own clock, and the way to the page. What others
answered stays there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.notices import register_topic
from app.core.registries import Contact
from app.core.remembering import remembered
from app.core.types import Facts
from app.datepolls import telling
from app.datepolls.acts import offer_to_answer
from app.datepolls.addresses import date_poll_path
from app.datepolls.circles import circle_of
from app.datepolls.hours import hours_of
from app.datepolls.models import DatePoll
from app.datepolls.queries import titles_of
from app.extensions import db
from app.moments.asked import end_before
from app.moments.mailed import before_words, moved_end_subject, time_words, until_subject, until_words
from app.moments.models import MomentChange
from app.people.models import Person
from app.sessions.hosts import say_origin
from app.sessions.models import Gathering
from app.sessions.topics import SESSIONS

Says = Callable[[DatePoll, str | None], tuple[str, ...]]
"""The paragraphs that one kind of mail begins with, for a reader in a zone."""
Called = Callable[[DatePoll, str], str]
"""The subject of one kind of mail, from what the poll asks."""


def _as_it_is(_poll: DatePoll, asks: str) -> str:
    return asks


def _write(parameters: dict[str, Any], contact: Contact, said: Says, called: Called = _as_it_is) -> Words | None:
    poll = db.session.get(DatePoll, UUID(parameters["date_poll"]))
    person = db.session.get(Person, UUID(parameters["person"]))
    if poll is None or person is None:
        return None
    circle = circle_of(poll.owner)
    of = names_of(circle.kind, [circle.owner.id], page_language())[circle.owner.id].text
    # I18N: subject of a mail: name of a track or group, then what an hour is looked for
    subject = _("%(group)s: which hour for “%(title)s”?", group=of, title=titles_of([poll])[poll.id].text)
    return letter(
        called(poll, subject),
        *said(poll, person.zone or None),
        offer_to_answer(poll, parameters, contact) if poll.is_open(mails.now()) else "",
        # I18N: last line of a mail
        _("Read it on its page: %(address)s", address=absolute(date_poll_path(poll))),
        date=poll.moment.until if poll.is_undecided else None,
    )


def _until(poll: DatePoll, zone: str | None) -> str:
    return until_words(poll.moment, zone)


def _hours(poll: DatePoll, zone: str | None) -> str:
    return "\n".join(time_words(hour.shown(zone, page_language())) for hour in hours_of(poll).values())


def _asked(poll: DatePoll, zone: str | None) -> tuple[str, ...]:
    return (
        # I18N: first line of a mail; the hours stand below; %(end)s is a day and an hour with its place
        _("You are asked which of these hours suit you, until %(end)s.", end=_until(poll, zone)),
        _hours(poll, zone),
    )


def _closing(poll: DatePoll, zone: str | None) -> tuple[str, ...]:
    return (
        # I18N: first line of a mail; the hours stand below; %(end)s is a day and an hour with its place
        _("Until %(end)s you can say which of these hours suit you; you have not yet.", end=_until(poll, zone)),
        _hours(poll, zone),
    )


def _closes(poll: DatePoll, asks: str) -> str:
    return until_subject(poll.moment, asks)


def _closing_moved(old: Facts, poll: DatePoll, zone: str | None) -> tuple[str, ...]:
    """The same, and below the end what it was."""
    asked, hours = _asked(poll, zone)
    return asked, before_words(old, zone), hours


def _write_closing_moved(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """Until when it is now, and until when it was, as the reader was told it last; who was not told yet is asked as
    everybody was."""
    poll = db.session.get(DatePoll, UUID(parameters["date_poll"]))
    change = db.session.get(MomentChange, UUID(parameters["change"]))
    old = None
    if poll is not None and change is not None:
        old = end_before(telling.asked_of(poll), change, UUID(parameters["person"]))
    if old is None:
        return _write(parameters, contact, _asked)
    return _write(parameters, contact, partial(_closing_moved, old), partial(_has_moved, old))


def _has_moved(old: Facts, poll: DatePoll, asks: str) -> str:
    return moved_end_subject(poll.moment, old, asks)


def _laid_down(_poll: DatePoll, _zone: str | None) -> tuple[str, ...]:
    return (_("This date poll was laid down: no hour is chosen from it. Why stands on its page."),)


def _is_off(_poll: DatePoll, asks: str) -> str:
    return str(_("Cancelled: %(title)s", title=asks))


def _writer(said: Says, called: Called = _as_it_is) -> mails.Writer:
    def written(parameters: dict[str, Any], contact: Contact) -> Words | None:
        return _write(parameters, contact, said, called)

    return written


@remembered
def _poll_of(gathering_id: UUID) -> DatePoll | None:
    return db.session.scalar(sa.select(DatePoll).where(DatePoll.gathering_id == gathering_id))


def came_of(gathering: Gathering) -> str:
    """Return where the hour of a new session or meeting comes from, for whoever answered."""
    poll = _poll_of(gathering.id)
    if poll is None:
        return ""
    # I18N: in the mail about a new session or meeting, below its hour; the link leads to the date poll
    return str(_("This hour was chosen in the date poll: %(address)s", address=absolute(date_poll_path(poll))))


def register() -> None:
    say_origin("datepolls", came_of)
    register_topic(SESSIONS.holding(telling.ASKED, telling.CLOSING_MOVED, telling.LAID_DOWN, urgent=[telling.CLOSING]))
    mails.register(telling.ASKED, _writer(_asked))
    mails.register(telling.CLOSING, _writer(_closing, _closes))
    mails.register(telling.CLOSING_MOVED, _write_closing_moved)
    mails.register(telling.LAID_DOWN, _writer(_laid_down, _is_off))
