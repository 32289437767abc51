"""Running the house: its name and picture, what its affiliations are called, and the contact form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit, files, house
from app.core.actors import SECRETARIAT, Actor
from app.core.database import change_rows, take_turns
from app.core.errors import RuleBroken
from app.core.files import Incoming, StoredFile
from app.core.languages import check_tag, one_line
from app.core.permissions import require
from app.core.registries import audience_holders
from app.extensions import db
from app.house import telling
from app.house.limits import check_not_too_many
from app.house.models import ContactMessage, ContactSubject
from app.house.settings import KINDS, words_setting
from app.people.keys import mandate_key
from app.people.models import Organisation

LONGEST_MESSAGE = 5_000

HOUSE_ID = UUID(int=0)
"""What the audit calls the house itself."""

Words = Mapping[str, str]


class BadSetting(RuleBroken):
    """A value that a setting cannot hold."""


class SettingsChangedMeanwhile(RuleBroken):
    """Somebody else changed the settings; nothing was overwritten."""


class BadMessage(RuleBroken):
    """A message without words, or too long."""


def _kept(words: Words) -> dict[str, str]:
    return {language: text for language, given in words.items() if (text := one_line(given))}


def digest_of_settings() -> str:
    """Return a hash of all that the settings page is filled from: two editors find out by it about each other."""
    shown = (house.NAMES, house.ELIGIBLE, house.SPLITS_ELISIONS, *(words_setting(kind) for kind in KINDS))
    said = {name: house.values().get(name) for name in shown}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def change_settings(
    actor: Actor,
    *,
    names: Words,
    affiliations: Mapping[str, Words],
    eligible: Sequence[str],
    splits_elisions: bool = False,
    filled_from: str = "",
    now: datetime,
) -> None:
    """Name the house and its affiliations, say to whom a new track is open, and how words are counted against limits.
    Empty words give the shipped ones back.
    `filled_from` is the `digest_of_settings` that the writer was looking at; empty: it is not asked.

    Raises `BadSetting` at `eligible`, `SettingsChangedMeanwhile`. Tracks that exist keep what they say themselves
    (R-03).
    """
    require(actor, "house.run")
    chosen = _checked_kinds(eligible)
    _check_unchanged(filled_from)
    house.set_value(house.NAMES, _kept(names), changed_by=actor.person_id, now=now)
    house.set_value(house.ELIGIBLE, [] if chosen == list(KINDS) else chosen, changed_by=actor.person_id, now=now)
    house.set_value(house.SPLITS_ELISIONS, splits_elisions, changed_by=actor.person_id, now=now)
    for kind in KINDS:
        words = _kept(affiliations.get(kind, {}))
        house.set_value(words_setting(kind), words, changed_by=actor.person_id, now=now)
    audit.record(actor, "house.settings.changed", "house", HOUSE_ID, now=now)


def _checked_kinds(eligible: Sequence[str]) -> list[str]:
    chosen = [kind for kind in KINDS if kind in eligible]
    if not chosen or len(chosen) != len(set(eligible)):
        raise BadSetting(_l("Say who may join a new track: choose at least one affiliation."), field="eligible")
    return chosen


def _check_unchanged(filled_from: str) -> None:
    """From here to the end of the transaction nobody else writes the settings."""
    take_turns("house.settings")
    house.forget_values()
    if filled_from not in ("", digest_of_settings()):
        raise SettingsChangedMeanwhile(
            _l(
                "Somebody else changed the settings since you opened this page. What you wrote is still in the fields, "
                "and what is kept now stands beside them: compare, then keep."
            )
        )


def change_logo(actor: Actor, incoming: Incoming | None, *, now: datetime) -> None:
    """Let a picture stand for the house beside its name, or the shipped mark again. The old picture is removed."""
    require(actor, "house.run")
    before = house.logo_id()
    stored = files.keep(actor, incoming, now=now) if incoming is not None else None
    house.set_value(house.LOGO, str(stored.id) if stored else None, changed_by=actor.person_id, now=now)
    if before is not None and (old := db.session.get(StoredFile, before)) is not None:
        files.remove(old, now=now)
    audit.record(actor, "house.logo.changed", "house", HOUSE_ID, now=now)


def add_subject(actor: Actor, *, labels: Words, organisation_id: UUID | None = None, now: datetime) -> ContactSubject:
    """Add a subject people may write about, and say who answers: those who speak for an organisation, else the
    secretariat. Raises `BadSetting`."""
    require(actor, "house.run")
    kept = _kept(labels)
    if not kept:
        raise BadSetting(_l("Write the subject in at least one language."), field=f"name_{next(iter(labels), 'en')}")
    if organisation_id is not None and db.session.get(Organisation, organisation_id) is None:
        raise BadSetting(_l("Choose an organisation of the list, or the secretariat."), field="organisation")
    last = db.session.scalar(sa.select(sa.func.max(ContactSubject.position)))
    subject = ContactSubject(position=0 if last is None else last + 1, labels=kept, organisation_id=organisation_id)
    db.session.add(subject)
    db.session.flush()
    audit.record(actor, "house.subject.added", "contact_subject", subject.id, now=now)
    return subject


def remove_subject(actor: Actor, subject: ContactSubject, *, now: datetime) -> ContactSubject:
    """Offer a subject no more; messages about it stay. Twice is once."""
    require(actor, "house.run")
    removing = sa.update(ContactSubject).where(ContactSubject.id == subject.id, ContactSubject.removed_at.is_(None))
    if change_rows(removing.values(removed_at=now)) == 1:
        audit.record(actor, "house.subject.removed", "contact_subject", subject.id, now=now)
    return subject


def check_message(body: str) -> str:
    """Return the words of a message, blanks around them apart; raises `BadMessage`."""
    body = body.strip()
    if not body:
        raise BadMessage(_l("Write your message."), field="body")
    if len(body) > LONGEST_MESSAGE:
        raise BadMessage(
            _l("Your message is too long. Keep it under %(most)s letters.", most=LONGEST_MESSAGE), field="body"
        )
    return body


def send_message(
    actor: Actor,
    *,
    subject: ContactSubject | None,
    name: str,
    email: str,
    language: str,
    body: str,
    now: datetime,
) -> ContactMessage:
    """Take a message for the house and tell those who answer for its subject; where nobody speaks for that
    organisation now, the secretariat. The mail says only that a message came. Open to visitors.

    Raises `BadMessage`, `TooManyMessages`.
    """
    body, tag = check_message(body), check_tag(language)
    check_not_too_many(actor, email, now=now)
    message = ContactMessage(
        subject_id=subject.id if subject else None,
        audience=_route(subject, now),
        person_id=actor.person_id,
        name=one_line(name),
        email=email,
        language=tag,
        body=body,
        sent_at=now,
    )
    db.session.add(message)
    db.session.flush()
    telling.tell_message(message.audience, now=now)
    audit.record(actor, "house.message.sent", "contact_message", message.id, now=now, audience=message.audience)
    return message


def _route(subject: ContactSubject | None, now: datetime) -> str:
    if subject is not None and subject.organisation_id is not None:
        key = mandate_key(subject.organisation_id)
        if audience_holders(key, now):
            return key
    return SECRETARIAT


def answer_message(actor: Actor, message: ContactMessage, *, now: datetime) -> ContactMessage:
    """Say that a message is answered, so that nobody answers it twice. The first who says so is kept."""
    require(actor, "house.answer", message)
    answering = sa.update(ContactMessage).where(ContactMessage.id == message.id, ContactMessage.answered_at.is_(None))
    if change_rows(answering.values(answered_at=now, answered_by=actor.person_id)) == 1:
        audit.record(actor, "house.message.answered", "contact_message", message.id, now=now, audience=message.audience)
    return message
