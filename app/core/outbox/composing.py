"""The text of a mail: greeting, what one notice says or what several say, the house and, at the foot, the ways out.

Runs in the recipient's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import house, mails, registries
from app.core.mails import Words
from app.core.registries import Contact
from app.core.topics import Topic, topic_of

LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    """What one notice says in a mail; `told_at` is when it became known."""

    kind: str
    words: Words
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Composed:
    """A whole mail; `stop` is the address by which a mail program stops such mails, "" where they cannot be."""

    subject: str
    text: str
    stop: str = ""


def compose(pieces: Sequence[Piece], contact: Contact, person_id: UUID | None, now: datetime) -> Composed:
    """Return the mail of one or more pieces. One alone reads as its own mail."""
    ordered = sorted(pieces, key=lambda piece: _place(piece, now))
    body = list(ordered[0].words.paragraphs) if len(ordered) == 1 else _numbered(ordered)
    foot, stop = _foot(ordered, contact, person_id)
    greeting = mails.greeting(contact, ordered[0].words.name)
    text = "\n\n".join((greeting, *body, house.name_of_house(contact.language), *foot))
    return Composed(_subject(ordered), text, stop)


def _place(piece: Piece, now: datetime) -> tuple[datetime, float]:
    """What has a date to come stands first, the nearest on top; then what became known last."""
    date = piece.words.date
    return (date if date is not None and date >= now else LAST), -piece.told_at.timestamp()


def _subject(pieces: Sequence[Piece]) -> str:
    first, others = pieces[0].words.subject, len(pieces) - 1
    if not others:
        return first
    # I18N: subject of a mail about several things; %(subject)s is that of the most important one
    return str(ngettext("%(subject)s, and %(num)s more", "%(subject)s, and %(num)s more", others, subject=first))


def _numbered(pieces: Sequence[Piece]) -> list[str]:
    """Return a heading and its paragraphs for each, numbered, so that one can speak of "the third"."""
    lines = []
    for number, piece in enumerate(pieces, start=1):
        lines += [f"{number}. {piece.words.subject}", *piece.words.paragraphs]
    return lines


def _foot(pieces: Sequence[Piece], contact: Contact, person_id: UUID | None) -> tuple[list[str], str]:
    """Return the last lines of a mail that can be stopped: why it came, and the one page on which it is stopped and
    everything else is chosen; and the address for a mail program's one click."""
    topics = {topic.code: topic for piece in pieces if (topic := topic_of(piece.kind)) and topic.is_optional}
    one = next(iter(topics.values())) if len(topics) == 1 else None
    if person_id is None or not topics:
        return [], ""
    ways = registries.ways_out(person_id, contact.email, ",".join(sorted(topics)))
    return (["\n".join(("--", *_ways(one, ways)))], ways.stop) if ways is not None else ([], "")


def _ways(topic: Topic | None, ways: registries.WaysOut) -> tuple[str, ...]:
    # I18N: at the foot of a mail, before a link
    choose = _("Choose what you get, and when: %(address)s", address=ways.choose)
    if topic is None:
        return (choose,)
    # I18N: at the foot of a mail; %(topic)s is one of the topics one can choose, "Tasks" for instance
    return _("You get this because you get mails about: %(topic)s.", topic=topic.label), choose
