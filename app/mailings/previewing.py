"""What a mail of each kind, and the mail of a day, says in any language, for the secretariat: from the newest notices.

The reader's name is left out, and no link in it opens anything: whoever looks at the mail of somebody else must not be
able to act as them. What says what a person did or has to do, or who asked it of them, is shown of example people,
where mails are read on pages (`readable`), and of nobody else. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import structlog
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import mails
from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.context import locale_for
from app.core.masking import masked_tokens
from app.core.notices import Notice
from app.core.outbox.composing import Composed, Piece, compose
from app.core.registries import Contact
from app.core.topics import Topic, all_topics
from app.extensions import db
from app.mailings.readable import is_place_to_read, real_since
from app.people.models import Person

EXAMPLE_ADDRESS = "example@example.org"
MOST_TOLD = 4
"""So many things an example of the mail of a day tells."""


def kinds_to_read(actor: Actor) -> list[tuple[Topic, list[str]]]:
    """Return the kinds of mails of which there is an example to read, by topic."""
    seen = sa.select(Notice.kind).where(visible_to(actor, Notice.audience), _may_be_shown()).distinct()
    there = set(db.session.scalars(seen)) & mails.kinds()
    found = [(topic, sorted(topic.kinds & there)) for topic in all_topics()]
    return [(topic, kinds) for topic, kinds in found if kinds]


def preview(actor: Actor, kind: str, language: str, *, now: datetime) -> Composed | None:
    """Return what a mail of this kind says in a language; None where there is no example of it any more."""
    return _of_several(actor, [kind], language, now, most=1)


def preview_digest(actor: Actor, language: str, *, now: datetime) -> Composed | None:
    """Return the mail of a day on which something of each of a few topics was told, of the newest examples; None where
    there are not two."""
    kinds = [names[0] for topic, names in kinds_to_read(actor) if topic.is_optional]
    return _of_several(actor, kinds, language, now, most=MOST_TOLD) if len(kinds) > 1 else None


def _of_several(actor: Actor, kinds: Sequence[str], language: str, now: datetime, *, most: int) -> Composed | None:
    with masked_tokens(), mails.written_at(now), force_locale(locale_for(language)):
        # I18N: stands in place of the reader's name where somebody looks at an example of a mail
        contact = Contact(EXAMPLE_ADDRESS, language, _("name of the reader"))
        examples = (_example(actor, kind, contact) for kind in kinds)
        found = list(islice((example for example in examples if example is not None), most))
        return compose([piece for piece, _reader in found], contact, found[0][1], now) if found else None


def _example(actor: Actor, kind: str, contact: Contact) -> tuple[Piece, UUID] | None:
    """Return what the newest notice of a kind says, and whose it is."""
    newest = (
        sa.select(Notice)
        .where(Notice.kind == kind, visible_to(actor, Notice.audience), _may_be_shown())
        .order_by(Notice.created_at.desc(), Notice.id)
        .limit(10)
    )
    for notice in db.session.scalars(newest):
        words = _written(kind, notice.parameters, contact)
        if words is not None:
            return Piece(kind, words, notice.created_at), notice.person_id
    return None


def _may_be_shown() -> sa.ColumnElement[bool]:
    of_all = Notice.kind.not_in(mails.own_kinds())
    if not is_place_to_read(current_app.extensions["maloca"].mail_url):
        return of_all
    invented = sa.exists().where(Person.id == Notice.person_id, Person.is_example)
    since = real_since()
    return sa.or_(of_all, invented if since is None else sa.and_(invented, Notice.created_at < since))


def _written(kind: str, parameters: dict[str, Any], contact: Contact) -> mails.Words | None:
    """What was told of somebody who is erased has no parameters any more. An example that cannot be written is left
    out and logged: it takes no others along."""
    try:
        return mails.write(kind, parameters, contact) if parameters else None
    except Exception:
        structlog.get_logger().exception("mailings.no_example", kind=kind)
        return None
