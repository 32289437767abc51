"""What a mail of each kind, and the mail of a day, says in any language, for the secretariat: from the newest notice,
else from an invented one (`core.mail_examples`).

The reader's name is left out, and no link in it opens anything: whoever looks at the mail of somebody else must not be
able to act as them. What says what a person did or has to do, or who asked it of them, is shown of example people,
where mails are read on pages (`readable`), and of nobody else. Nothing that is written stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
import structlog
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import mail_examples, mails
from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.context import locale_for
from app.core.database import undone_afterwards
from app.core.masking import masked_tokens
from app.core.notices import Notice
from app.core.outbox.addressing import DIGEST
from app.core.outbox.composing import Composed, Piece, compose
from app.core.registries import Contact
from app.core.topics import Topic, all_topics
from app.core.types import Facts
from app.extensions import db
from app.mailings.readable import is_place_to_read, real_since
from app.people.models import Person

EXAMPLE_ADDRESS = "example@example.org"
MOST_TOLD = 4
"""So many things an example of the mail of a day tells."""


@dataclass(frozen=True, slots=True)
class Example(Composed):
    """A mail to look at; `is_invented`: nobody was told any of it."""

    is_invented: bool = False


class _Told(NamedTuple):
    """What one notice says, and whose it is."""

    piece: Piece
    reader_id: UUID
    is_invented: bool = False


Invent = Callable[[str], Facts | None]


def kinds_to_read(actor: Actor) -> list[tuple[Topic, list[str]]]:
    """Return the kinds of mails of which there is an example to read, by topic."""
    return _by_topic(_told(actor) | mail_examples.kinds())


def _told(actor: Actor) -> set[str]:
    seen = sa.select(Notice.kind).where(visible_to(actor, Notice.audience), _may_be_shown()).distinct()
    return set(db.session.scalars(seen))


def _by_topic(kinds: set[str]) -> list[tuple[Topic, list[str]]]:
    there = kinds & mails.kinds()
    found = [(topic, sorted(topic.kinds & there)) for topic in all_topics()]
    return [(topic, names) for topic, names in found if names]


def previews(actor: Actor, asked: Sequence[tuple[str, str]], *, now: datetime) -> list[Example | None]:
    """Return what mails say, each of a kind and in a language; None where there is no example of it any more. `DIGEST`
    is the mail of a day on which something of each of a few topics was told. What is invented for one kind is undone
    before the next one: whoever wants to write meanwhile waits for one of them (SQLite). Raises `OperationalError`
    where somebody else goes on writing: the page would wait for each kind anew."""
    said: dict[tuple[str, str], Example | None] = {}
    for kind in dict.fromkeys(kind for kind, _language in asked):
        with ExitStack() as block:
            invent = _inventor(block, now)
            for language in (language for of, language in asked if of == kind):
                said[kind, language] = (
                    _of_a_day(actor, language, invent, now)
                    if kind == DIGEST
                    else _of_several(actor, [kind], language, invent, now)
                )
    return [said[one] for one in asked]


def _inventor(block: ExitStack, now: datetime) -> Invent:
    """Return what invents examples until the end of a block; what was told is read without it, and takes no lock."""

    @cache
    def begun() -> Invent:
        block.enter_context(undone_afterwards())
        return mail_examples.inventor(now)

    def invent(kind: str) -> Facts | None:
        inventor = begun()
        try:
            with db.session.begin_nested():
                return inventor(kind)
        except Exception:
            _log_left_out(kind)
            return None

    return invent


def preview(actor: Actor, kind: str, language: str, *, now: datetime) -> Example | None:
    """Return what one of them says."""
    return previews(actor, [(kind, language)], now=now)[0]


def _of_a_day(actor: Actor, language: str, invent: Invent, now: datetime) -> Example | None:
    told, every = (
        [names[0] for topic, names in topics if topic.is_optional]
        for topics in (_by_topic(_told(actor)), kinds_to_read(actor))
    )
    kinds = told if len(told) > 1 else every
    return _of_several(actor, kinds, language, invent, now) if len(kinds) > 1 else None


def _of_several(actor: Actor, kinds: Sequence[str], language: str, invent: Invent, now: datetime) -> Example | None:
    with masked_tokens(), mails.written_at(now), force_locale(locale_for(language)):
        # I18N: stands in place of the reader's name where somebody looks at an example of a mail
        contact = Contact(EXAMPLE_ADDRESS, language, _("name of the reader"))
        examples = (_newest(actor, kind, contact) or _invented(kind, contact, invent, now) for kind in kinds)
        told = list(islice((one for one in examples if one is not None), MOST_TOLD))
        if not told:
            return None
        letter = compose([one.piece for one in told], contact, told[0].reader_id, now)
        is_invented = all(one.is_invented for one in told)
        return Example(letter.subject, letter.text, letter.stop, is_invented=is_invented)


def _newest(actor: Actor, kind: str, contact: Contact) -> _Told | None:
    """Return what the newest notice of a kind says."""
    newest = (
        sa.select(Notice)
        .where(Notice.kind == kind, visible_to(actor, Notice.audience), _may_be_shown())
        .order_by(Notice.created_at.desc(), Notice.id)
        .limit(10)
    )
    for notice in db.session.scalars(newest):
        words = _written(kind, notice.parameters, contact)
        if words is not None:
            return _Told(Piece(kind, words, notice.created_at), notice.person_id)
    return None


def _invented(kind: str, contact: Contact, invent: Invent, now: datetime) -> _Told | None:
    parameters = invent(kind)
    words = _written(kind, parameters, contact) if parameters is not None else None
    if parameters is None or words is None:
        return None
    return _Told(Piece(kind, words, now), UUID(parameters["person"]), is_invented=True)


def _may_be_shown() -> sa.ColumnElement[bool]:
    of_all = Notice.kind.not_in(mails.own_kinds())
    if not is_place_to_read(current_app.extensions["maloca"].mail_url):
        return of_all
    invented = sa.exists().where(Person.id == Notice.person_id, Person.is_example)
    since = real_since()
    return sa.or_(of_all, invented if since is None else sa.and_(invented, Notice.created_at < since))


def _written(kind: str, parameters: dict[str, Any], contact: Contact) -> mails.Words | None:
    """What was told of somebody who is erased has no parameters any more."""
    if not parameters:
        return None
    try:
        with db.session.begin_nested():
            return mails.write(kind, parameters, contact)
    except Exception:
        _log_left_out(kind)
        return None


def _log_left_out(kind: str) -> None:
    """An example that cannot be written is left out and logged: it takes no others along."""
    structlog.get_logger().exception("mailings.no_example", kind=kind)
