"""The mails that ask an organisation to take part, and to sign: which one, in what, until when. The words stay on their
pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.notices import register_topic
from app.core.registries import Contact
from app.engagements import telling, telling_joining
from app.engagements.acts import offer_to_sign
from app.engagements.acts_joining import offer_to_join, question
from app.engagements.addresses import answer_path, text_path
from app.engagements.opening import opening_of
from app.extensions import db
from app.moments.mailed import time_words
from app.moments.models import Moment
from app.moments.shown import shown
from app.people.models import Person
from app.people.topics import DESK


def write_sign_asked(parameters: dict[str, Any], contact: Contact) -> Words | None:
    asked, person = telling.asked_of(parameters), db.session.get(Person, UUID(parameters["person"]))
    if asked is None or person is None:
        return None
    signatory, link = asked
    closes = signatory.engagement.step.moment if signatory.engagement.step is not None else None
    organisation = names_of("organisation", [signatory.organisation_id], page_language())[signatory.organisation_id]
    values = {"organisation": organisation.text, "title": link.text.title, "number": link.text.version}
    return letter(
        # I18N: subject of a mail to who speaks for an organisation: the title of a text that it is to sign
        _("To be signed: %(title)s", title=link.text.title),
        _(
            "Version %(number)s of “%(title)s” waits for the signature of %(organisation)s, for which you speak.",
            **values,
        ),
        _closes(closes, person) if closes is not None else "",
        _("Read it first: %(address)s", address=absolute(text_path(link.engagement_id, link.text_id))),
        offer_to_sign(signatory, link, parameters, contact),
        date=closes.until if closes is not None else None,
    )


def write_joining_asked(parameters: dict[str, Any], contact: Contact) -> Words | None:
    signatory = telling_joining.asked_to_join(parameters)
    person = db.session.get(Person, UUID(parameters["person"]))
    if signatory is None or person is None:
        return None
    engagement = signatory.engagement
    closes = engagement.step.moment if engagement.step is not None else None
    address = absolute(answer_path(engagement.id, signatory.id))
    return letter(
        question(signatory),
        engagement.title,
        str(opening_of(engagement).sentence),
        _closes(closes, person) if closes is not None else "",
        _("You speak for it: read what it is about and answer here: %(address)s", address=address),
        offer_to_join(signatory, parameters, contact),
        date=closes.until if closes is not None else None,
    )


def _closes(closes: Moment, person: Person) -> str:
    """Say when it closes; an estimated day never looks sure."""
    time = shown(closes, person.zone or None, page_language())
    # I18N: %(date)s is a date with its hour, or "around 5 March 2027" where it is estimated
    return str(_("Closes: %(date)s.", date=time_words(time)))


def register() -> None:
    register_topic(DESK.holding(telling.SIGN_ASKED, telling_joining.JOINING_ASKED))
    mails.register(telling.SIGN_ASKED, write_sign_asked)
    mails.register(telling_joining.JOINING_ASKED, write_joining_asked)
