"""The mails about one gathering: there is a new one, it moved, is certain, was cancelled, takes place after all. A
helper reads for whom it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
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
from app.moments.earlier import before_lines, days_earlier, earlier_subject
from app.moments.mailed import time_words, unsure_words
from app.moments.models import MomentChange
from app.moments.shown import Shown, shown, shown_facts
from app.people.helping import told_for
from app.people.models import Person
from app.people.queries import own_name_of
from app.sessions import addresses, telling
from app.sessions.acts import offer_coming
from app.sessions.emails.reasons import because
from app.sessions.hosts import origin_of, owner_of, title_of, words_of
from app.sessions.models import Gathering
from app.sessions.telling.before import known_before
from app.sessions.wording import Wording


@dataclass(frozen=True, slots=True)
class Facts:
    """What every mail about a gathering says: in whose words, of what it belongs to, and the rest. `before` is its time
    as the reader knows it, None of what is told without a change; `day` the day of its hour, "" without one; `unsure`
    says that its date is not certain; `origin` asks what a new one came of."""

    words: Wording
    owner: str
    title: str
    time: str
    unsure: str
    day: str
    days_earlier: int
    before: Shown | None
    reason: str
    address: str
    answer: str
    starts_at: datetime
    origin: Callable[[], str]


def _facts(parameters: dict[str, Any], contact: Contact) -> Facts | None:
    gathering = db.session.get(Gathering, UUID(parameters["session"]))
    person = db.session.get(Person, UUID(parameters["person"]))
    if gathering is None or person is None:
        return None
    change = db.session.get(MomentChange, UUID(parameters["fact"]))
    known = known_before([(gathering, change)], parameters)[gathering.id] if change is not None else None
    language, zone = page_language(), person.zone or None
    time = shown(gathering.moment, zone, language)
    before = shown_facts(known.time, zone) if known is not None else None
    return Facts(
        words=words_of(gathering),
        owner=owner_of(gathering, language).name.text,
        title=title_of(gathering, language).text,
        time=time_words(time),
        unsure=unsure_words(gathering.moment),
        day=time.first.day if time.has_hour else "",
        days_earlier=days_earlier(before, time, mails.now(), closes=False) if before is not None else 0,
        before=before,
        reason=known.reason if known is not None else "",
        address=absolute(addresses.session_path(gathering.id)),
        answer=offer_coming(gathering, parameters, contact, person_id=told_for(parameters)),
        starts_at=gathering.moment.starts_at,
        origin=partial(origin_of, gathering),
    )


def _write_planned(facts: Facts, contact: Contact) -> Words:
    return letter(
        facts.words.mail_planned_subject(facts.owner, facts.day),
        facts.words.mail_planned(facts.owner, facts.title),
        facts.time,
        facts.unsure,
        facts.origin(),
        facts.answer,
        _("Everything about it: %(address)s", address=facts.address),
    )


def _write_moved(facts: Facts, contact: Contact) -> Words:
    if facts.day and facts.before is not None and not facts.before.has_hour:
        # I18N: subject of a mail: a session or meeting was expected around some day, and its day and hour are set now
        subject = _("The hour is set: %(title)s", title=facts.title)
        # I18N: in a mail, before day and hour; %(owner)s is a track or a group, %(title)s its session or meeting
        opening = _("%(owner)s: day and hour of “%(title)s” are set:", owner=facts.owner, title=facts.title)
        return _changed(facts, subject, str(opening))
    return _changed(facts, _subject_of_move(facts), facts.words.mail_moved(facts.owner, facts.title))


def _subject_of_move(facts: Facts) -> str:
    if facts.day and facts.before is not None and facts.before.first.day != facts.day:
        # I18N: subject of a mail: a session or meeting that was planned for another day takes place on this one
        return str(_("Moved to %(day)s: %(title)s", day=facts.day, title=facts.title))
    return str(_("Another time: %(title)s", title=facts.title))


def _write_confirmed(facts: Facts, contact: Contact) -> Words:
    opening = _("The date of “%(title)s” is confirmed:", title=facts.title)
    return _changed(facts, _("Confirmed: %(title)s", title=facts.title), str(opening))


def _changed(facts: Facts, subject: str, opening: str) -> Words:
    before = time_words(facts.before) if facts.before is not None else facts.time
    return letter(
        earlier_subject(facts.days_earlier, facts.title) if facts.days_earlier else subject,
        opening,
        facts.time,
        before_lines(facts.before, facts.days_earlier) if facts.before and before != facts.time else "",
        facts.unsure,
        because(facts.reason),
        facts.answer,
        _("Everything about it: %(address)s", address=facts.address),
    )


def _write_cancelled(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("Cancelled: %(title)s", title=facts.title),
        facts.words.mail_cancelled(facts.owner, facts.title),
        # I18N: in a mail about a cancelled session or meeting; %(time)s is when it would have been
        _("It was planned for: %(time)s", time=time_words(facts.before) if facts.before else facts.time),
        because(facts.reason),
        _("Everything about it: %(address)s", address=facts.address),
    )


def _write_reopened(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("Planned again: %(title)s", title=facts.title),
        facts.words.mail_reopened(facts.owner, facts.title),
        facts.time,
        facts.unsure,
        facts.answer,
        _("Everything about it: %(address)s", address=facts.address),
    )


def _writer(write: Callable[[Facts, Contact], Words]) -> mails.Writer:
    def written(parameters: dict[str, Any], contact: Contact) -> Words | None:
        words = partial(_words, write, parameters)
        return mails.or_helper(words, parameters, contact, about=told_for(parameters), name_of=own_name_of)

    return written


def _words(write: Callable[[Facts, Contact], Words], parameters: dict[str, Any], contact: Contact) -> Words | None:
    facts = _facts(parameters, contact)
    return replace(write(facts, contact), date=facts.starts_at) if facts is not None else None


def register() -> None:
    mails.register(telling.sessions.PLANNED, _writer(_write_planned))
    mails.register(telling.sessions.MOVED, _writer(_write_moved))
    mails.register(telling.sessions.CONFIRMED, _writer(_write_confirmed))
    mails.register(telling.sessions.CANCELLED, _writer(_write_cancelled))
    mails.register(telling.sessions.REOPENED, _writer(_write_reopened))
